import type { Output } from "@pulumi/pulumi";

/** A DNS record somebody must set, or that the stack has set. */
export interface DnsEntry {
	/** Host name in full, such as `shop.example.com`. */
	readonly name: string;
	readonly type: "A" | "CNAME";
	readonly value: string;
}

/** Where a managed service answers inside the stack's network. */
export interface Endpoint {
	readonly host: string;
	readonly port: number;
}

/**
 * What ops need from a stack after `up`. `null` = this tier has none. Connection strings are secrets:
 * `pulumi stack output databaseUrl --show-secrets`.
 */
export interface StackOutputs {
	/** Where the application answers. */
	readonly url: Output<string>;
	/** Public address the DNS records point to. */
	readonly address: Output<string>;
	/** Public addresses of the hosts, by logical name; empty where the provider picks the hosts itself. */
	readonly hosts: Output<Readonly<Record<string, string>>>;
	/** Private endpoint of the managed database. */
	readonly database: Output<Endpoint> | null;
	/** Private endpoints of the read replicas, for reads that may lag. */
	readonly readers: Output<readonly Endpoint[]>;
	/** Connection string of the application's user; secret. */
	readonly databaseUrl: Output<string> | null;
	/** Connection string through the connection pool; secret. */
	readonly pooledDatabaseUrl: Output<string> | null;
	/** Connection string of the first read replica; secret. */
	readonly readerUrl: Output<string> | null;
	/** Connection string of the cache; secret. */
	readonly cacheUrl: Output<string> | null;
	/** Connection string of the queue; secret. */
	readonly queueUrl: Output<string> | null;
	/** Bucket of uploads and images. */
	readonly bucket: Output<string> | null;
	/** Bucket dumps are written to. */
	readonly backupBucket: Output<string> | null;
	/** Password the dumps are encrypted with; secret. Keep a copy elsewhere: without it they cannot be read. */
	readonly backupPassword: Output<string> | null;
	/** Host name that serves the bucket through the CDN. */
	readonly cdn: Output<string> | null;
	/** DNS records the domain needs. Set by the stack when the provider serves the domain, else by hand. */
	readonly records: Output<readonly DnsEntry[]>;
	/** Whether the stack sets `records` itself. */
	readonly recordsManaged: boolean;
	/** Cluster's API configuration; secret. */
	readonly kubeconfig: Output<string> | null;
	/** Metrics of the plan that this provider cannot watch, each with the reason. */
	readonly notWatched: readonly string[];
	/** What the plan may be expected to have and the stack has not, each in one sentence. */
	readonly notes: readonly string[];
	/** The stack's memory: see record.ts. It waits for every resource, so a failed update does not write it. */
	readonly tierstack: Output<string>;
}

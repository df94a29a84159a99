import type { Provider } from "../words.ts";

/** Hosts that serve traffic, or hosts that only work through queues. Each pool has settings of its own. */
export type Pool = "app" | "worker";

/** Private bucket of the stack, read with a key that may read it and nothing else. */
export interface BucketSource {
	readonly kind: "bucket";
	/** Address of the bucket service, without the bucket's name: `https://fra1.digitaloceanspaces.com`. */
	readonly endpoint: string;
	/** Region the requests are signed for: `fra1`. */
	readonly region: string;
	readonly bucket: string;
	/** The one credential user data holds: may read this bucket, nothing else. */
	readonly accessKey: string;
	readonly secretKey: string;
}

/** Secrets that the host's role may read: user data holds no credential at all. */
export interface SecretSource {
	readonly kind: "secret";
	/** Region of the secrets: `us-east-1`. */
	readonly region: string;
	/** What the secrets' names begin with: `tierstack/prod` gives `tierstack/prod/app/host.json`. */
	readonly prefix: string;
}

/** Where a host reads its settings. */
export type SettingsSource = BucketSource | SecretSource;

/**
 * What a host is born with. Any byte that changes here would replace the machine, so nothing in it depends on tier or
 * size: those facts arrive by the settings (settings.ts), or are read from the machine at each boot.
 */
export interface HostPlan {
	readonly provider: Provider;
	/** Name of the stack: `prod`. */
	readonly stack: string;
	readonly pool: Pool;
	/**
	 * Number in the pool, from 1. Slot 1 holds the data volume and runs what may run once only (scheduler, timers,
	 * dumps). null = a member the provider adds and removes by load: it runs none of those.
	 */
	readonly slot: number | null;
	readonly source: SettingsSource;
}

/** The three documents of a pool, in the order in which they are written: secrets before what refers to them. */
export const DOCUMENTS = ["secrets.json", "settings.json", "host.json"] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Key of a document in the bucket, and the end of a secret's name: `app/host.json`. */
export function documentKey(pool: Pool, document: DocumentName): string {
	return `${pool}/${document}`;
}

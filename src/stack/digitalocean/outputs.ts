import { all, type Input, type Output, output } from "@pulumi/pulumi";
import type { RoleComponent } from "../component.ts";
import type { StackInput } from "../input.ts";
import type { Workload } from "../kubernetes/plan.ts";
import type { DnsEntry, StackOutputs } from "../outputs.ts";
import { partsOf } from "../parts.ts";
import { packRecord, recordOf } from "../record.ts";
import { derived } from "../secrets.ts";
import type { App } from "./app.ts";
import type { Backup } from "./backup.ts";
import type { Cache } from "./cache.ts";
import type { Cdn } from "./cdn.ts";
import type { Database } from "./database.ts";
import type { Dns } from "./dns.ts";
import type { Files } from "./files.ts";
import type { LoadBalancer } from "./loadBalancer.ts";
import type { Monitoring } from "./monitoring.ts";
import type { Network } from "./network.ts";
import { notesOf } from "./notes.ts";
import type { Queue } from "./queue.ts";
import { notWatched } from "./watchSpecs.ts";

/** Every component of a stack. null = the tier has none. */
export interface Components {
	readonly network: Network;
	readonly files: Files;
	readonly backup: Backup;
	readonly app: App;
	readonly database: Database | null;
	readonly cache: Cache | null;
	readonly queue: Queue | null;
	readonly balancer: LoadBalancer | null;
	readonly dns: Dns | null;
	readonly cdn: Cdn | null;
}

/** A declared stack, and where it answers. */
export interface Declared extends Components {
	readonly monitoring: Monitoring;
	/** What runs in the cluster; null = there is none. */
	readonly workloads: readonly Workload[] | null;
	readonly address: Output<string>;
	readonly url: Output<string>;
}

/** What the provider's console shows under the stack's project. */
export function grouped({ network, files, backup, app, database, cache, queue, balancer }: Declared): Input<string>[] {
	return [
		...app.hosts.map((host) => host.dropletUrn),
		...present(
			app.volume?.volumeUrn,
			app.cluster?.clusterUrn,
			database?.cluster.clusterUrn,
			cache?.cluster.clusterUrn,
			queue?.cluster.clusterUrn,
			balancer?.balancer.loadBalancerUrn,
			network.address?.reservedIpUrn,
			files.settings.bucketUrn,
			files.files?.bucket.bucketUrn,
			backup.dumps?.bucket.bucketUrn,
		),
	];
}

/** What ops are told after `up`. */
export function outputsOf(input: StackInput, declared: Declared): StackOutputs {
	const { files, backup, app, database, cache, queue, dns, cdn, address, url } = declared;
	return {
		url,
		address,
		hosts: output(Object.fromEntries(app.hosts.map((host, index) => [`app-${index + 1}`, host.ipv4Address]))),
		database: database === null ? null : output({ host: database.cluster.privateHost, port: database.cluster.port }),
		readers: database?.readers ?? output([]),
		databaseUrl: database?.url ?? null,
		pooledDatabaseUrl: database?.pooledUrl ?? null,
		readerUrl: database?.readerUrl ?? null,
		cacheUrl: cache?.url ?? null,
		queueUrl: queue?.url ?? null,
		bucket: files.files?.bucket.name ?? null,
		backupBucket: backup.dumps?.bucket.name ?? null,
		backupPassword: backup.dumps === null ? null : derived("backup", backup.dumps.key.secretKey),
		cdn: cdn?.host ?? null,
		records: output(input.config.domains.map((name) => entry(name, address))),
		recordsManaged: dns !== null,
		kubeconfig: app.cluster?.kubeConfigs.apply((configs) => configs[0]?.rawConfig ?? "") ?? null,
		notWatched: notWatched(input, partsOf(input)),
		notes: notesOf(input, partsOf(input)),
		tierstack: all(urnsOf(declared)).apply(() => packRecord(recordOf(input))),
	};
}

function entry(name: string, value: Input<string>): { [Key in keyof DnsEntry]: Input<DnsEntry[Key]> } {
	return { name, type: "A", value };
}

/** URNs of all resources: what waits for them is written only when each of them was. */
function urnsOf(declared: Declared): Output<string>[] {
	const { network, files, backup, app, database, cache, queue, balancer, dns, cdn, monitoring } = declared;
	const components: readonly RoleComponent[] = [
		network,
		files,
		backup,
		app,
		monitoring,
		...present(database, cache, queue, balancer, dns, cdn),
	];
	return components.flatMap((component) => component.members.map((member) => member.urn));
}

function present<T>(...values: readonly (T | null | undefined)[]): T[] {
	return values.filter((value): value is T => value !== null && value !== undefined);
}

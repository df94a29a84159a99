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
import { kubeconfigForPeople } from "./kubeconfig.ts";
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
	/** The cache the application is to use. */
	readonly cache: Cache | null;
	/** One of the other kind, that an earlier tier left. */
	readonly formerCache: Cache | null;
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

/** What ops are told after `up`. */
export function outputsOf(input: StackInput, declared: Declared): StackOutputs {
	const { network, files, backup, app, database, cache, queue, balancer, dns, cdn, address, url } = declared;
	const type = balancer === null ? "A" : "CNAME";
	// A host behind a balancer has no public address; sessions go by its id there.
	const reached = (host: App["hosts"][number]) => network.address?.publicIp ?? host.id;
	return {
		url,
		address,
		hosts: output(Object.fromEntries(app.hosts.map((host, index) => [`app-${index + 1}`, reached(host)]))),
		database: database?.endpoint ?? null,
		readers: database?.readers ?? output([]),
		databaseUrl: database?.url ?? null,
		pooledDatabaseUrl: database?.pooledUrl ?? null,
		readerUrl: database?.readerUrl ?? null,
		cacheUrl: cache?.url ?? null,
		queueUrl: queue?.url ?? null,
		bucket: files.files?.bucket.bucket ?? null,
		backupBucket: backup.dumps?.bucket.bucket ?? null,
		backupPassword: backup.dumps === null ? null : derived("backup", app.seed.value),
		cdn: cdn?.host ?? null,
		records: output(input.config.domains.map((name) => entry(name, type, address))),
		recordsManaged: dns !== null,
		kubeconfig: kubeconfig(input, app),
		notWatched: notWatched(input, partsOf(input)),
		notes: notesOf(input, partsOf(input), declared.workloads),
		tierstack: all(urnsOf(declared)).apply(() => packRecord(recordOf(input))),
	};
}

function kubeconfig({ blueprint }: StackInput, { made }: App): Output<string> | null {
	if (made === null) return null;
	const { cluster } = made;
	return all([cluster.name, cluster.endpoint, cluster.certificateAuthority]).apply(([name, server, authority]) =>
		kubeconfigForPeople({ name, server, authority: authority.data }, blueprint.region),
	);
}

function entry(
	name: string,
	type: DnsEntry["type"],
	value: Input<string>,
): { [Key in keyof DnsEntry]: Input<DnsEntry[Key]> } {
	return { name, type, value };
}

/** URNs of all resources: what waits for them is written only when each of them was. */
function urnsOf(declared: Declared): Output<string>[] {
	const { network, files, backup, app, database, cache, formerCache, queue, balancer, dns, cdn, monitoring } = declared;
	const components: readonly (RoleComponent | null)[] = [
		network,
		files,
		backup,
		app,
		monitoring,
		database,
		cache,
		formerCache,
		queue,
		balancer,
		dns,
		cdn,
	];
	return components.flatMap((component) => component?.members.map((member) => member.urn) ?? []);
}

import { all, getProject, getStack, type Input, interpolate, output } from "@pulumi/pulumi";
import { CLOUDFLARE_RANGES } from "../cloudflare.ts";
import type { RoleComponent } from "../component.ts";
import type { StackInput } from "../input.ts";
import { checkAutonames } from "../names.ts";
import type { DnsEntry, StackOutputs } from "../outputs.ts";
import { partsOf } from "../parts.ts";
import { packRecord, recordOf } from "../record.ts";
import { sshFingerprint } from "../sshFingerprint.ts";
import { App, dropletNumber } from "./app.ts";
import { Backup } from "./backup.ts";
import { Cache } from "./cache.ts";
import { Cdn } from "./cdn.ts";
import { Database } from "./database.ts";
import { Dns } from "./dns.ts";
import { Files } from "./files.ts";
import { birthOf, derived, publishSettings } from "./hosts.ts";
import { LoadBalancer } from "./loadBalancer.ts";
import { Monitoring } from "./monitoring.ts";
import { ANYWHERE, Network, type WebSources } from "./network.ts";
import { Queue } from "./queue.ts";
import { NAME_RULES, siteOf } from "./site.ts";
import * as specs from "./specs.ts";
import { monitoringSpec, notWatched } from "./watchSpecs.ts";

/** The whole stack on DigitalOcean: what is needed is worked out from plain data, then declared top to bottom. */
export function buildDigitalOcean(input: StackInput): StackOutputs {
	const { blueprint, config } = input;
	const parts = partsOf(input);
	const stack = getStack();
	const site = siteOf(blueprint.ladder, stack, blueprint.region, config.protect);
	checkAutonames(
		[
			{ what: "bucket", longest: "settings", rule: NAME_RULES.bucket },
			{ what: "volume", longest: "data", rule: NAME_RULES.volume },
		],
		getProject(),
		stack,
	);
	const balanced = specs.balancerSpec(input, parts);
	const elastic = specs.elasticSpec(input, parts);
	const cluster = specs.clusterSpec(input, parts);
	const database = specs.databaseSpec(parts);
	const second = specs.secondarySpec(parts);
	const cacheSpec = specs.valkeySpec(parts, "cache");
	const queueSpec = specs.valkeySpec(parts, "queue");
	const cdnSpec = specs.cdnSpec(parts);
	const ranges = config.edge === "cloudflare" ? CLOUDFLARE_RANGES : null;
	const hasDns = config.domains.length > 0;
	const managesDns = hasDns && config.edge === "provider";

	const network = new Network({
		site,
		reservedAddress: balanced === null,
		secondaryRegion: second?.region ?? null,
	});
	const files = new Files({ site, files: specs.filesSpec(parts, config.domains) });
	const backup = new Backup({ site, dumps: specs.dumpsSpec(parts, site.region) });
	const ground = { site, networkId: network.vpc.id };
	const app = new App({
		...ground,
		hostTag: network.hostTag,
		webTag: network.webTag,
		sshFingerprints: config.access.sshKeys.map(sshFingerprint),
		image: specs.imageOf(parts),
		birth: (pool, slot) => birthOf(files, site.region, stack, pool, slot),
		hosts: specs.hostsSpec(input, parts),
		workerHosts: specs.workerHostsSpec(parts),
		elastic,
		cluster,
		data: specs.dataSpec(parts),
	});
	const trusted = { hostTag: network.hostTag, clusterId: app.cluster?.id ?? null };
	const secondary =
		second === null || network.secondary === null ? null : { ...second, networkId: network.secondary.id };
	const db = database === null ? null : new Database({ ...ground, trusted, ...database, secondary });
	const cache = cacheSpec === null ? null : new Cache({ ...ground, trusted, ...cacheSpec });
	const queue = queueSpec === null ? null : new Queue({ ...ground, trusted, ...queueSpec });
	const balancer =
		balanced === null
			? null
			: new LoadBalancer({ ...ground, webTag: network.webTag, ...balanced, allowedRanges: ranges });
	network.admit(
		config.access.sshFrom,
		webSources(balancer, ranges),
		balanced === null ? [80, 443] : [balanced.targetPort],
	);
	const [first] = app.hosts;
	if (first !== undefined) network.pointTo(dropletNumber(first));

	const address: Input<string> = balancer?.balancer.ip ?? network.address?.ipAddress ?? "";
	const dns = managesDns ? new Dns({ site, domains: config.domains, address }) : null;
	const bucket = files.files?.bucket ?? null;
	const cdn = cdnSpec === null || bucket === null ? null : new Cdn({ origin: bucket.bucketDomainName, ...cdnSpec });
	const secure = hasDns && (balanced === null || balanced.tls.kind !== "none");
	for (const pool of specs.poolsOf(input)) {
		publishSettings(input, stack, pool, {
			network,
			files,
			volumeName: first === undefined ? null : (app.volume?.name ?? null),
			dumps: backup.dumps,
			database: db,
			cache,
			queue,
			cdn,
			balanced: balancer !== null,
			edgeRanges: ranges,
		});
	}
	const url = output(
		config.domains[0] === undefined
			? interpolate`http://${address}`
			: `${secure ? "https" : "http"}://${config.domains[0]}`,
	);
	const monitoring = new Monitoring({
		...monitoringSpec(input),
		targets: {
			...(first === undefined && elastic === null && cluster === null ? {} : { hosts: { tag: network.hostTag } }),
			...(db === null ? {} : { database: { id: db.cluster.id } }),
			...(cache === null ? {} : { cache: { id: cache.cluster.id } }),
			...(queue === null ? {} : { queue: { id: queue.cluster.id } }),
			...(balancer === null ? {} : { "load-balancer": { id: balancer.balancer.id } }),
		},
		probe: interpolate`${url}${config.app.healthPath}`,
		probeTls: secure,
	});
	network.group([
		...app.hosts.map((host) => host.dropletUrn),
		...present(app.volume?.volumeUrn),
		...present(app.cluster?.clusterUrn),
		...present(db?.cluster.clusterUrn),
		...present(cache?.cluster.clusterUrn),
		...present(queue?.cluster.clusterUrn),
		...present(balancer?.balancer.loadBalancerUrn),
		...present(network.address?.reservedIpUrn),
		files.settings.bucketUrn,
		...present(bucket?.bucketUrn),
		...present(backup.dumps?.bucket.bucketUrn),
	]);

	const components: readonly RoleComponent[] = [
		network,
		files,
		backup,
		app,
		monitoring,
		...present(db, cache, queue, balancer, dns, cdn),
	];
	const declared = components.flatMap((component) => component.members.map((member) => member.urn));
	const records = config.domains.map((name): { [Key in keyof DnsEntry]: Input<DnsEntry[Key]> } => ({
		name,
		type: "A",
		value: address,
	}));
	return {
		url,
		address: output(address),
		hosts: output(Object.fromEntries(app.hosts.map((host, index) => [`app-${index + 1}`, host.ipv4Address]))),
		database: db === null ? null : output({ host: db.cluster.privateHost, port: db.cluster.port }),
		readers: db?.readers ?? output([]),
		databaseUrl: db?.url ?? null,
		pooledDatabaseUrl: db?.pooledUrl ?? null,
		readerUrl: db?.readerUrl ?? null,
		cacheUrl: cache?.url ?? null,
		queueUrl: queue?.url ?? null,
		bucket: bucket?.name ?? null,
		backupPassword: backup.dumps === null ? null : derived("backup", backup.dumps.key.secretKey),
		backupBucket: backup.dumps?.bucket.name ?? null,
		cdn: cdn?.host ?? null,
		records: output(records),
		recordsManaged: managesDns,
		kubeconfig: app.cluster?.kubeConfigs.apply((configs) => configs[0]?.rawConfig ?? "") ?? null,
		notWatched: notWatched(input, parts),
		tierstack: all(declared).apply(() => packRecord(recordOf(input))),
	};
}

function webSources(balancer: LoadBalancer | null, ranges: readonly string[] | null): WebSources {
	if (balancer !== null) return { kind: "load-balancer", id: balancer.balancer.id };
	return ranges === null ? ANYWHERE : { kind: "ranges", ranges };
}

function present<T>(...values: readonly (T | null | undefined)[]): T[] {
	return values.filter((value): value is T => value !== null && value !== undefined);
}

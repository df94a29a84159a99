import { getProject, getStack, type Input, interpolate, output } from "@pulumi/pulumi";
import { CLOUDFLARE_RANGES } from "../cloudflare.ts";
import type { StackInput } from "../input.ts";
import { workloadsOf } from "../kubernetes/read.ts";
import { checkAutonames } from "../names.ts";
import type { StackOutputs } from "../outputs.ts";
import { partsOf } from "../parts.ts";
import { protectionOf } from "../protection.ts";
import { servedBy } from "../served.ts";
import { sshFingerprint } from "../sshFingerprint.ts";
import { App, dropletNumber } from "./app.ts";
import { Backup } from "./backup.ts";
import { Cache } from "./cache.ts";
import { Cdn } from "./cdn.ts";
import { Database } from "./database.ts";
import { Dns } from "./dns.ts";
import { Files } from "./files.ts";
import { birthOf, copiesOf, environmentOf, grantsOf, publishSettings } from "./hosts.ts";
import { LoadBalancer } from "./loadBalancer.ts";
import { Monitoring } from "./monitoring.ts";
import { ANYWHERE, Network, type WebSources } from "./network.ts";
import { type Declared, grouped, outputsOf } from "./outputs.ts";
import { Queue } from "./queue.ts";
import { NAME_RULES, siteOf } from "./site.ts";
import * as specs from "./specs.ts";
import { monitoringSpec, monitoringTargets } from "./watchSpecs.ts";

/** The whole stack on DigitalOcean: what is needed is worked out from plain data, then declared top to bottom. */
export function buildDigitalOcean(input: StackInput): StackOutputs {
	checkAutonames(AUTONAMED, getProject(), getStack());
	const declared = declareAll(input, getStack());
	declared.network.group(grouped(declared));
	return outputsOf(input, declared);
}

/** Longest logical names under the rules that bind names the engine makes up. */
const AUTONAMED = [
	{ what: "bucket", longest: "settings", rule: NAME_RULES.bucket },
	{ what: "volume", longest: "data", rule: NAME_RULES.volume },
];

function declareAll(input: StackInput, stack: string): Declared {
	const { blueprint, config } = input;
	const parts = partsOf(input);
	const workloads = workloadsOf(input);
	const site = siteOf(blueprint.ladder, stack, blueprint.region, protectionOf(config));
	const balancerSpec = specs.balancerSpec(input, parts);
	const databaseSpec = specs.databaseSpec(input, parts);
	const secondSpec = specs.secondarySpec(parts);
	const cacheSpec = specs.valkeySpec(parts, "cache");
	const queueSpec = specs.valkeySpec(parts, "queue");
	const cdnSpec = specs.cdnSpec(parts);
	const edgeRanges = config.edge === "cloudflare" ? CLOUDFLARE_RANGES : null;
	const named = config.domains.length > 0;
	const secure = named && (balancerSpec === null || balancerSpec.tls.kind !== "none");

	const network = new Network({
		site,
		reservedAddress: balancerSpec === null,
		secondaryRegion: secondSpec?.region ?? null,
	});
	const ground = { site, networkId: network.vpc.id };
	const files = new Files({ site, files: specs.filesSpec(parts, config.domains) });
	const backup = new Backup({ site, dumps: specs.dumpsSpec(parts, site.region) });
	const app = new App({
		...ground,
		serves: servedBy(input),
		hostTag: network.hostTag,
		webTag: network.webTag,
		sshFingerprints: config.access.sshKeys.map(sshFingerprint),
		image: specs.imageOf(parts),
		birth: (pool, slot) => birthOf(files, site.region, stack, pool, slot),
		hosts: specs.hostsSpec(input, parts),
		workerHosts: specs.workerHostsSpec(parts),
		elastic: specs.elasticSpec(input, parts),
		cluster: specs.clusterSpec(parts),
		data: specs.dataSpec(parts),
	});
	const trusted = { hostTag: network.hostTag, clusterId: app.cluster?.id ?? null };
	const secondary =
		secondSpec === null || network.secondary === null ? null : { ...secondSpec, networkId: network.secondary.id };
	const database = databaseSpec === null ? null : new Database({ ...ground, trusted, ...databaseSpec, secondary });
	const cache = cacheSpec === null ? null : new Cache({ ...ground, trusted, ...cacheSpec });
	const queue = queueSpec === null ? null : new Queue({ ...ground, trusted, ...queueSpec });
	const balancer =
		balancerSpec === null
			? null
			: new LoadBalancer({ ...ground, webTag: network.webTag, ...balancerSpec, allowedRanges: edgeRanges });
	const webPorts = balancerSpec === null ? [80, 443] : [balancerSpec.targetPort];
	network.admit(config.access.sshFrom, webSources(balancer, edgeRanges), webPorts);
	const [first] = app.hosts;
	if (first !== undefined) network.pointTo(dropletNumber(first));

	const address: Input<string> = balancer?.balancer.ip ?? network.address?.ipAddress ?? "";
	const dns = named && config.edge === "provider" ? new Dns({ site, domains: config.domains, address }) : null;
	const bucket = files.files?.bucket ?? null;
	const cdn = cdnSpec === null || bucket === null ? null : new Cdn({ origin: bucket.bucketDomainName, ...cdnSpec });
	const url = output(
		config.domains[0] === undefined
			? interpolate`http://${address}`
			: `${secure ? "https" : "http"}://${config.domains[0]}`,
	);
	const declared = { network, files, backup, app, database, cache, queue, balancer, dns, cdn };
	for (const pool of specs.poolsOf(input)) publishSettings(input, stack, pool, { ...declared, edgeRanges });
	if (workloads !== null) {
		const around = { ...declared, edgeRanges };
		app.run({
			...workloads,
			...environmentOf(input, around),
			grants: grantsOf(input, around),
			copies: copiesOf(input, stack, around),
			metricsServer: specs.METRICS_SERVER,
			nodePort: specs.NODE_PORT,
		});
	}
	const monitoring = new Monitoring({
		...monitoringSpec(input),
		targets: monitoringTargets(declared, parts),
		probe: interpolate`${url}${config.app.healthPath}`,
		probeTls: secure,
	});
	return { ...declared, monitoring, workloads: workloads?.workloads ?? null, address: output(address), url };
}

function webSources(balancer: LoadBalancer | null, ranges: readonly string[] | null): WebSources {
	if (balancer !== null) return { kind: "load-balancer", id: balancer.balancer.id };
	return ranges === null ? ANYWHERE : { kind: "ranges", ranges };
}

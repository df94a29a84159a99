import { Provider } from "@pulumi/aws/provider.js";
import { getProject, getStack, interpolate, output } from "@pulumi/pulumi";
import { CLOUDFLARE_RANGES } from "../cloudflare.ts";
import type { StackInput } from "../input.ts";
import { workloadsOf } from "../kubernetes/read.ts";
import { checkAutonames } from "../names.ts";
import type { StackOutputs } from "../outputs.ts";
import { partsOf } from "../parts.ts";
import { protectionOf } from "../protection.ts";
import { servedBy } from "../served.ts";
import { App } from "./app.ts";
import { Backup } from "./backup.ts";
import { Cache } from "./cache.ts";
import { Cdn } from "./cdn.ts";
import { Database } from "./database.ts";
import * as dataSpecs from "./dataSpecs.ts";
import { Dns, type DnsTarget } from "./dns.ts";
import { Files } from "./files.ts";
import { ANYWHERE, ipv4Of, type Opening } from "./groups.ts";
import { grantsOfApp, settingsPrefix, startApp } from "./hosts.ts";
import { LoadBalancer } from "./loadBalancer.ts";
import { Monitoring } from "./monitoring.ts";
import { Network } from "./network.ts";
import { type Declared, outputsOf } from "./outputs.ts";
import { Queue } from "./queue.ts";
import { defaultTags, NAME_RULES, type Site } from "./site.ts";
import * as specs from "./specs.ts";
import { monitoringSpec, monitoringTargets, probeOf } from "./watchSpecs.ts";

/** The whole stack on AWS: what is needed is worked out from plain data, then declared top to bottom. */
export function buildAws(input: StackInput): StackOutputs {
	checkAutonames(AUTONAMED, getProject(), getStack());
	return outputsOf(input, declareAll(input, getStack()));
}

/** Longest logical names under the rules that bind names the engine makes up. */
const AUTONAMED = [
	{ what: "bucket", longest: "load-balancer-logs", rule: NAME_RULES.bucket },
	{ what: "role", longest: "monitoring-edge-topic-slack-role", rule: NAME_RULES.role },
	{ what: "cache", longest: "cache", rule: NAME_RULES.cache },
	{ what: "queue", longest: "queue-failed", rule: NAME_RULES.queue },
	{ what: "backup vault", longest: "backup-vault-copy", rule: NAME_RULES.vault },
	{ what: "database", longest: "database-secondary-subnets", rule: NAME_RULES.database },
];

function declareAll(input: StackInput, stack: string): Declared {
	const { config } = input;
	const parts = partsOf(input);
	const workloads = workloadsOf(input);
	const site = siteOf(input, stack);
	const balancerSpec = specs.balancerSpec(input, parts);
	const databaseSpec = dataSpecs.databaseSpec(input, parts);
	const cacheSpecs = dataSpecs.cacheSpecs(input, parts);
	const queueSpec = dataSpecs.queueSpec(parts);
	const cdnSpec = dataSpecs.cdnSpec(input, parts);
	const backupSpec = dataSpecs.backupSpec(parts);
	const edgeRanges = config.edge === "cloudflare" ? CLOUDFLARE_RANGES : null;
	const visitors = edgeRanges === null ? [ANYWHERE] : ipv4Of(edgeRanges);
	const named = config.domains.length > 0;
	const secure = named && (balancerSpec === null || balancerSpec.tls.kind !== "none");

	const network = new Network({
		site,
		...specs.networkSpec(input, parts),
		secondaryRegion: specs.secondaryRegion(parts),
	});
	const { primary: ground, secondary } = network;
	const files = new Files({ site, ...dataSpecs.filesSpec(parts, config.domains) });
	const backup = new Backup({ site, ...backupSpec });
	const app = new App({
		site,
		serves: servedBy(input),
		groupId: ground.clientGroupId,
		subnetIds: network.privateSubnetIds,
		firstZone: network.firstZone,
		image: specs.imageOf(parts),
		prefix: settingsPrefix(stack),
		pools: specs.poolsOf(input),
		data: specs.dataSpec(parts),
		seedOpensData: backupSpec.dumps !== null && backupSpec.guarded,
	});
	const database =
		databaseSpec === null ? null : new Database({ site, ground, secondGround: secondary, ...databaseSpec });
	const cache = cacheSpecs.used === null ? null : new Cache({ site, ground, ...cacheSpecs.used });
	const formerCache = cacheSpecs.former === null ? null : new Cache({ site, ground, ...cacheSpecs.former });
	const queue = queueSpec === null ? null : new Queue({ site, ...queueSpec });
	const balancer =
		balancerSpec === null
			? null
			: new LoadBalancer({
					site,
					vpcId: ground.vpcId,
					subnetIds: ground.publicSubnetIds.slice(0, balancerSpec.zones),
					targetGroupId: ground.clientGroupId,
					allowedRanges: visitors,
					...balancerSpec,
					standby: secondary,
				});
	network.admit(openingsOf(input, balancer, balancerSpec?.targetPort ?? null, visitors));

	const cdn =
		cdnSpec === null || files.files === null
			? null
			: new Cdn({ site, origin: files.files, logs: files.logs, ...cdnSpec });
	files.admit(cdn?.distribution.arn ?? null);
	if (workloads === null) app.allow(grantsOfApp(input, { files, queue }));
	const built = { network, files, backup, app, database, cache, formerCache, queue, balancer, cdn };
	startApp(input, parts, stack, { ...built, edgeRanges }, workloads);
	backup.cover([...(database?.arns ?? []), ...(app.volume === null ? [] : [app.volume.arn])]);

	const address = balancer?.balancer.dnsName ?? network.address?.publicIp ?? output("");
	const target: DnsTarget =
		balancer === null
			? { kind: "address", address }
			: { kind: "balancer", name: balancer.balancer.dnsName, zoneId: balancer.balancer.zoneId };
	const standby = balancer?.standby ?? null;
	const dns =
		named && config.edge === "provider"
			? new Dns({
					site,
					domains: config.domains,
					target,
					standby: standby === null ? null : { kind: "balancer", name: standby.dnsName, zoneId: standby.zoneId },
				})
			: null;
	const url = output(
		config.domains[0] === undefined
			? interpolate`http://${address}`
			: `${secure ? "https" : "http"}://${config.domains[0]}`,
	);
	const declared = { ...built, dns };
	const monitoring = new Monitoring({
		site,
		...monitoringSpec(input),
		targets: monitoringTargets(input, declared, parts),
		failedQueue: queue?.failed.name ?? null,
		certificateArn: balancer?.certificateArn ?? null,
		probe: probeOf(input, declared, secure),
	});
	return { ...declared, monitoring, workloads: workloads?.workloads ?? null, address, url };
}

function siteOf({ blueprint, config }: StackInput, stack: string): Site {
	const { ladder, region } = blueprint;
	const provider = new Provider("aws", { region, defaultTags: { tags: { ...defaultTags(ladder, stack) } } });
	return { region, owner: [ladder, stack], provider, protect: protectionOf(config) };
}

/** Who reaches the hosts: the balancer alone where there is one, else visitors; and who may log in. */
function openingsOf(
	{ config }: StackInput,
	balancer: LoadBalancer | null,
	targetPort: number | null,
	visitors: readonly string[],
): readonly Opening[] {
	const ranged = (ranges: readonly string[], port: number, says: string) =>
		ranges.map((range): Opening => ({ peer: { kind: "range", range }, port, says }));
	const web: readonly Opening[] =
		balancer === null || targetPort === null
			? [80, 443].flatMap((port) => ranged(visitors, port, "Visitors"))
			: [
					{
						peer: { kind: "group", name: "load-balancer", id: balancer.group.id },
						port: targetPort,
						says: "The load balancer",
					},
				];
	return [...web, ...ranged(ipv4Of(config.access.sshFrom), 22, "Named in tierstack:access.sshFrom")];
}

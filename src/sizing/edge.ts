import { findService } from "../catalog/catalog.ts";
import { Beyond, type Case, headroomLine, pinnedNumber, warnShare } from "./case.ts";
import { copyTransferGb } from "./files.ts";
import { zonesOf } from "./hostNeed.ts";
import type { Machines } from "./hosts.ts";
import { type Part, serviceItem, toPart } from "./part.ts";
import { counted, cover, number, tidy } from "./text.ts";

/** What stands between the hosts and the world: load balancer, CDN, network with its transfer. */
export function sizeEdge(each: Case, pools: readonly Machines[]): Part[] {
	return [...sizeLoadBalancer(each), ...sizeCdn(each), sizeNetwork(each, pools)];
}

function sizeLoadBalancer(each: Case): Part[] {
	const wanted = each.tier.loadBalancer;
	if (wanted === null) return [];
	const { edge } = each.rules;
	const limit = edge.loadBalancerNodes;
	const { requestsPerSecond, transferGb, millionRequests } = each.demand;
	const byLoad = limit === null ? 1 : cover(requestsPerSecond / warnShare(each, "cpuPercent"), limit.requestsPerSecond);
	const asked = limit === null ? 1 : wanted.nodes;
	const nodes = pinnedNumber(each.request, "load-balancer", "count") ?? Math.max(asked, byLoad);
	if (limit !== null && nodes > limit.max) {
		const most = `${each.catalog.provider} allows ${limit.max}`;
		throw new Beyond(`${counted(nodes, "load balancer node")}, ${most}`);
	}
	const kinds = balancerKinds(each);
	const waf = wanted.waf && edge.waf && each.request.edge !== "cloudflare";
	return [
		toPart({
			role: "load-balancer",
			name: "load-balancer",
			sku: "load-balancer",
			count: { min: nodes, max: nodes },
			why:
				limit === null
					? "one, which grows by itself"
					: `${counted(nodes, "node")} for ${number(requestsPerSecond)} requests a second`,
			settings: { kinds, waf, sticky: false },
			stateful: false,
			items: [
				...edge.loadBalancer(each.catalog, { kinds, waf }, { transferGb, millionRequests, requestsPerSecond }),
				...(hasSecondRegion(each) ? edge.standbyDoor(each.catalog) : []),
			],
			headroom:
				limit === null || requestsPerSecond === 0
					? []
					: [
							headroomLine(each, {
								role: "load-balancer",
								metric: "requestsPerSecond",
								used: requestsPerSecond,
								capacity: limit.requestsPerSecond * nodes,
								threshold: "cpuPercent",
							}),
						],
			notes: balancerNotes(each, kinds.length < wanted.kinds.length),
		}),
	];
}

/** Kinds of load balancer the tier asks for and the provider sells; none without one. */
function balancerKinds({ tier, rules }: Case): string[] {
	return (tier.loadBalancer?.kinds ?? []).filter((kind) => rules.edge.kinds.includes(kind));
}

/** Whether a second region stands by, with a door of its own. */
function hasSecondRegion({ tier, rules, request }: Case): boolean {
	return tier.secondRegion && rules.copies.regions[request.region] !== undefined;
}

function balancerNotes(each: Case, oneKind: boolean): string[] {
	const { provider } = each.catalog;
	const noWaf = each.tier.loadBalancer?.waf === true && !each.rules.edge.waf && each.request.edge !== "cloudflare";
	return [
		...(noWaf ? [`load-balancer: ${provider} has no web application firewall; edge: cloudflare brings one.`] : []),
		...(oneKind
			? [`load-balancer: one balancer for HTTP on ${provider}, where the plan has a second one for TCP.`]
			: []),
	];
}

function sizeCdn(each: Case): Part[] {
	// With another edge there is nothing to buy: the blueprint's notes say who serves.
	if (!each.tier.cdn || each.request.edge !== "provider") return [];
	const { viewTransferGb } = each.demand;
	return [
		toPart({
			role: "cdn",
			name: "cdn",
			sku: "cdn",
			why:
				viewTransferGb > 0
					? `the plan asks for one: ${number(viewTransferGb)} GB of views a month`
					: "the plan asks for one",
			settings: { transferGb: viewTransferGb },
			stateful: false,
			items: each.rules.edge.cdn(each.catalog, viewTransferGb),
		}),
	];
}

/** The private network, and what leaves the hosts beyond what they include. */
function sizeNetwork(each: Case, pools: readonly Machines[]): Part {
	const { demand, tier, catalog } = each;
	const { items, settings } = each.rules.edge.network(catalog, {
		layout: tier.layout,
		zones: zonesOf(each, pools[0]?.count.min ?? 1),
		balancers: balancerKinds(each).length,
	});
	const viaHosts = tier.uploads === "volume" ? demand.viewTransferGb : 0;
	const copies = each.rules.copies.transfer === "egress" ? copyTransferGb(each) : 0;
	const outGb = tidy(demand.transferGb + viaHosts + copies);
	const ofHosts = pools.reduce((sum, pool) => sum + (pool.row.transferGb ?? 0) * pool.count.min, 0);
	const includedGb = tidy(ofHosts + (findService(catalog, "egress")?.includes.transferGb ?? 0));
	const unknown = outGb > 0 ? pools.filter((pool) => pool.row.transferGb === null && pool.row.diskGb !== null) : [];
	return toPart({
		role: "network",
		name: "network",
		sku: "network",
		why: `private network; ${number(outGb)} GB leave a month, ${number(includedGb)} GB are included`,
		settings: { ...settings, transferGb: outGb, includedTransferGb: includedGb },
		stateful: false,
		items: [
			...items,
			serviceItem(catalog, "egress", Math.max(0, outGb - includedGb), "usage"),
			...each.rules.edge.secrets(catalog, {
				pools: pools.length,
				cluster: tier.layout === "kubernetes",
				passwords: (tier.database.place === "managed" ? 1 : 0) + (tier.cache === null ? 0 : 1),
				databases: tier.database.place !== "managed" ? 0 : hasSecondRegion(each) ? 2 : 1,
			}),
		],
		notes: unknown.map((pool) => `network: how much transfer ${pool.row.sku} includes is not known; counted as none.`),
	});
}

/** Metrics of each component that alarms watch: CPU, memory and disk, each at two levels. */
const ALARMS_EACH = 3 * 2;

/** Alarms on what the plan watches. */
export function sizeMonitoring(each: Case, parts: readonly Part[]): Part {
	const watched = parts.filter(({ component }) => component.vcpu !== null && component.sku !== "volume");
	const alarms = watched.length * ALARMS_EACH;
	return toPart({
		role: "monitoring",
		name: "monitoring",
		sku: "monitoring",
		why: `${counted(alarms, "alarm")} at the plan's warning and critical levels`,
		settings: { alarms },
		stateful: false,
		items: each.rules.edge.alarms(each.catalog, {
			count: alarms,
			region: each.request.region,
			audit: each.tier.settings["monitoring.audit"] === true,
		}),
	});
}

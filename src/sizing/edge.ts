import { findService, serviceRow } from "../catalog/catalog.ts";
import { problem, UserError } from "../errors.ts";
import { type Case, headroomLine, pinnedNumber, warnShare } from "./case.ts";
import { beyond, type Pool } from "./hosts.ts";
import { type Part, serviceItem, toPart } from "./part.ts";
import { counted, cover, number, tidy } from "./text.ts";

/** What stands between the hosts and the world: load balancer, CDN, network with its transfer. */
export function sizeEdge(each: Case, pools: readonly Pool[]): Part[] {
	return [...sizeLoadBalancer(each), ...sizeCdn(each), sizeNetwork(each, pools)];
}

function sizeLoadBalancer(each: Case): Part[] {
	const wanted = each.tier.loadBalancer;
	if (wanted === null) return [];
	const limit = each.rules.edge.loadBalancerNodes;
	const rps = each.demand.requestsPerSecond;
	const byLoad = limit === null ? 1 : cover(rps / warnShare(each, "cpuPercent"), limit.requestsPerSecond);
	const nodes =
		pinnedNumber(each.request, "load-balancer", "count") ?? Math.max(limit === null ? 1 : wanted.nodes, byLoad);
	if (limit !== null && nodes > limit.max) {
		throw new UserError([
			problem(`${beyond(each)}: ${counted(nodes, "load balancer node")}, ${each.catalog.provider} allows ${limit.max}`),
		]);
	}
	const noWaf = wanted.waf && !each.rules.edge.waf && each.request.edge !== "cloudflare";
	return [
		toPart({
			role: "load-balancer",
			name: "load-balancer",
			sku: "load-balancer",
			count: { min: nodes, max: nodes },
			why:
				limit === null
					? "one, which grows by itself"
					: `${counted(nodes, "node")} for ${number(rps)} requests a second on average`,
			settings: { kinds: wanted.kinds, waf: wanted.waf && each.rules.edge.waf, sticky: false },
			stateful: false,
			items: each.rules.edge.loadBalancer(each.catalog, {
				transferGb: each.demand.transferGb,
				requestsPerSecond: rps,
				waf: wanted.waf,
			}),
			headroom:
				limit === null || rps === 0
					? []
					: [
							headroomLine(each, {
								role: "load-balancer",
								metric: "requestsPerSecond",
								used: rps,
								capacity: limit.requestsPerSecond * nodes,
								threshold: "cpuPercent",
							}),
						],
			notes: noWaf
				? [`load-balancer: ${each.catalog.provider} has no web application firewall; edge: cloudflare brings one.`]
				: [],
		}),
	];
}

function sizeCdn(each: Case): Part[] {
	// With another edge there is nothing to buy: `notes.ts` says who serves.
	if (!each.tier.cdn || each.request.edge !== "provider") return [];
	return [
		toPart({
			role: "cdn",
			name: "cdn",
			sku: "cdn",
			why: `the plan serves images from a CDN: ${number(each.demand.viewTransferGb)} GB a month`,
			settings: { transferGb: each.demand.viewTransferGb },
			stateful: false,
			items: each.rules.edge.cdn(each.catalog, each.demand.viewTransferGb),
		}),
	];
}

/** The private network, and what leaves the hosts beyond what they include. */
function sizeNetwork(each: Case, pools: readonly Pool[]): Part {
	const { demand, tier, catalog } = each;
	const viaHosts = tier.uploads === "volume" ? demand.viewTransferGb : 0;
	const outGb = tidy(demand.transferGb + viaHosts);
	const includedGb = tidy(
		pools.reduce((sum, pool) => sum + (pool.row.transferGb ?? 0) * pool.count.min, 0) +
			(findService(catalog, "egress")?.includes.transferGb ?? 0),
	);
	const extraGb = Math.max(0, outGb - includedGb);
	const unknown = outGb > 0 ? pools.filter((pool) => pool.row.transferGb === null && pool.row.diskGb !== null) : [];
	return toPart({
		role: "network",
		name: "network",
		sku: "network",
		why: `private network; ${number(outGb)} GB leave a month, ${number(includedGb)} GB are included`,
		settings: { transferGb: outGb, includedTransferGb: includedGb },
		stateful: false,
		items: [serviceItem(catalog, "network", 1), serviceItem(catalog, "egress", extraGb, "usage")],
		notes: unknown.map((pool) => `network: how much transfer ${pool.row.sku} includes is not known; counted as none.`),
	});
}

/** Alarms on what the plan watches. */
export function sizeMonitoring(each: Case): Part {
	const row = serviceRow(each.catalog, "monitoring");
	return toPart({
		role: "monitoring",
		name: "monitoring",
		sku: row.id,
		why: "alarms at the plan's warning and critical levels",
		settings: {},
		stateful: false,
		items: [serviceItem(each.catalog, "monitoring", 1)],
	});
}

import type { Catalog } from "../../catalog/rows.ts";
import { HOURS_PER_MONTH } from "../../words.ts";
import { type Item, serviceItem } from "../part.ts";
import type { EdgeRules, Traffic } from "../rules.ts";

/** What one capacity unit of a load balancer covers (aws.amazon.com/elasticloadbalancing/pricing, read 2026-09-20). */
const UNIT = { gbPerHour: 1, newConnectionsPerSecond: { http: 25, tcp: 800 } } as const;

/** Managed rule groups and rules of the firewall: common attacks, known bad inputs, a rate limit. */
const WAF_RULES = 3;

/** Settings, secrets and host key of a pool. */
const SECRETS_A_POOL = 3;

/** Where alarms of checks from outside come from, whatever the stack's region (docs.aws.amazon.com, Route53 DeveloperGuide, monitoring-cloudwatch, read 2026-11-21). */
const OUTSIDE_REGION = "us-east-1";

/** Zones a load balancer stands in at least (@pulumi/aws 7.48, lb/loadBalancer.d.ts: two subnets in two zones). */
const BALANCER_ZONES = 2;

/**
 * Load balancers grow by themselves and are paid by the hour and by capacity unit. Hosts behind one have no public
 * address and reach the internet by a gateway in each zone; a single host has an address of its own.
 */
export const edge: EdgeRules = {
	loadBalancer: (catalog, asked, traffic) => [
		serviceItem(catalog, "load-balancer", 1),
		serviceItem(catalog, "load-balancer-capacity", capacityUnits(traffic, "http"), "usage"),
		...(asked.kinds.includes("tcp")
			? [
					serviceItem(catalog, "network-load-balancer", 1),
					serviceItem(catalog, "network-load-balancer-capacity", capacityUnits(traffic, "tcp"), "usage"),
				]
			: []),
		...(asked.waf ? firewallItems(catalog, traffic) : []),
	],
	loadBalancerNodes: null,
	kinds: ["http", "tcp"],
	waf: true,
	cdn: (catalog, viewTransferGb) => {
		const row = serviceItem(catalog, "cdn", 1);
		const free = catalog.services.find((service) => service.id === "cdn-transfer")?.includes.transferGb ?? 0;
		return [row, serviceItem(catalog, "cdn-transfer", Math.max(0, viewTransferGb - free), "usage")];
	},
	network: (catalog, asked) => {
		const balanced = asked.balancers > 0;
		const natGateways = balanced ? asked.zones : 0;
		// Each has an address in each of its zones; a single host has one of its own.
		const doorAddresses = balanced ? asked.balancers * Math.max(BALANCER_ZONES, asked.zones) : 1;
		const publicAddresses = natGateways + doorAddresses;
		return {
			items: [
				serviceItem(catalog, "network", 1),
				serviceItem(catalog, "nat-gateway", natGateways),
				serviceItem(catalog, "public-address", publicAddresses),
			],
			settings: { natGateways, publicAddresses },
		};
	},
	// The door stands in two zones, with an address in each; the network behind it has no gateway until hosts come.
	standbyDoor: (catalog) => [
		serviceItem(catalog, "load-balancer", 1),
		serviceItem(catalog, "public-address", BALANCER_ZONES),
	],
	// A seed, what each pool of hosts reads, each service's password; pods read the cluster's own secrets, free of charge.
	secrets: (catalog, { pools, cluster, passwords, databases }) => [
		serviceItem(catalog, "secret", 1 + (cluster ? 0 : SECRETS_A_POOL * pools) + passwords),
		serviceItem(catalog, "kms-key", databases),
	],
	// Alarms are sent with a key of their own in each region they come from, and the application is asked from outside.
	alarms: (catalog, { count, region, audit }) => [
		serviceItem(catalog, "alarm", count),
		serviceItem(catalog, "kms-key", (region === OUTSIDE_REGION ? 1 : 2) + (audit ? 1 : 0)),
		serviceItem(catalog, "uptime-check", 1),
	],
};

/** Units by the month's average: at worst every request opens a connection. */
function capacityUnits(traffic: Traffic, kind: "http" | "tcp"): number {
	const perSecond = (traffic.millionRequests * 1e6) / (HOURS_PER_MONTH * 3600);
	const byBytes = traffic.transferGb / HOURS_PER_MONTH / UNIT.gbPerHour;
	return Math.max(byBytes, perSecond / UNIT.newConnectionsPerSecond[kind]);
}

function firewallItems(catalog: Catalog, traffic: Traffic): Item[] {
	return [
		serviceItem(catalog, "waf", 1),
		serviceItem(catalog, "waf-rule", WAF_RULES),
		serviceItem(catalog, "waf-requests", traffic.millionRequests, "usage"),
	];
}

import { serviceRow } from "../../catalog/catalog.ts";
import { serviceItem } from "../part.ts";
import type { EdgeRules } from "../rules.ts";

/**
 * A load balancer is paid by node. The CDN comes with the buckets and its transfer counts there. Every host has a
 * public address of its own behind the firewall, free of charge, so there is no gateway.
 */
export const edge: EdgeRules = {
	loadBalancer: (catalog) => [serviceItem(catalog, "load-balancer", 1)],
	loadBalancerNodes: { max: 100, requestsPerSecond: 10_000 },
	kinds: ["http"],
	waf: false,
	cdn: (catalog, viewTransferGb) => {
		const included = serviceRow(catalog, "bucket").includes.transferGb ?? 0;
		const extraGb = Math.max(0, viewTransferGb - included);
		return [serviceItem(catalog, "cdn", 1), serviceItem(catalog, "bucket-transfer", extraGb, "usage")];
	},
	network: (catalog) => ({ items: [serviceItem(catalog, "network", 1)], settings: {} }),
	standbyDoor: () => [],
	secrets: () => [],
	alarms: (catalog) => [serviceItem(catalog, "monitoring", 1)],
};

import { serviceRow } from "../../catalog/catalog.ts";
import { serviceItem } from "../part.ts";
import type { EdgeRules } from "../rules.ts";

/** A load balancer is paid by node; the CDN comes with the buckets and its transfer counts there. */
export const edge: EdgeRules = {
	loadBalancer: (catalog) => [serviceItem(catalog, "load-balancer", 1)],
	cdn: (catalog, viewTransferGb) => {
		const included = serviceRow(catalog, "bucket").includes.transferGb ?? 0;
		const extraGb = Math.max(0, viewTransferGb - included);
		return [serviceItem(catalog, "cdn", 1), serviceItem(catalog, "bucket-transfer", extraGb, "usage")];
	},
	loadBalancerNodes: { max: 100, requestsPerSecond: 10_000 },
	waf: false,
};

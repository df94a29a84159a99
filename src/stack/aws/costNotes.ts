import { findCloudPart, numberIn, type Part } from "../parts.ts";
import { weighEndpoint } from "./endpoints.ts";

/** Machines and classes that run on CPU credits: `t3.medium`, `db.t4g.micro`. */
const BURSTABLE = /^(db\.)?t\d[a-z]*\./;

/** What may come onto the bill beside the estimate, and what was not built for want of a price, in one sentence each. */
export function costNotes(parts: readonly Part[]): string[] {
	const bursting = parts.filter(({ component }) => BURSTABLE.test(component.sku));
	const skus = [...new Set(bursting.map(({ component }) => component.sku))].sort();
	const network = findCloudPart(parts, "network", "network")?.component;
	const gateways = network === undefined ? null : numberIn(network.settings, "natGateways");
	return [
		...(skus.length === 0
			? []
			: [
					`cost: ${skus.join(", ")} earn credits for their bursts; load that stays above their baseline for a day is billed by the vCPU and hour on top, and is not in the estimate`,
				]),
		...(gateways === null || gateways === 0 ? [] : [gatewayNote(gateways)]),
	];
}

/** What passes the gateways by, what pays them, and when paying for an endpoint would be cheaper. */
function gatewayNote(zones: number): string {
	const weighed = weighEndpoint(zones);
	const free = "network: what goes to buckets passes the gateways by for free";
	if (weighed === null) return `${free}; what goes to other services of AWS pays them by the GB`;
	const { monthlyUsd, paysAboveGb } = weighed;
	return `${free}; an endpoint of another service of AWS would cost $${monthlyUsd.toFixed(2)} a month and pay off above ${Math.ceil(paysAboveGb)} GB a month to that service, which nothing the stack itself runs is known to reach, so none is laid; what the application calls may`;
}

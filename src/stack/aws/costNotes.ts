import { findCloudPart, numberIn, type Part } from "../parts.ts";

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
		...(gateways === null || gateways === 0
			? []
			: [
					"network: what goes to buckets passes the gateways by for free; what goes to other services of AWS pays them by the GB, as the catalogue has no price of interface endpoints to weigh against it",
				]),
	];
}

import { created, down, lost, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { from, PROVIDER, token } from "./source.ts";

const ZONE = token("Domain");
const RECORD = token("DnsRecord");

const silent = down("outage", null, "the name answers nothing until it is back and resolvers have forgotten");
const zoneGone = down("outage", null, "no name of the domain answers any more");

export const DNS_TYPES: readonly TypeRule[] = [
	{
		type: ZONE,
		word: "domain with its records",
		kind: "data",
		within: null,
		create: created,
		remove: {
			...lost("lost", "every record of the domain goes, also those made elsewhere", zoneGone),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: zoneGone,
			data: "lost",
			undo: "no",
			undoWhy: "the old domain's records are gone",
			route: "keep-then-retire",
		}),
		uniqueBy: [],
		capacity: [],
		...from(`${PROVIDER} domain/resource_domain.go`, 31),
	},
	{
		type: RECORD,
		word: "name",
		kind: "part",
		within: null,
		create: created,
		remove: { ...removed, downtime: silent, route: "address-first" },
		replace: replaced({ downtime: silent, data: "none", undo: "yes", undoWhy: "replace it again" }),
		uniqueBy: [],
		capacity: ["value"],
		...from(`${PROVIDER} domain/resource_record.go`, 24),
	},
];

export const DNS_RULES: readonly PropertyRule[] = [
	{
		type: RECORD,
		paths: ["value"],
		effect: {
			...quiet,
			downtime: down(
				"rolling",
				null,
				"users follow within the record's time to live; both addresses must answer until then",
			),
			undoWhy: "point it back; users follow within the time to live",
		},
		...from(`${PROVIDER} domain/resource_record.go: in place`, 24),
	},
	{
		type: RECORD,
		paths: ["name"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "the old name answers nothing any more"),
		},
		...from(`${PROVIDER} domain/resource_record.go: in place`),
	},
	{
		type: RECORD,
		paths: ["ttl", "priority", "weight", "port", "flags", "tag"],
		effect: quiet,
		...from(`${PROVIDER} domain/resource_record.go: in place`, 24),
	},
];

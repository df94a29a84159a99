import { created, down, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { from, PROVIDER, token } from "./source.ts";

const CDN = token("Cdn");

export const CDN_TYPES: readonly TypeRule[] = [
	{
		type: CDN,
		word: "CDN endpoint",
		kind: "part",
		within: null,
		create: created,
		remove: {
			...removed,
			downtime: down("outage", null, "its host name answers nothing; pages must point to the bucket first"),
		},
		replace: replaced({
			downtime: down("outage", null, "the endpoint gets another host name"),
			data: "none",
			undo: "yes",
			undoWhy: "replace it again",
		}),
		uniqueBy: ["origin"],
		capacity: [],
		...from(`${PROVIDER} cdn/resource_cdn.go: one endpoint an origin`, 92),
	},
];

export const CDN_RULES: readonly PropertyRule[] = [
	{ type: CDN, paths: ["ttl"], effect: quiet, ...from(`${PROVIDER} cdn/resource_cdn.go: in place`) },
];

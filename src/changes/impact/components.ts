import { PROVIDERS, type Served } from "../../words.ts";
import { condition } from "./conditions.ts";
import { down } from "./effects.ts";
import type { PropertyRule } from "./rule.ts";

const [PRODUCT, RESPONDER]: readonly [Served, Served] = ["application", "built-in responder"];

/**
 * What components say of themselves beside their resources. Nothing written down about the rest: it moves no resource.
 * A record of an older version does not say what it served, so its next update tells of no outage.
 */
export const COMPONENT_RULES: readonly PropertyRule[] = PROVIDERS.map((provider) => ({
	type: `tierstack:${provider}:App`,
	paths: ["serves"],
	when: condition(
		"the built-in responder takes the product's place",
		({ old, new: next }) => old === PRODUCT && next === RESPONDER,
	),
	effect: {
		outcome: "interrupts",
		downtime: down(
			"outage",
			null,
			"the product is no longer served: the built-in responder answers in its place until an image is named",
			"documented",
		),
		data: "none",
		undo: "yes",
		undoWhy: "name the image again",
	},
	source: "src/host/files/responder.ts; src/host/groups/processes.ts: without an image only it runs",
	readAt: "2026-11-21",
	traps: [],
}));

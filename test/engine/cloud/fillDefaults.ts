import { createHash } from "node:crypto";
import type { CloudFacts } from "./facts.ts";
import { DEFAULTS_KEY, list, type Properties } from "./values.ts";

export interface Autonaming {
	readonly proposed: string;
	readonly disabled: boolean;
}

/**
 * What the bridge adds to the program's inputs: the provider's defaults and a made-up name, with the list of both in
 * `__defaults`. A made-up name stays for as long as the program gives none.
 */
export function fillDefaults(
	facts: CloudFacts,
	type: string,
	name: string,
	old: Properties,
	given: Properties,
	seed: Uint8Array,
	autonaming: Autonaming | null,
): Properties {
	const inputs: Properties = Object.fromEntries(
		Object.entries(given).filter(([key, value]) => key !== DEFAULTS_KEY && value !== null),
	);
	const filled: string[] = [];
	for (const [key, value] of Object.entries(facts.providerFacts(type).defaults)) {
		if (key in inputs) continue;
		inputs[key] = value;
		filled.push(key);
	}
	const key = facts.nameInput(type);
	if (key !== null && !(key in inputs) && autonaming?.disabled !== true) {
		const kept = list(old[DEFAULTS_KEY]).includes(key) ? old[key] : undefined;
		inputs[key] = kept ?? autonaming?.proposed ?? facts.madeUpName(type, name, digitsOf(seed));
		filled.push(key);
	}
	return { ...inputs, [DEFAULTS_KEY]: filled };
}

/** 7 hex digits; the engine's seed makes them the same in preview and update. */
function digitsOf(seed: Uint8Array): string {
	return createHash("sha256").update(seed).digest("hex").slice(0, 7);
}

/**
 * The bridge deletes before it replaces when the program itself gave the name (pulumi-terraform-bridge,
 * pkg/tfbridge/schema.go nameRequiresDeleteBeforeReplace): the name is taken until the old one is gone.
 */
export function nameRequiresDeleteFirst(facts: CloudFacts, type: string, inputs: Properties): boolean {
	const key = facts.nameInput(type);
	return key !== null && key in inputs && !list(inputs[DEFAULTS_KEY]).includes(key);
}

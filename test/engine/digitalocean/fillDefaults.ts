import { createHash } from "node:crypto";
import { isAutonamed, providerFacts } from "./schema.ts";
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
	for (const [key, value] of Object.entries(providerFacts(type).defaults)) {
		if (key in inputs) continue;
		inputs[key] = value;
		filled.push(key);
	}
	if (isAutonamed(type) && !("name" in inputs) && autonaming?.disabled !== true) {
		const kept = list(old[DEFAULTS_KEY]).includes("name") ? old.name : undefined;
		inputs.name = kept ?? autonaming?.proposed ?? makeUpName(type, name, seed);
		filled.push("name");
	}
	return { ...inputs, [DEFAULTS_KEY]: filled };
}

/** `<logical name>-<7 hex digits>`; the engine's seed makes it the same in preview and update. */
function makeUpName(type: string, name: string, seed: Uint8Array): string {
	const digits = createHash("sha256").update(seed).digest("hex").slice(0, 7);
	const madeUp = `${name}-${digits}`;
	return type.endsWith(":Volume") ? madeUp.toLowerCase() : madeUp;
}

/**
 * The bridge deletes before it replaces when the program itself gave the name (pulumi-terraform-bridge,
 * pkg/tfbridge/schema.go nameRequiresDeleteBeforeReplace): the name is taken until the old one is gone.
 */
export function nameRequiresDeleteFirst(type: string, inputs: Properties): boolean {
	return isAutonamed(type) && "name" in inputs && !list(inputs[DEFAULTS_KEY]).includes("name");
}

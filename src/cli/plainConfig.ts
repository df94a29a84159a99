import { parseEngineConfig } from "../config/engineConfig.ts";
import type { KnownWords } from "../config/known.ts";
import type { StackConfig } from "../config/stackConfig.ts";

/** A stack nobody wrote: the four keys and every default, as a ladder's own diff needs it. */
export function plainConfig(
	keys: Pick<StackConfig, "ladder" | "tier" | "provider" | "region">,
	known: KnownWords,
): StackConfig {
	const values = Object.fromEntries(Object.entries(keys).map(([key, value]) => [`tierstack:${key}`, value]));
	return parseEngineConfig(values, [], keys.ladder, known);
}

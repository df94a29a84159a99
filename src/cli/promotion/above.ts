import type { StackConfig } from "../../config/stackConfig.ts";
import { sizeStack } from "../../sizeStack.ts";
import type { Blueprint } from "../../sizing/blueprint.ts";
import { attempt } from "../attempt.ts";
import type { Project } from "../project.ts";
import { nextTierOf } from "../sizing.ts";

/** The tier above as the same stack would have it, without pins; null = there is none, or it cannot be had here. */
export function blueprintAbove(project: Project, config: StackConfig): Blueprint | null {
	const above = nextTierOf(project.ladders.load(config.ladder), config.tier);
	return above === null ? null : attempt(() => sizeStack({ ...config, tier: above.id, pins: [] }, project.ladders), []);
}

import { catalogFor } from "./catalog/catalog.ts";
import { stackFields } from "./config/schema.ts";
import type { StackConfig } from "./config/stackConfig.ts";
import { type Problem, UserError } from "./errors.ts";
import type { LadderSource } from "./knownWords.ts";
import type { Blueprint } from "./sizing/blueprint.ts";
import { sizeTier } from "./sizing/sizeTier.ts";

/**
 * The blueprint a stack file asks for: the same answer for the command line and for `pulumi up`.
 *
 * @throws UserError naming the file and its keys when nothing can meet it.
 */
export function sizeStack(config: StackConfig, ladders: LadderSource): Blueprint {
	try {
		return sizeConfig(config, ladders);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		throw new UserError(error.problems.map((each) => inFile(each, config.stack)));
	}
}

/** Sizing knows keys and no files; here the file is known. */
function inFile(found: Problem, stack: string): Problem {
	if (found.file !== null) return found;
	const first = found.key?.split(".")[0] ?? "";
	const key = Object.hasOwn(stackFields, first) ? `tierstack:${found.key}` : found.key;
	return { ...found, file: `Pulumi.${stack}.yaml`, key };
}

function sizeConfig(config: StackConfig, ladders: LadderSource): Blueprint {
	const { tier, region, workload, floors, months, pins, edge } = config;
	return sizeTier({
		ladder: ladders.load(config.ladder),
		tier,
		catalog: catalogFor(config.provider),
		region,
		workload,
		floors,
		months,
		pins,
		edge,
		processes: config.app.processes,
	});
}

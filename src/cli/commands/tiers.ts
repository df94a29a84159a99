import { type Problem, UserError } from "../../errors.ts";
import { renderJson } from "../../render/json.ts";
import { type LadderLine, renderLadders, renderTiers, type TierLine, tiersTitle } from "../../render/tiers.ts";
import { metricName } from "../../render/words.ts";
import type { Ladder, Tier } from "../../tiers/ladder.ts";
import type { Provider } from "../../words.ts";
import { attempt, attemptLine } from "../attempt.ts";
import { chooseProvider } from "../choices.ts";
import { EXIT } from "../exit.ts";
import { findProject } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";
import { sizeLadderTier } from "../sizing.ts";

/** `tierstack tiers [ladder]` */
export async function tiers({ io, json }: Shell, line: Line): Promise<number> {
	const { ladders } = findProject(io.cwd);
	const problems: Problem[] = [];
	const provider = chooseProvider(textOption(line, "provider"), problems);
	const [name] = line.args;
	const chosen = name === undefined ? null : attempt(() => ladders.load(name), problems);
	if (problems.length > 0) throw new UserError(problems);
	if (chosen === null) {
		const lines = ladders.names.map((each) => ladderLine(ladders.load(each)));
		io.stdout(json ? renderJson({ schema: "tierstack.ladders/1", ladders: lines }) : renderLadders(lines, io.style));
		return EXIT.done;
	}
	const lines = chosen.tiers.map((tier) => tierLine(chosen, tier, provider));
	const title = tiersTitle(chosen.name, lines.length, chosen.title);
	io.stdout(
		json
			? renderJson({ schema: "tierstack.tiers/1", ladder: chosen.name, tiers: lines })
			: renderTiers(title, metricName(chosen.measure), lines, io.style),
	);
	return EXIT.done;
}

function ladderLine(ladder: Ladder): LadderLine {
	return {
		name: ladder.name,
		description: ladder.title,
		tiers: ladder.tiers.map(({ id }) => id),
		metric: metricName(ladder.measure),
	};
}

function tierLine(ladder: Ladder, tier: Tier, provider: Provider | undefined): TierLine {
	const { value, problem } = attemptLine(() => sizeLadderTier(ladder, tier.id, provider));
	return { tier: tier.id, above: tier.above, upTo: tier.upTo, blueprint: value, problem };
}

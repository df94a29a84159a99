import { type Problem, UserError } from "../../errors.ts";
import { type OfferLine, renderComparison } from "../../render/compare.ts";
import { renderJson } from "../../render/json.ts";
import { tiersTitle } from "../../render/tiers.ts";
import { PROVIDERS } from "../../words.ts";
import { attemptLine } from "../attempt.ts";
import { chooseTier } from "../choices.ts";
import { EXIT } from "../exit.ts";
import { findProject } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";
import { sizeLadderTier } from "../sizing.ts";

/** `tierstack compare <ladder> [--tier T]` */
export async function compare({ io, json }: Shell, line: Line): Promise<number> {
	const ladder = findProject(io.cwd).ladders.load(line.args[0] ?? "");
	const wanted = textOption(line, "tier");
	const problems: Problem[] = [];
	if (wanted !== undefined) chooseTier(wanted, ladder, "--tier", problems);
	if (problems.length > 0) throw new UserError(problems);
	const tiers = ladder.tiers.filter(({ id }) => wanted === undefined || id === wanted);
	const offers: OfferLine[] = tiers.flatMap(({ id: tier }) =>
		PROVIDERS.map((provider) => {
			const { value, problem } = attemptLine(() => sizeLadderTier(ladder, tier, provider));
			return { tier, provider, blueprint: value, problem };
		}),
	);
	const title = tiersTitle(ladder.name, tiers.length, ladder.title);
	io.stdout(
		json
			? renderJson({ schema: "tierstack.compare/1", ladder: ladder.name, offers })
			: renderComparison(title, offers, io.style),
	);
	return EXIT.done;
}

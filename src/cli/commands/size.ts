import { catalogFor } from "../../catalog/catalog.ts";
import { reservedRows } from "../../catalog/reserved.ts";
import { type Problem, UserError } from "../../errors.ts";
import { renderBlueprint, renderExplanation } from "../../render/blueprint.ts";
import { renderJson } from "../../render/json.ts";
import { renderRecommendation } from "../../render/recommendation.ts";
import { renderReservation } from "../../render/reservation.ts";
import { type Fit, judgeFit, type Recommendation, recommendTier } from "../../sizing/recommendTier.ts";
import type { SizingRequest } from "../../sizing/request.ts";
import { reserve } from "../../sizing/reserve.ts";
import { sizeWithBill } from "../../sizing/sizeTier.ts";
import type { Provider } from "../../words.ts";
import { chooseFloors, chooseMonths, chooseProvider, chooseRegion, chooseTier } from "../choices.ts";
import { EXIT } from "../exit.ts";
import { findProject, type Project } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";
import { tierOf } from "../sizing.ts";
import { readWorkload } from "../workload.ts";

/** `tierstack size <ladder> [--tier T] [metric=value ...]` */
export async function size(shell: Shell, line: Line): Promise<number> {
	const { io, json } = shell;
	const project = findProject(io.cwd);
	const { requestOn, tier, ladder } = await readRequest(project, shell, line);
	const found = tier === undefined ? recommend(requestOn) : null;
	const { blueprint, bill } = sizeWithBill(found === null ? { ...requestOn(), tier: tier ?? "" } : requestFor(found));
	const reserved =
		line.options.reserved === true
			? reserve(blueprint, bill, catalogFor(blueprint.provider), reservedRows(blueprint.provider))
			: null;
	if (json) {
		const told = reserved === null ? {} : { reserved };
		io.stdout(
			renderJson({ ...(found === null ? blueprint : { schema: "tierstack.recommendation/1", ...found }), ...told }),
		);
	} else {
		if (found !== null) io.stdout(renderRecommendation(found, ladder.measure, io.style));
		io.stdout(renderBlueprint(blueprint, io.style));
		if (line.options.explain === true) io.stdout(`\n${renderExplanation(blueprint, io.style)}\n`);
		if (reserved !== null) io.stdout(renderReservation(reserved, io.style));
	}
	function requestFor({ blueprint: { tier: own, provider } }: Recommendation): SizingRequest {
		return { ...requestOn(provider), tier: own };
	}
	const fit = found?.fit ?? judgeFit(ladder, blueprint.tier, requestOn().workload);
	return line.options.exitCode === true ? FIT_CODES[fit] : EXIT.done;
}

/** 2 = a person should look at it, 3 = the tier does not carry the load. */
const FIT_CODES: Readonly<Record<Fit, number>> = { fits: 0, near: 2, "too-big": 2, past: 3 };

type OpenRequest = Omit<SizingRequest, "tier">;

async function readRequest(project: Project, { io }: Shell, line: Line) {
	const [name = "", ...words] = line.args;
	const ladder = project.ladders.load(name);
	const problems: Problem[] = [];
	const given = chooseProvider(textOption(line, "provider"), problems);
	const tier = textOption(line, "tier");
	if (tier !== undefined) chooseTier(tier, ladder, "--tier", problems);
	const workload = await readWorkload(words, textOption(line, "workload"), ladder, io, problems);
	const floors = chooseFloors(textOption(line, "floors"), problems);
	const months = chooseMonths(textOption(line, "months"), problems);
	const wanted =
		tier !== undefined && problems.length === 0 ? tierOf(ladder, tier).provider : ladder.tiers[0]?.provider;
	const region = textOption(line, "region");
	chooseRegion(region, given ?? wanted, project.known.regions, problems);
	if (problems.length > 0) throw new UserError(problems);
	const requestOn = (own: Provider = wanted ?? "digitalocean"): OpenRequest => {
		const provider = given ?? own;
		const place = { catalog: catalogFor(provider), region: region ?? ladder.regions[provider] };
		return { ladder, ...place, workload, floors, months, pins: [], edge: "provider", processes: {} };
	};
	return { requestOn, tier, ladder };
}

/** The tier found may be documented on another provider than the first: it is then sized there. */
function recommend(requestOn: (own?: Provider) => OpenRequest): Recommendation {
	const first = requestOn();
	const found = recommendTier(first);
	const own = requestOn(tierOf(first.ladder, found.tier).provider);
	return own.catalog.provider === first.catalog.provider ? found : recommendTier(own);
}

import type { ChangeSet, SaferRoute } from "../../changes/changeSet.ts";
import type { CoolDown } from "../../changes/coolDowns.ts";
import { coolDownsOf } from "../../changes/coolDowns.ts";
import { problem, UserError } from "../../errors.ts";
import { renderJson } from "../../render/json.ts";
import { renderOutcome, renderProposal } from "../../render/promotion.ts";
import type { Reliefs } from "../../render/reliefs.ts";
import { EXIT } from "../exit.ts";
import type { Line, Shell } from "../shell.ts";
import type { Refusal } from "./refusal.ts";
import type { Draft } from "./writeStack.ts";

/** A worked-out edit of a stack's files, ready to be shown, asked for and written. */
export interface Plan {
	readonly schema: "tierstack.promotion/1" | "tierstack.pin/1";
	readonly stack: string;
	/** What else could be done, told first; null = nobody asked. */
	readonly reliefs: Reliefs | null;
	readonly changes: ChangeSet;
	/** What the reader should know beside the change set, a sentence each. */
	readonly notes: readonly string[];
	/** The way to another place, where the plan is documented there. */
	readonly route: SaferRoute | null;
	/** What becomes of the stack file, in words. */
	readonly edits: readonly string[];
	readonly refusal: Refusal | null;
	/** null = refused. */
	readonly draft: Draft | null;
	/** What to type when it is written. */
	readonly next: readonly string[];
	readonly back: readonly string[];
}

/** What came of it. */
type Outcome = "refused" | "shown" | "declined" | "written";

/** Shows a plan, asks unless told, writes, and says what comes next. */
export async function carryOut({ io, json }: Shell, { options }: Line, plan: Plan): Promise<number> {
	const coolDowns: readonly CoolDown[] = coolDownsOf(plan.changes);
	if (!json) io.stdout(renderProposal({ ...plan, coolDowns }, io.style));
	const outcome = await decide();
	if (json) io.stdout(renderJson(report()));
	else io.stdout(renderOutcome({ ...plan, outcome }, io.style));
	return codeOf(outcome, plan.refusal);

	async function decide(): Promise<Outcome> {
		if (plan.draft === null) return "refused";
		if (options.dryRun === true) return "shown";
		if (options.yes !== true && !(await agreed())) return "declined";
		plan.draft.write();
		return "written";
	}

	async function agreed(): Promise<boolean> {
		if (json || io.ask === null) {
			const why = json ? "JSON is for scripts, which nobody asks" : "there is nobody to ask";
			throw new UserError([problem(`${why}; --yes writes it, --dry-run only shows it`)]);
		}
		const answer = await io.ask(`Write ${plan.draft?.files.join(" and ")}? [y/N] `);
		return /^\s*y(es)?\s*$/i.test(answer);
	}

	function report() {
		const { schema, stack, reliefs, changes, notes, route, edits, refusal, draft, next, back } = plan;
		const files = outcome === "written" ? (draft?.files ?? []) : [];
		const told = { schema, stack, reliefs, changes, notes, route, edits, coolDowns, outcome, written: files };
		return {
			...told,
			because: refusal?.because ?? [],
			next: refusal?.next ?? next,
			back: refusal === null ? back : [],
		};
	}
}

/** A script that goes on to `pulumi up` must stop at a no. */
function codeOf(outcome: Outcome, refusal: Refusal | null): number {
	return refusal?.code ?? (outcome === "declined" ? EXIT.error : EXIT.done);
}

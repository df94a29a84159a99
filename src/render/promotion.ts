import type { ChangeSet, SaferRoute } from "../changes/changeSet.ts";
import type { CoolDown } from "../changes/coolDowns.ts";
import { bullets } from "./blueprint.ts";
import { numbered, renderChangeSet } from "./changeSet.ts";
import { type Reliefs, renderReliefs } from "./reliefs.ts";
import { paint, type Style } from "./style.ts";
import { section, wrap } from "./table.ts";
import { clean } from "./words.ts";

/** What is shown before anything is written. */
export interface ProposalText {
	readonly reliefs: Reliefs | null;
	readonly changes: ChangeSet;
	readonly notes: readonly string[];
	readonly route: SaferRoute | null;
	readonly edits: readonly string[];
	readonly coolDowns: readonly CoolDown[];
	readonly refusal: object | null;
}

/** The change set, and what becomes of the stack's files. */
export function renderProposal(told: ProposalText, style: Style): string {
	const { reliefs, changes, notes, route, edits, coolDowns, refusal } = told;
	const lines = [
		...(reliefs === null ? [] : [renderReliefs(reliefs, style)]),
		// What comes next is told at the end, when it is known what was written.
		renderChangeSet({ ...changes, next: "" }, style).trimEnd(),
		...section("Waits between changes", bullets(coolDowns.map(coolDownText), style), style),
		...section("To know", bullets(notes.map(clean), style), style),
		...(route === null ? [] : ["", numbered(route.title, route.steps, style)]),
		...(refusal === null ? section("What is written", bullets(edits.map(clean), style), style) : []),
	];
	return `${lines.join("\n")}\n`;
}

function coolDownText({ resource, says }: CoolDown): string {
	return `${resource}: ${says}; sooner, the provider refuses`;
}

/** What is said at the end. */
export interface OutcomeText {
	readonly stack: string;
	readonly outcome: "refused" | "shown" | "declined" | "written";
	readonly refusal: { readonly because: readonly string[]; readonly next: readonly string[] } | null;
	readonly draft: { readonly files: readonly string[] } | null;
	readonly next: readonly string[];
	readonly back: readonly string[];
}

/** What was written or why not, the next command, and the way back. Commands stand on lines of their own. */
export function renderOutcome(told: OutcomeText, style: Style): string {
	const { outcome, refusal, draft, next, back } = told;
	const heading = (text: string) => paint(style, "strong", text);
	const listed = (title: string, commands: readonly string[]) =>
		commands.length === 0 ? [] : [heading(title), ...commands.map((line) => `  ${clean(line)}`)];
	const files = draft?.files.join(", ") ?? "";
	switch (outcome) {
		case "refused": {
			const why = bullets((refusal?.because ?? []).map(clean), style);
			const lines = [paint(style, "bad", "Refused, nothing is written"), ...(why === "" ? [] : [why])];
			return `\n${[...lines, ...listed("Next:", refusal?.next ?? [])].join("\n")}\n`;
		}
		case "shown":
			return `\n${[wrap(`Dry run: nothing is written; the same without --dry-run writes ${files}`, style.width, 2), ...listed("Way back:", back)].join("\n")}\n`;
		case "declined":
			return "Nothing is written\n";
		case "written":
			return `\n${[paint(style, "good", `Written: ${files}`), ...listed("Next:", next), ...listed("Way back:", back)].join("\n")}\n`;
	}
}

import type { ChangeSet, Verdict } from "./changeSet.ts";
import type { ComparisonInput } from "./input.ts";
import type { Reason } from "./verdict.ts";

/** What comes next, as a sentence; empty when there is nothing to do. */
export function nextCommand(input: ComparisonInput, verdict: Verdict, reasons: readonly Reason[]): string {
	const { stack, from, to, base } = input;
	const { tier } = to.blueprint;
	if (verdict === "none") return "";
	const name = stack ?? "<stack>";
	const moves = from !== null && from.blueprint.tier !== tier;
	// Against git the edit is made already; tier against tier it is still to make.
	const edit = moves && (stack === null || base.kind === "tier") ? `set tierstack:tier to ${tier}, ` : "";
	switch (verdict) {
		case "blocked":
			return blockedNext(name, reasons);
		case "needs-acceptance": {
			const risks = [...new Set(reasons.map(({ risk }) => risk))].sort();
			return `${edit}accept ${risks.join(", ")} in Pulumi.${name}.yaml, then pulumi up --stack ${name}`;
		}
		case "safe":
			return edit === ""
				? `pulumi up --stack ${name}`
				: `${edit}that is one line of Pulumi.${name}.yaml, then pulumi up --stack ${name}`;
	}
}

function blockedNext(name: string, reasons: readonly Reason[]): string {
	const moved = reasons.find(({ risk }) => risk === "blocked");
	if (moved !== undefined) return `undo the edit in Pulumi.${name}.yaml; the way to a new stack is in the routes`;
	const refused = reasons.find(({ risk }) => risk === "refused");
	if (refused !== undefined) return `take the safer route of ${resourceOf(refused)}: as it is, pulumi up would fail`;
	const lost = reasons.find(({ risk }) => risk === "data-loss");
	return lost === undefined
		? ""
		: `back up ${resourceOf(lost)} first, then accept data-loss with the backup's id, or retire it`;
}

function resourceOf({ urn }: ChangeSet["reasons"][number]): string {
	return urn?.split("::").at(-1) ?? "the stack";
}

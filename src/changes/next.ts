import { endsStack } from "../config/stackConfig.ts";
import type { ChangeSet, Verdict } from "./changeSet.ts";
import type { ComparisonInput } from "./input.ts";
import type { Reason } from "./verdict.ts";

/** Not a risk of the cloud but of the plan: a tier is passed over. Accepted on the command line alone. */
export const SKIP_TIER = "skip-tier";

/** What comes next, as a sentence; empty when there is nothing to do. */
export function nextCommand(input: ComparisonInput, verdict: Verdict, reasons: readonly Reason[]): string {
	const { stack, from, to, base } = input;
	const { tier } = to.blueprint;
	const name = stack ?? "<stack>";
	const up = `pulumi up --stack ${name}`;
	if (endsStack(input.retire ?? []) && (verdict === "none" || verdict === "safe"))
		return `${up}, the last backups, then pulumi destroy --stack ${name}: "The whole end" in docs/operations.md`;
	if (verdict === "none") return "";
	const moves = from !== null && from.blueprint.tier !== tier;
	// Against git the edit is made already; tier against tier it is still to make.
	const open = moves && (stack === null || base.kind === "tier");
	const skips = from !== null && skipsTier(from.blueprint, to.blueprint);
	const promotion = promoteCommand({ stack: name, tier, risks: acceptable(reasons), skips });
	switch (verdict) {
		case "blocked":
			return blockedNext(name, reasons, open ? promotion : null);
		case "needs-acceptance":
			if (open) return `${promotion}, then ${up}`;
			return `accept ${acceptable(reasons).join(", ")} in Pulumi.${name}.yaml, then ${up}`;
		case "safe":
			return open ? `${promotion}, then ${up}` : up;
	}
}

/** What a promotion has to be told. */
export interface Promotion {
	readonly stack: string;
	/** null = sized afresh where it is. */
	readonly tier: string | null;
	readonly risks: readonly string[];
	readonly skips: boolean;
}

/** `tierstack promote prod medium --accept cost,downtime --reason "<why>"` */
export function promoteCommand({ stack, tier, risks, skips }: Promotion): string {
	return ["tierstack promote", stack, tier ?? "--resize", ...acceptWords(risks, skips)].join(" ");
}

/** What accepts risks on a command line: `--accept cost,downtime --reason "<why>"`. */
export function acceptWords(risks: readonly string[], skips: boolean): readonly string[] {
	const words = [...risks, ...(skips ? [SKIP_TIER] : [])];
	return [
		...(words.length === 0 ? [] : [`--accept ${words.join(",")}`]),
		...(risks.length === 0 ? [] : ['--reason "<why>"']),
		...(risks.includes("data-loss") ? ["--backup <id>"] : []),
	];
}

/** Risks of reasons that somebody's word opens, each once. */
export function acceptable(reasons: readonly Reason[]): readonly string[] {
	const risks = reasons.map(({ risk }) => risk).filter((risk) => risk !== "refused" && risk !== "blocked");
	return [...new Set(risks)].sort();
}

type Rung = Pick<ComparisonInput["to"]["blueprint"], "tier" | "nextTier">;

/** Whether tiers lie between the two: neither is the next one of the other. */
function skipsTier(from: Rung, to: Rung): boolean {
	return from.tier !== to.tier && from.nextTier?.tier !== to.tier && to.nextTier?.tier !== from.tier;
}

function blockedNext(name: string, reasons: readonly Reason[], promotion: string | null): string {
	const moved = reasons.find(({ risk }) => risk === "blocked");
	if (moved !== undefined) return `undo the edit in Pulumi.${name}.yaml; the way to a new stack is in the routes`;
	const refused = reasons.find(({ risk }) => risk === "refused");
	if (refused !== undefined) return `take the safer route of ${resourceOf(refused)}: as it is, pulumi up would fail`;
	const lost = reasons.find(({ risk }) => risk === "data-loss");
	if (lost === undefined) return "";
	const accept = promotion ?? "accept data-loss with the backup's id, or retire it";
	return `back up ${resourceOf(lost)} first, then ${accept}`;
}

function resourceOf({ urn }: ChangeSet["reasons"][number]): string {
	return urn?.split("::").at(-1) ?? "the stack";
}

import type { Cost } from "../sizing/blueprint.ts";
import type { Plain, Provider, Risk, Role } from "../words.ts";

/** The engine's word for what happens to a resource. */
export type Op = "create" | "update" | "replace" | "delete" | "same";

/** The truth behind the operation. */
export const OUTCOMES = ["applied", "interrupts", "replaced", "refused", "deferred", "no-effect", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Least to worst: the whole is as bad as its worst part. */
export const DOWNTIMES = ["none", "rolling", "brief", "restart", "outage", "unknown"] as const;
export type DowntimeClass = (typeof DOWNTIMES)[number];

export const DATA_CLASSES = ["none", "kept", "moved", "lost-unless-snapshot", "lost", "unknown"] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** `unknown` is shown as "not known" and counts as `no`. */
export const UNDOS = ["yes", "partial", "no", "unknown"] as const;
export type Undo = (typeof UNDOS)[number];

export type Verdict = "none" | "safe" | "needs-acceptance" | "blocked";

export interface PropertyChange {
	/** As the engine's detailedDiff: `nodePool.size`, `tags[0]`. */
	readonly path: string;
	/** null = absent; secrets read `[secret]`. */
	readonly old: Plain;
	readonly new: Plain;
	readonly replaces: "no" | "may" | "yes";
}

export interface Change {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	readonly role: Role | null;
	readonly op: Op;
	readonly outcome: Outcome;
	readonly order: null | "create-first" | "delete-first";
	readonly props: readonly PropertyChange[];
	readonly downtime: {
		readonly class: DowntimeClass;
		readonly minutes: readonly [number, number] | null;
		readonly basis: "measured" | "documented" | "estimate";
		readonly why: string;
	};
	readonly data: DataClass;
	readonly undo: Undo;
	readonly undoWhy: string;
	readonly cost: { readonly before: number | null; readonly after: number | null; readonly delta: number | null };
	readonly security: "same" | "wider" | "narrower";
	/** Dotted ladder or stack-file field that explains the change; null = nothing does. */
	readonly explainedBy: string | null;
	/** Set by the engine layer. */
	readonly join: "explained" | "missing" | "unexplained" | null;
}

/** Something a person must do beside `up`, such as moving the rows of SQLite into PostgreSQL. */
export interface ManualStep {
	readonly title: string;
	readonly why: string;
	/** Numbered steps, each a sentence or a command. */
	readonly steps: readonly string[];
}

/** A longer way that does the same with less harm: offered where a change interrupts for long or loses data. */
export interface SaferRoute {
	/** Logical name of the resource it is for. */
	readonly resource: string;
	readonly title: string;
	/** Numbered steps, each a sentence with its command. */
	readonly steps: readonly string[];
}

export interface SideRef {
	readonly ladder: string;
	readonly tier: string;
	readonly provider: Provider;
	readonly region: string;
}

export interface ChangeSetCost {
	readonly currency: "USD";
	readonly before: number | null;
	readonly after: number | null;
	readonly delta: number | null;
	readonly byRole: Readonly<
		Partial<Record<Role, { readonly before: number; readonly after: number; readonly delta: number }>>
	>;
	/** What the plan itself says a month costs on either side; null = it does not. Missing where no blueprint is known. */
	readonly plan?: { readonly before: Cost["documented"]; readonly after: Cost["documented"] };
	readonly coverage: {
		readonly priced: number;
		readonly free: number;
		readonly unpriced: number;
		readonly unpricedIds: readonly string[];
	};
}

/** An exception that waits for a risk: over, of another move, or of this move and not needed by it. */
export interface UnusedAcceptance {
	readonly risk: Risk;
	readonly resource: string;
	readonly from: string;
	readonly to: string;
	readonly until: string;
	readonly why: "lapsed" | "another-move" | "not-needed";
}

/** What a move between two desired states does. Pure data; the same input gives the same bytes. */
export interface ChangeSet {
	readonly schema: "tierstack.changes/1";
	readonly stack: string | null;
	readonly base: { readonly kind: "git" | "deployed" | "tier" | "none"; readonly ref: string | null };
	readonly from: SideRef | null;
	readonly to: SideRef | null;
	readonly layer: "model" | "engine";
	readonly totals: Readonly<Record<Op, number>>;
	/** Every change that is not `same`, sorted by URN. */
	readonly changes: readonly Change[];
	/** URNs, sorted, that nothing will keep from being deleted any more; absent = none. The engine calls that no change. */
	readonly unprotected?: readonly string[];
	/** Stateful things the new side no longer declares but keeps, with what they cost. */
	readonly kept: readonly { readonly urn: string; readonly monthlyUsd: number | null }[];
	readonly steps: readonly ManualStep[];
	/** One for each resource that a long interruption, a refusal or a loss is told of, sorted by resource. */
	readonly routes: readonly SaferRoute[];
	readonly cost: ChangeSetCost;
	readonly downtime: { readonly class: DowntimeClass; readonly minutes: readonly [number, number] | null };
	readonly verdict: Verdict;
	readonly reasons: readonly {
		readonly risk: Risk | "refused" | "blocked";
		readonly urn: string | null;
		readonly text: string;
	}[];
	readonly accepted: readonly { readonly risk: Risk; readonly resource: string; readonly until: string | null }[];
	/** Entries of `accept` that this change set does not rest on; absent = not looked at. */
	readonly unused?: readonly UnusedAcceptance[];
	readonly next: string;
	/** sha256 of what the change means, free of prices, texts and base. */
	readonly hash: string;
}

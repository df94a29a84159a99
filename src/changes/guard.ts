import type { Acceptance } from "../config/stackConfig.ts";
import { WHOLE_STACK } from "../config/stackConfig.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import type { Plain } from "../words.ts";
import type { ChangeSet, SaferRoute } from "./changeSet.ts";
import { compareStates } from "./compareStates.ts";
import { type DeployedResource, oldState, sorted, strangerOf, strangers, unrecordedOf } from "./deployed.ts";
import type { DesiredState } from "./desired.ts";
import { canonical } from "./hash.ts";
import type { ComparisonInput, ComparisonSide } from "./input.ts";
import { standingInTheWay, type Unfinished, unfinishedText, wayOut } from "./unfinished.ts";

/** What the engine's state says each URN last became; `why` when it could not be read. */
export type Deployed =
	| { readonly kind: "read"; readonly resources: Readonly<Record<string, DeployedResource>> }
	| { readonly kind: "unreadable"; readonly why: string };

/** What the last finished update wrote about itself. */
export type Recorded =
	/** `finished` = an update came to its end all the same, so its version wrote no record, or somebody took it away. */
	| { readonly kind: "none"; readonly finished?: boolean }
	/** Written by a version whose schema this one does not read, damaged, or out of reach. */
	| { readonly kind: "unreadable"; readonly why: string }
	| {
			readonly kind: "record";
			readonly blueprint: Blueprint;
			readonly kept: readonly Component[];
			/** Inputs as declared then, secrets masked; null = the older version did not record them. */
			readonly state: DesiredState | null;
			/** Hash of the program that wrote it. */
			readonly program: string;
	  };

export interface GuardInput {
	/** `preview` shows and goes on; `up` stops before the first resource. */
	readonly mode: "preview" | "up";
	readonly stack: string;
	readonly recorded: Recorded;
	readonly deployed: Deployed;
	/** What an earlier run left open. Default: nothing. */
	readonly unfinished?: readonly Unfinished[];
	/** Why that could not be read. Default: it was. */
	readonly unfinishedUnread?: string;
	/** Hash of the program that runs now. */
	readonly program: string;
	readonly desired: ComparisonSide;
	readonly rules: Pick<ComparisonInput, "tolerate" | "accept" | "retire" | "capacities" | "changedKeys" | "today">;
}

/** Why the guard decided as it did; each has a defined answer. */
export type GuardCase =
	| "first-run"
	| "nothing-changed"
	| "compared"
	| "imported"
	| "unfinished"
	| "record-unreadable"
	| "state-unreadable";

export interface GuardDecision {
	readonly case: GuardCase;
	/** `pass` = go on; `warn` = log an error and go on (preview only); `stop` = throw before the first resource. */
	readonly action: "pass" | "warn" | "stop";
	/** At most one sentence; the change set says the rest. Empty = nothing to say. */
	readonly says: string;
	readonly changes: ChangeSet | null;
	/** What has to be done first, one route for each thing in the way. */
	readonly ways: readonly SaferRoute[];
}

/**
 * Whether blueprint, kept things or the program differ from the record, so that the desired state has to be built and
 * compared. A quiet update stops here.
 */
export function needsModel(
	recorded: Recorded,
	now: { readonly blueprint: Blueprint; readonly kept: readonly Component[]; readonly program: string },
): boolean {
	if (recorded.kind !== "record" || recorded.state === null || recorded.program !== now.program) return true;
	return bare(recorded) !== bare(now);
}

/** Blueprint and kept things without prices and texts: they change without moving a running stack. */
function bare({ blueprint, kept }: { readonly blueprint: Blueprint; readonly kept: readonly Component[] }): string {
	const { ladder, tier, provider, region, layout, components, processes, settings } = blueprint;
	const sizes = [...components, ...kept].map(({ role, name, sku, count, settings: own, stateful }) => {
		return { role, name, sku, count: { ...count }, settings: plainOf(own), stateful };
	});
	const shape = {
		ladder,
		tier,
		provider,
		region,
		layout,
		sizes,
		processes: plainOf(processes),
		settings: plainOf(settings),
	};
	return canonical(shape);
}

function plainOf(value: object): Plain {
	const copied: Plain = JSON.parse(JSON.stringify(value));
	return copied;
}

const UNTIL_ACCEPTED = `nothing is touched until risk unknown of resource ${WHOLE_STACK} is accepted`;

/** Whether this update may go on, decided before the first resource from plain data alone. */
export function decide(input: GuardInput): GuardDecision {
	const open = standingInTheWay(input.unfinished ?? []);
	const rest = decideRest(input);
	if (input.unfinishedUnread !== undefined && rest.case !== "state-unreadable" && !isAccepted(input)) {
		const says = `what earlier runs left open could not be read: ${input.unfinishedUnread}; ${UNTIL_ACCEPTED}`;
		return { ...rest, case: "state-unreadable", action: input.mode === "up" ? "stop" : "warn", says };
	}
	if (open.length === 0) return rest;
	return {
		case: "unfinished",
		action: input.mode === "up" ? "stop" : "warn",
		says: `${open.map(unfinishedText).join("; ")}; nothing is touched until that is settled`,
		changes: rest.changes,
		ways: open.map((each) => wayOut(input.stack, each)),
	};
}

function decideRest(input: GuardInput): GuardDecision {
	const { deployed, recorded } = input;
	if (deployed.kind === "unreadable") {
		return blind(input, "state-unreadable", `what is deployed could not be read: ${deployed.why}`);
	}
	const urns = Object.keys(deployed.resources).filter(
		(urn) => !(deployed.resources[urn]?.type ?? "").startsWith("pulumi:"),
	);
	if (urns.length === 0) return { case: "first-run", action: "pass", says: "", changes: null, ways: [] };
	if (recorded.kind === "unreadable") {
		const why = `the stack's record cannot be read (${recorded.why})`;
		return unrecorded(input, deployed.resources, "record-unreadable", why);
	}
	if (recorded.kind === "none" && recorded.finished !== true && isBegun(deployed.resources))
		return begun(input, deployed.resources);
	if (recorded.kind === "none" || recorded.state === null) {
		return unrecorded(
			input,
			deployed.resources,
			"imported",
			"the stack was imported or last deployed by an older version",
		);
	}
	return compared(input, { ...recorded, state: recorded.state }, deployed.resources);
}

interface FullRecord {
	readonly blueprint: Blueprint;
	readonly kept: readonly Component[];
	readonly state: DesiredState;
}

function compared(
	input: GuardInput,
	recorded: FullRecord,
	deployed: Readonly<Record<string, DeployedResource>>,
): GuardDecision {
	const { blueprint, kept } = recorded;
	const unknown = strangers(recorded.state, deployed);
	const state = oldState(recorded.state, deployed);
	const withStrangers = {
		...state,
		resources: [...state.resources, ...unknown.map((urn) => strangerOf(urn, deployed, input.desired))],
	};
	const changes = changesFrom(input, { blueprint, kept, state: sorted(withStrangers) }, deployed, unknown);
	if (changes.verdict === "none") return { case: "nothing-changed", action: "pass", says: "", changes, ways: [] };
	return decided(input, "compared", changes);
}

/** Components of the program's own without a record: its first update did not finish. */
function isBegun(deployed: Readonly<Record<string, DeployedResource>>): boolean {
	return Object.values(deployed).some(({ type }) => type.startsWith("tierstack:"));
}

/** The rest of a first run: what is not there yet is free to come, what is there is compared by size. */
function begun(input: GuardInput, deployed: Readonly<Record<string, DeployedResource>>): GuardDecision {
	const { desired } = input;
	const there = desired.state.resources.filter(({ urn }) => deployed[urn] !== undefined);
	const to = { ...desired, state: { ...desired.state, resources: there } };
	const resources = strangers(null, deployed).map((urn) => unrecordedOf(urn, deployed, to));
	const changes = changesFrom(
		{ ...input, desired: to },
		{ ...to, state: sorted({ ...to.state, resources }) },
		deployed,
	);
	return decided(input, "first-run", changes);
}

/** No usable record: sizes and what replaces are compared, all else is not known and takes somebody's word, once. */
function unrecorded(
	input: GuardInput,
	deployed: Readonly<Record<string, DeployedResource>>,
	name: "imported" | "record-unreadable",
	why: string,
): GuardDecision {
	const { desired } = input;
	const resources = strangers(null, deployed).map((urn) => unrecordedOf(urn, deployed, desired));
	const state = sorted({ ...desired.state, resources });
	const changes = changesFrom(input, { blueprint: desired.blueprint, kept: desired.kept, state }, deployed);
	const says = `${why}: only sizes and what replaces were compared, the rest is not known`;
	if (isAccepted(input)) return decided(input, name, changes, says);
	return {
		case: name,
		action: input.mode === "up" ? "stop" : "warn",
		says: `${says}; accept risk unknown of resource ${WHOLE_STACK} once`,
		changes,
		ways: [],
	};
}

function changesFrom(
	{ stack, desired, rules }: GuardInput,
	from: ComparisonSide,
	deployed: Readonly<Record<string, DeployedResource>>,
	begun: readonly string[] = [],
): ChangeSet {
	const disks = Object.entries(deployed).flatMap(([urn, { capacity }]): [string, number][] =>
		typeof capacity.disk === "number" ? [[urn, capacity.disk]] : [],
	);
	return compareStates({
		stack,
		base: { kind: "deployed", ref: null },
		from,
		to: desired,
		layer: "model",
		...rules,
		begun,
		diskGbByUrn: Object.fromEntries(disks),
	});
}

function decided(input: GuardInput, name: GuardCase, changes: ChangeSet, says = ""): GuardDecision {
	const open = changes.verdict === "blocked" || changes.verdict === "needs-acceptance";
	if (!open) return { case: name, action: "pass", says, changes, ways: [] };
	return {
		case: name,
		action: input.mode === "up" ? "stop" : "warn",
		says:
			says === ""
				? `the update is ${changes.verdict === "blocked" ? "blocked" : "not accepted"}: ${changes.next}`
				: says,
		changes,
		ways: [],
	};
}

/** Without the old side nothing can be said, so nothing is touched unless somebody answers for it. */
function blind(input: GuardInput, name: GuardCase, why: string): GuardDecision {
	if (isAccepted(input))
		return { case: name, action: "pass", says: `${why}; accepted as unknown`, changes: null, ways: [] };
	const says = `${why}; nothing is compared, so ${UNTIL_ACCEPTED}`;
	return { case: name, action: input.mode === "up" ? "stop" : "warn", says, changes: null, ways: [] };
}

/** An acceptance of `unknown` for the whole stack: the tier entered must match, the tier left may not be known. */
function isAccepted({ rules, desired }: GuardInput): boolean {
	return rules.accept.some(
		({ risk, resource, to, until }: Acceptance) =>
			risk === "unknown" && resource === WHOLE_STACK && to === desired.blueprint.tier && until >= rules.today,
	);
}

/** Whether a deployed stack is asked to become another one: nothing opens that. */
export function isMoved(from: Blueprint, to: Blueprint): boolean {
	return from.ladder !== to.ladder || from.provider !== to.provider || from.region !== to.region;
}

import { constants } from "node:zlib";
import { BugError } from "../errors.ts";
import type { Blueprint, Component, Cost } from "../sizing/blueprint.ts";
import type { Remembered, StackInput } from "./input.ts";
import { type PackedState, packState, unpackState, type WordyState } from "./recordedState.ts";
import { packByDictionary, packPlainly, unpackText } from "./recordPacking.ts";
import { spelled, unspelled } from "./recordSpelling.ts";

/** What a stack remembers about itself: the next run learns from it what it leaves. */
export interface StackRecord {
	readonly schema: "tierstack.record/1";
	/** Without prices and texts: they change without moving a running stack. */
	readonly blueprint: Blueprint;
	/** What earlier tiers left and this stack still declares, retiring ones included. */
	readonly kept: readonly Component[];
	/**
	 * USD a month for one of each component when this was written, by `role/name`, with `/kind` where it has one; what has
	 * no price is not in it.
	 */
	readonly unitUsd?: Readonly<Record<string, number>>;
	/** What was declared, and by which program; missing in a record of an older version. */
	readonly remembered?: Remembered;
}

/** A record as it is written. */
type Written = Omit<StackRecord, "remembered"> & {
	readonly state?: PackedState | WordyState;
	readonly program?: string;
};

/**
 * The stack output `tierstack`. The same record gives the same text. One that remembers no state is the model's, which
 * nobody stores: packing it as small as can be took a twentieth of a large diff.
 */
export async function packRecord(record: StackRecord): Promise<string> {
	const text = recordText(record);
	return record.remembered === undefined
		? packPlainly(text, constants.BROTLI_MIN_QUALITY)
		: await packByDictionary(text, record.blueprint.provider);
}

/**
 * Reads what `packRecord` wrote, in this version or an older one.
 *
 * @throws BugError, or what decoding throws, when the text is damaged or of a schema this version does not know.
 */
export function unpackRecord(packed: string): StackRecord {
	const written: Written = JSON.parse(unspelled(unpackText(packed)));
	const { state, program, ...rest } = written;
	if (rest.schema !== "tierstack.record/1") {
		throw new BugError(`the stack's record has the unknown schema ${JSON.stringify(rest.schema)}`);
	}
	return state === undefined || program === undefined
		? rest
		: { ...rest, remembered: { state: unpackState(state), program } };
}

/** A record as text, before it is packed. */
export function recordText(record: StackRecord): string {
	const { remembered, ...rest } = record;
	const written: Written =
		remembered === undefined ? rest : { ...rest, program: remembered.program, state: packState(remembered.state) };
	const { ladder, region } = record.blueprint;
	const own = remembered === undefined ? [] : [`${ladder}-${remembered.state.stack}`, region];
	return spelled(JSON.stringify(sorted(written)), own);
}

const NO_COST: Cost = {
	currency: "USD",
	base: 0,
	usage: 0,
	monthly: 0,
	maxMonthly: 0,
	atLeast: true,
	byRole: {},
	documented: null,
	coverage: { priced: 0, free: 0, unpriced: 0, unpricedIds: [] },
	pricesAsOf: null,
};

/** The blueprint as the next run compares it: what was chosen, no prices, no reasons, nothing that only people read. */
function bareBlueprint(blueprint: Blueprint): Blueprint {
	return {
		...blueprint,
		components: blueprint.components.map(bareComponent),
		cost: NO_COST,
		demand: {},
		headroom: [],
		recovery: blueprint.recovery.map(({ acknowledged: _, ...cell }) => ({ ...cell, mechanism: "" })),
		notes: [],
	};
}

/** One component without its prices and texts. */
function bareComponent(component: Component): Component {
	return {
		...component,
		unitMonthlyUsd: null,
		monthlyUsd: null,
		maxMonthlyUsd: null,
		priceMark: null,
		why: "",
		rejected: [],
	};
}

/** Keys in order, so that the text does not depend on how the value was built. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
			.map(([key, each]) => [key, sorted(each)]),
	);
}

/** What a run of the program leaves behind for the next one. */
export function recordOf(input: StackInput): StackRecord {
	return {
		schema: "tierstack.record/1",
		blueprint: bareBlueprint(input.blueprint),
		kept: [...input.kept, ...input.retiring].map(bareComponent),
		unitUsd: unitPrices([...input.blueprint.components, ...input.kept, ...input.retiring]),
		...(input.remember === undefined ? {} : { remembered: input.remember }),
	};
}

function unitPrices(components: readonly Component[]): Readonly<Record<string, number>> {
	return Object.fromEntries(
		components.flatMap((component): [string, number][] =>
			component.unitMonthlyUsd === null ? [] : [[priceKey(component), component.unitMonthlyUsd]],
		),
	);
}

/** Two kinds of one service may stand beside each other, each with its own price. */
export function priceKey({ role, name, settings }: Component): string {
	return typeof settings.kind === "string" ? `${role}/${name}/${settings.kind}` : `${role}/${name}`;
}

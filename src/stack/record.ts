import { brotliCompressSync, brotliDecompressSync, constants, inflateRawSync } from "node:zlib";
import { BugError } from "../errors.ts";
import type { Blueprint, Component, Cost } from "../sizing/blueprint.ts";
import type { Remembered, StackInput } from "./input.ts";
import { type PackedState, packState, unpackState, type WordyState } from "./recordedState.ts";

/** What a stack remembers about itself: the next run learns from it what it leaves. */
export interface StackRecord {
	readonly schema: "tierstack.record/1";
	/** Without prices and texts: they change without moving a running stack. */
	readonly blueprint: Blueprint;
	/** What earlier tiers left and this stack still declares, retiring ones included. */
	readonly kept: readonly Component[];
	/** USD a month for one of each component when this was written, by `role/name`; what has no price is not in it. */
	readonly unitUsd?: Readonly<Record<string, number>>;
	/** What was declared, and by which program; missing in a record of an older version. */
	readonly remembered?: Remembered;
}

/** A record as it is written. */
type Written = Omit<StackRecord, "remembered"> & {
	readonly state?: PackedState | WordyState;
	readonly program?: string;
};

/** What a record of this version's packing begins with; one without it was deflated by an older version. */
const PACKING = "br:";

/**
 * The stack output `tierstack`: JSON, packed by Brotli, base64. The same record gives the same text. One that remembers
 * no state is the model's, which nobody stores: packing it as small as can be took a twentieth of a large diff.
 */
export function packRecord(record: StackRecord): string {
	const { remembered, ...rest } = record;
	const written: Written =
		remembered === undefined ? rest : { ...rest, program: remembered.program, state: packState(remembered.state) };
	const text = Buffer.from(JSON.stringify(sorted(written)), "utf8");
	const quality = remembered === undefined ? constants.BROTLI_MIN_QUALITY : constants.BROTLI_MAX_QUALITY;
	const params = {
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_QUALITY]: quality,
		[constants.BROTLI_PARAM_SIZE_HINT]: text.length,
	};
	return `${PACKING}${brotliCompressSync(text, { params }).toString("base64")}`;
}

/**
 * Reads what `packRecord` wrote, in this version or an older one.
 *
 * @throws BugError, or what decoding throws, when the text is damaged or of a schema this version does not know.
 */
export function unpackRecord(packed: string): StackRecord {
	const text = packed.startsWith(PACKING)
		? brotliDecompressSync(Buffer.from(packed.slice(PACKING.length), "base64"))
		: inflateRawSync(Buffer.from(packed, "base64"));
	const written: Written = JSON.parse(text.toString("utf8"));
	const { state, program, ...rest } = written;
	if (rest.schema !== "tierstack.record/1") {
		throw new BugError(`the stack's record has the unknown schema ${JSON.stringify(rest.schema)}`);
	}
	return state === undefined || program === undefined
		? rest
		: { ...rest, remembered: { state: unpackState(state), program } };
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
		components.flatMap(({ role, name, unitMonthlyUsd }): [string, number][] =>
			unitMonthlyUsd === null ? [] : [[`${role}/${name}`, unitMonthlyUsd]],
		),
	);
}

import type { ChangeSet } from "../../changes/changeSet.ts";
import type { DesiredState } from "../../changes/desired.ts";
import type { Drift } from "../../changes/drift.ts";
import { acceptable, acceptWords } from "../../changes/next.ts";
import { sizeStack } from "../../sizeStack.ts";
import type { Plain, Role } from "../../words.ts";
import { attempt } from "../attempt.ts";
import type { Project } from "../project.ts";
import type { Side } from "../side.ts";
import { type BuiltSide, buildSide, compareSides, type Place } from "../sides.ts";
import { blueprintAbove } from "./above.ts";
import { daysAfter } from "./allowance.ts";
import { asItStands, withPin } from "./editions.ts";
import { pastNextTier } from "./pinWord.ts";

/** A quarter, until somebody looks again. */
const PINNED_DAYS = 90;

/** A size that the cloud has and the files do not ask for. */
interface Found {
	readonly urn: string;
	/** Input, such as `size`. */
	readonly path: string;
	readonly value: Plain;
}

/**
 * Commands that pin what somebody changed beside the program, so that no update sets it back. Each is tried in the model:
 * it is offered only when with it the stack declares exactly what the cloud has.
 */
export async function keepingPins(
	side: Side,
	view: { readonly changes: ChangeSet; readonly drift: readonly Drift[] },
	project: Project,
	place: Place,
): Promise<readonly string[]> {
	const found = [...driftedSizes(view.drift), ...sizesSetBack(view.changes)];
	if (found.length === 0) return [];
	const { stack } = side.config;
	const now = await buildSide(side, stack, project.dir);
	const commands = new Set<string>();
	for (const each of found) {
		const command = await pinFor(each, now, project, place);
		if (command !== null) commands.add(command);
	}
	return [...commands];
}

/** The change set with the keeping put first: no smaller size is proposed by itself. */
export function keepingFirst(changes: ChangeSet, keep: readonly string[]): ChangeSet {
	if (keep.length === 0 || sizesSetBack(changes).length === 0) return changes;
	return { ...changes, next: `${keep.join("; ")}; to set it back instead: ${changes.next}` };
}

function driftedSizes(drift: readonly Drift[]): readonly Found[] {
	return drift.flatMap(({ urn, props }) => props.map(({ path, new: value }) => ({ urn, path, value })));
}

/** Once the state knows of it, an update would set it back: where the files ask for no move, the old value is meant. */
function sizesSetBack({ base, from, to, changes }: ChangeSet): readonly Found[] {
	if (base.kind !== "deployed" || from?.tier !== to?.tier) return [];
	return changes.flatMap(({ urn, op, props }) =>
		op === "update" ? props.map(({ path, old }) => ({ urn, path, value: old })) : [],
	);
}

async function pinFor(found: Found, now: BuiltSide, project: Project, place: Place): Promise<string | null> {
	const role = now.state.resources.find(({ urn }) => urn === found.urn)?.role ?? null;
	if (role === null) return null;
	const until = daysAfter(place.today, PINNED_DAYS);
	const { stack } = now.config;
	for (const { path, value } of candidates(role, found.value)) {
		const { config } = withPin(asItStands(now.config), { path, value, until });
		const blueprint = attempt(() => sizeStack(config, project.ladders), []);
		if (blueprint === null) continue;
		const pinned = await buildSide({ config, blueprint, kept: now.kept }, stack, project.dir);
		if (!declares(pinned.state, found) || declares(now.state, found)) continue;
		const base = { kind: "tier", ref: config.tier } as const;
		const { reasons } = await compareSides(now, pinned, base, stack, place);
		const skips = pastNextTier(blueprint, path, blueprintAbove(project, config)) !== null;
		const words = acceptWords(acceptable(reasons), skips);
		return [`tierstack pin ${stack} ${path}=${value} --until ${until}`, ...words].join(" ");
	}
	return null;
}

/** Pins whose value could be a found one: text is a size; a number is a count, or storage in the provider's unit. */
function candidates(role: Role, value: Plain): readonly { readonly path: string; readonly value: string | number }[] {
	const pin = (key: string, wanted: string | number) => ({ path: `${role}.${key}`, value: wanted });
	const number = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value)) ? Number(value) : null;
	if (number === null) return typeof value === "string" ? [pin("sku", value)] : [];
	const storage = [number, number / 1024].filter(Number.isInteger).map((gb) => pin("storageGb", gb));
	return [...storage, pin("count", number), pin("standbyNodes", number - 1), pin("poolSize", number)];
}

function declares({ resources }: DesiredState, { urn, path, value }: Found): boolean {
	const declared = resources.find((resource) => resource.urn === urn)?.inputs[path];
	return declared !== undefined && String(declared) === String(value);
}

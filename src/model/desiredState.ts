import { createHash } from "node:crypto";
import { type DesiredResource, type DesiredState, SECRET_KEY } from "../changes/desired.ts";
import { BugError } from "../errors.ts";
import { roleOfType } from "../stack/component.ts";
import type { Plain, PlainRecord, Role } from "../words.ts";
import type { ModelNames } from "./buildModel.ts";
import { type Recording, STACK_TYPE } from "./recorder.ts";
import { isOtherWrapped, secretIn } from "./secretForm.ts";
import type { StandIns } from "./standIns.ts";

/** Enough of a hash to tell two secrets apart, too little to search for one. */
const DIGEST_LENGTH = 16;

/** Longest text that is recorded as it is. Documents longer than that are compared by their hash and shown by their size. */
const LONG_TEXT = 2048;

/** Turns what was recorded into the state the engine would have: its URNs, secrets masked, references restored. */
export function desiredStateOf(
	recordings: readonly Recording[],
	outputs: Readonly<Record<string, unknown>>,
	standIns: StandIns,
	names: ModelNames,
): DesiredState {
	const places = placesOf(recordings, names);
	const resources = recordings
		.filter(({ type }) => !ofEngine(type))
		.map((recording): DesiredResource => {
			const place = placeOf(places, recording.mockUrn);
			const parent = recording.parentMockUrn === null ? null : placeOf(places, recording.parentMockUrn);
			return {
				urn: place.urn,
				type: recording.type,
				name: recording.name,
				parentUrn: parent?.urn ?? null,
				custom: recording.custom,
				role: place.role,
				inputs: shortened(plainRecord(recording.inputs, standIns)),
				protect: recording.protect,
				retainOnDelete: recording.retainOnDelete,
				deleteBeforeReplace: recording.deleteBeforeReplace,
				ignoreChanges: recording.ignoreChanges,
				replaceOnChanges: recording.replaceOnChanges,
				aliases: recording.aliases,
				dependsOn: recording.dependsOn
					.map((urn) => placeOf(places, urn))
					.filter(({ type }) => !ofEngine(type))
					.map(({ urn }) => urn)
					.sort(),
			};
		})
		.sort((left, right) => (left.urn < right.urn ? -1 : 1));
	return { stack: names.stack, project: names.project, resources, outputs: plainRecord(outputs, standIns) };
}

/** The stack and providers are the engine's own: no cloud has them, and the engine decides what becomes of them. */
function ofEngine(type: string): boolean {
	return type === STACK_TYPE || type.startsWith("pulumi:providers:");
}

interface Place {
	readonly type: string;
	readonly urn: string;
	/** Types of all parents and the resource's own, joined by `$`, as the engine writes them. */
	readonly qualifiedType: string;
	/** Role of the nearest component. */
	readonly role: Role | null;
}

/** The mocks' URNs hold only the direct parent's type, and the stack's; the engine's hold all parents but the stack. */
function placesOf(recordings: readonly Recording[], names: ModelNames): ReadonlyMap<string, Place> {
	const places = new Map<string, Place>();
	const byUrn = new Map(recordings.map((recording) => [recording.mockUrn, recording]));
	if (byUrn.size !== recordings.length) throw new BugError("two resources of one type have the same name and parent");
	const place = (recording: Recording): Place => {
		const known = places.get(recording.mockUrn);
		if (known !== undefined) return known;
		const parentRecording = recording.parentMockUrn === null ? undefined : byUrn.get(recording.parentMockUrn);
		const parent = parentRecording === undefined || parentRecording.type === STACK_TYPE ? null : place(parentRecording);
		const qualifiedType = parent === null ? recording.type : `${parent.qualifiedType}$${recording.type}`;
		const urn = `urn:pulumi:${names.stack}::${names.project}::${qualifiedType}::${recording.name}`;
		const made = { urn, type: recording.type, qualifiedType, role: roleOfType(recording.type) ?? parent?.role ?? null };
		places.set(recording.mockUrn, made);
		return made;
	};
	for (const recording of recordings) place(recording);
	return places;
}

function placeOf(places: ReadonlyMap<string, Place>, mockUrn: string): Place {
	const place = places.get(mockUrn);
	if (place === undefined) throw new BugError(`the model did not see ${mockUrn} being declared`);
	return place;
}

function plainRecord(value: object, standIns: StandIns): PlainRecord {
	return Object.fromEntries(
		Object.entries(value)
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([key, each]) => [key, plain(each, standIns)]),
	);
}

function plain(value: unknown, standIns: StandIns): Plain {
	if (typeof value === "number" || typeof value === "string") return standIns.restore(value);
	if (value === null || value === undefined) return null;
	if (typeof value === "boolean") return value;
	if (Array.isArray(value)) return value.map((each) => plain(each, standIns));
	if (typeof value !== "object") throw new BugError(`the model cannot record a ${typeof value}`);
	const secret = secretIn(value);
	if (secret !== undefined) return { [SECRET_KEY]: digest(plain(secret.value, standIns)) };
	if (isOtherWrapped(value))
		throw new BugError("the model cannot record assets, archives or whole resources as inputs");
	return plainRecord(value, standIns);
}

/** Long texts among a resource's own inputs, by size and hash. */
function shortened(inputs: PlainRecord): PlainRecord {
	return Object.fromEntries(
		Object.entries(inputs).map(([key, value]) => [
			key,
			typeof value === "string" && value.length > LONG_TEXT
				? `text of ${value.length} characters, sha256 ${digest(value)}`
				: value,
		]),
	);
}

function digest(value: Plain): string {
	return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, DIGEST_LENGTH);
}

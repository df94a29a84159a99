import { SECRET_KEY } from "../changes/desired.ts";
import type { Plain, PlainRecord } from "../words.ts";

/** Key by which the engine marks wrapped values; a wrapped value without a clear text is a secret or an asset. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A record of the engine's as data: what is wrapped reads as a secret, what is no data is left out. */
export function plainRecord(value: unknown): PlainRecord {
	return Object.fromEntries(
		Object.entries(isRecord(value) ? value : {}).flatMap(([key, each]): [string, Plain][] => {
			const found = plain(each);
			return found === undefined ? [] : [[key, found]];
		}),
	);
}

/** A value without anything that is not data; undefined when it is none. */
export function plain(value: unknown): Plain | undefined {
	if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
		return value;
	if (Array.isArray(value)) return value.map((each) => plain(each) ?? null);
	if (!isRecord(value)) return undefined;
	return SIGNATURE in value ? { [SECRET_KEY]: "" } : plainRecord(value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

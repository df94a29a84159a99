import type { Plain } from "../words.ts";
import { digitalOcean } from "./digitalocean/cloud.ts";

/** What the model must know of a cloud whose resources the program declares. */
export interface ModelCloud {
	/** First part of its types' tokens. */
	readonly package: string;
	/** Types whose ids programs turn into numbers: a reference in text would become NaN on the way. */
	readonly numericIds: ReadonlySet<string>;
	/**
	 * What a lookup would find, by token; null = the model knows no such lookup.
	 *
	 * @param domains host names of the stack.
	 */
	lookup(token: string, domains: readonly string[]): Readonly<Record<string, Plain>> | null;
}

/** One row a cloud. A type or lookup of any other stops the model. */
const CLOUDS: readonly ModelCloud[] = [digitalOcean];

/** The cloud a type or a lookup belongs to; null for strangers. */
export function cloudOf(token: string): ModelCloud | null {
	return CLOUDS.find((cloud) => token.startsWith(`${cloud.package}:`)) ?? null;
}

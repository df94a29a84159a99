import { cloudOf } from "./cloud.ts";
import { reference } from "./reference.ts";

/** Far above any real id, and still exact as a number. */
const FIRST_NUMBER = 9_007_100_000_000_000;

/**
 * Ids in place of a cloud's: references `${name.id}`, so that the inputs of two runs can be compared though nothing
 * exists. Ids that a program turns into a number are numbers that stand for a reference.
 */
export class StandIns {
	readonly #references = new Map<number, string>();

	/** Id of a resource, as the program is told. */
	id(type: string, name: string): string {
		if (cloudOf(type)?.numericIds.has(type) !== true) return reference(name, "id");
		const number = FIRST_NUMBER + this.#references.size;
		this.#references.set(number, reference(name, "id"));
		return String(number);
	}

	/** A recorded leaf, a stand-in turned back into the reference it stands for. */
	restore(value: number | string): number | string {
		const number = typeof value === "number" ? value : /^\d{16}$/.test(value) ? Number(value) : null;
		return (number === null ? undefined : this.#references.get(number)) ?? value;
	}
}

/** What stands for the secrets of a stack: their names are known, their values are not wanted. */
export function secretStandIns(names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, reference("secrets", name)]));
}

import type { Plain } from "../words.ts";

/** Types whose ids programs turn into numbers: a reference in text would become NaN on the way. */
const NUMERIC_IDS: ReadonlySet<string> = new Set(["digitalocean:index/droplet:Droplet"]);
/** Far above any real id, and still exact as a number. */
const FIRST_NUMBER = 9_007_100_000_000_000;

/** `${name.property}`: an output, before there is one. */
function reference(name: string, property: string): string {
	return `\${${name}.${property}}`;
}

/**
 * Answers in place of a cloud: each output is the reference `${name.property}`, so that the inputs of two runs can be
 * compared though nothing exists.
 */
export class StandIns {
	readonly #references = new Map<number, string>();

	/** Reference to an output. */
	output(name: string, property: string): string {
		return reference(name, property);
	}

	/** Id of a resource: a reference, or a number that stands for one. */
	id(type: string, name: string): string {
		if (!NUMERIC_IDS.has(type)) return this.output(name, "id");
		const number = FIRST_NUMBER + this.#references.size;
		this.#references.set(number, this.output(name, "id"));
		return String(number);
	}

	/** A recorded leaf, its numbers turned back into the references they stand for. */
	restore(value: number | string): number | string {
		const number = typeof value === "number" ? value : /^\d{16}$/.test(value) ? Number(value) : null;
		return (number === null ? undefined : this.#references.get(number)) ?? value;
	}
}

/** What stands for the secrets of a stack: their names are known, their values are not wanted. */
export function secretStandIns(names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, reference("secrets", name)]));
}

/**
 * What a lookup would find, by token; null = the model knows no such lookup. Whole answers, so that a program that
 * looks for something else fails here.
 */
export function lookup(token: string, domains: readonly string[]): Record<string, Plain> | null {
	switch (token) {
		case "digitalocean:index/getDomains:getDomains":
			return {
				id: "domains",
				domains: zonesFor(domains).map((name) => ({ name, ttl: 1800, urn: `do:domain:${name}` })),
			};
		case "digitalocean:index/getKubernetesVersions:getKubernetesVersions":
			return { id: "versions", latestVersion: reference("kubernetes", "latestVersion"), validVersions: [] };
		default:
			return null;
	}
}

/** Zones are assumed at the shortest of the stack's own names: `example.com` holds `www.example.com`. */
function zonesFor(domains: readonly string[]): readonly string[] {
	return domains.filter((domain) => !domains.some((other) => domain.endsWith(`.${other}`)));
}

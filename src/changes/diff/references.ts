import type { Plain } from "../../words.ts";
import type { DesiredResource, DesiredState } from "../desired.ts";

/** Another resource's output inside an input. */
export interface Reference {
	/** The whole of it: `${database.id}`. */
	readonly text: string;
	readonly name: string;
	readonly property: string;
}

const REFERENCE = /\$\{([^}.]+)\.([^}]+)\}/g;

/** Every reference inside a value. */
export function referencesIn(value: Plain | undefined): readonly Reference[] {
	if (typeof value === "string") {
		if (!value.includes("${")) return [];
		return [...value.matchAll(REFERENCE)].map(([text, name = "", property = ""]) => ({ text, name, property }));
	}
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(referencesIn);
}

/** Finds what a resource refers to: the one of that name it waits for, else the first of that name. */
export class Directory {
	readonly #byName = new Map<string, DesiredResource[]>();
	readonly #byUrn = new Map<string, DesiredResource>();

	constructor(state: DesiredState | null) {
		for (const resource of state?.resources ?? []) {
			this.#byUrn.set(resource.urn, resource);
			if (!resource.custom) continue;
			const same = this.#byName.get(resource.name);
			if (same === undefined) this.#byName.set(resource.name, [resource]);
			else same.push(resource);
		}
	}

	byUrn(urn: string): DesiredResource | null {
		return this.#byUrn.get(urn) ?? null;
	}

	target(from: DesiredResource, name: string): DesiredResource | null {
		const named = (this.#byName.get(name) ?? []).filter((each) => each.urn !== from.urn);
		return named.find((each) => from.dependsOn.includes(each.urn)) ?? named[0] ?? null;
	}

	/** What a resource refers to, each once. */
	targets(from: DesiredResource): readonly DesiredResource[] {
		const found = referencesIn(from.inputs).map(({ name }) => this.target(from, name));
		return [...new Set(found)].filter((each) => each !== null);
	}
}

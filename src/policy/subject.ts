/** A record of inputs as the engine hands it over: nothing about it is certain. */
export type Inputs = Readonly<Record<string, unknown>>;

/** One resource as a rule sees it. */
export interface Subject {
	readonly urn: string;
	/** Type token, such as `digitalocean:index/droplet:Droplet`. */
	readonly type: string;
	/** Logical name. */
	readonly name: string;
	/** Inputs. Reading one that only `up` can know throws, and the engine then says that the rule could not run. */
	readonly inputs: Inputs;
	/** Inputs of the resource's own provider; null when it uses the default one. */
	readonly provider: Inputs | null;
	/** Whether the engine refuses to delete it. */
	readonly protect: boolean;
	/** URNs of the resources each input refers to; empty before the whole stack is known. */
	readonly references: Readonly<Record<string, readonly string[]>>;
}

/** Whether an input is written at all, its value known or not. */
export function isSet(inputs: Inputs, key: string): boolean {
	return key in inputs;
}

export function textAt(inputs: Inputs, key: string): string | null {
	const value = inputs[key];
	return typeof value === "string" ? value : null;
}

export function numberAt(inputs: Inputs, key: string): number | null {
	const value = inputs[key];
	return typeof value === "number" ? value : null;
}

/** A switch, or the word for it: launch templates write `"true"`. */
export function switchAt(inputs: Inputs, key: string): boolean | null {
	const value = inputs[key];
	if (value === "true" || value === "false") return value === "true";
	return typeof value === "boolean" ? value : null;
}

export function recordAt(inputs: Inputs, key: string): Inputs | null {
	const value = inputs[key];
	return isInputs(value) ? value : null;
}

export function recordsAt(inputs: Inputs, key: string): readonly Inputs[] {
	return itemsAt(inputs, key).filter(isInputs);
}

export function textsAt(inputs: Inputs, key: string): readonly string[] {
	return itemsAt(inputs, key).filter((item) => typeof item === "string");
}

function itemsAt(inputs: Inputs, key: string): readonly unknown[] {
	const value = inputs[key];
	return Array.isArray(value) ? value : [];
}

export function isInputs(value: unknown): value is Inputs {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

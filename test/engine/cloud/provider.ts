import type { Account } from "./account.ts";
import { type CheckFailure, checkInputs } from "./checkInputs.ts";
import { Cloud, CloudError, plannedState, type Request } from "./cloud.ts";
import { diffInputs, type PropertyDiff } from "./diffInputs.ts";
import { type CloudFacts, previewState } from "./facts.ts";
import { type Fault, nextFault } from "./faults.ts";
import { type Autonaming, fillDefaults, nameRequiresDeleteFirst } from "./fillDefaults.ts";
import { shortName } from "./schema.ts";
import { DEFAULTS_KEY, type Properties } from "./values.ts";

export interface PlannedDiff {
	readonly diffs: readonly PropertyDiff[];
	readonly deleteFirst: boolean;
}

/** A failed step that left something behind: the engine records `state` and the reason. */
export class PartialFailure extends Error {
	readonly type: string;
	readonly id: string;
	readonly state: Properties;

	constructor(message: string, type: string, id: string, state: Properties) {
		super(message);
		this.type = type;
		this.id = id;
		this.state = state;
	}
}

/** The emulated provider: checks, plans and applies as the real one does. Knows nothing of the wire. */
export class EmulatedProvider {
	readonly facts: CloudFacts;
	/** The environment it was started in. */
	readonly env: NodeJS.ProcessEnv;
	readonly #folder: string;
	readonly #account: Account;
	readonly #cloud: Cloud;
	credentials: Request["credentials"] = {};
	/** What the provider was configured with. */
	config: Properties = {};

	constructor(facts: CloudFacts, folder: string, account: Account, env: NodeJS.ProcessEnv = {}) {
		this.facts = facts;
		this.env = env;
		this.#folder = folder;
		this.#account = account;
		this.#cloud = new Cloud(facts, account);
	}

	check(
		type: string,
		name: string,
		old: Properties,
		given: Properties,
		seed: Uint8Array,
		autonaming: Autonaming | null,
	): { inputs: Properties; failures: CheckFailure[] } {
		const completed = this.facts.completed?.(type, given, this.config) ?? given;
		const failures = checkInputs(this.facts, type, completed);
		if (failures.length > 0) return { inputs: completed, failures };
		return { inputs: fillDefaults(this.facts, type, name, old, completed, seed, autonaming), failures: [] };
	}

	diff(
		type: string,
		oldInputs: Properties,
		state: Properties,
		news: Properties,
		ignored: readonly string[],
	): PlannedDiff {
		const context = { old: state, news };
		this.#failByPlan(type, context);
		const rules = this.facts.planRules(type);
		const suppressed = [...ignored, ...rules.map((rule) => rule.ignores?.(context) ?? null)];
		const forced = rules.map((rule) => rule.replaces?.(context) ?? null);
		const diffs = diffInputs(this.facts, type, oldInputs, state, news)
			.filter(({ path }) => !suppressed.some((prefix) => prefix !== null && isUnder(path, prefix)))
			.map((diff) =>
				forced.some((prefix) => prefix !== null && isUnder(diff.path, prefix)) ? { ...diff, replaces: true } : diff,
			);
		const replaces = diffs.some((diff) => diff.replaces);
		const first =
			this.facts.providerFacts(type).deleteFirst === true || nameRequiresDeleteFirst(this.facts, type, news);
		return { diffs, deleteFirst: replaces && first };
	}

	async create(
		type: string,
		name: string,
		inputs: Properties,
		preview: boolean,
	): Promise<{ id: string; state: Properties }> {
		this.#failByPlan(type, { old: null, news: inputs });
		if (preview) return { id: "", state: previewState(this.facts, type, inputs) };
		const request = { type, name, credentials: this.credentials };
		return await this.#withFault("create", request, () => {
			const { id, state } = this.#cloud.create(request, inputs);
			return { id, state };
		});
	}

	async update(
		type: string,
		name: string,
		id: string,
		state: Properties,
		inputs: Properties,
		preview: boolean,
	): Promise<Properties> {
		const request = { type, name, credentials: this.credentials };
		const planned = () => plannedState(this.facts, type, id, inputs, state, this.#account.read());
		if (preview) return planned();
		if (this.diff(type, state, state, inputs, []).diffs.length === 0) return state;
		try {
			return await this.#withFault("update", request, () => this.#cloud.update(request, id, inputs));
		} catch (error) {
			if (!(error instanceof CloudError)) throw error;
			const truth = this.#cloud.read(type, id)?.state ?? state;
			throw new PartialFailure(
				error.message,
				type,
				id,
				this.facts.readsBackOnFailure.includes(shortName(type)) ? truth : planned(),
			);
		}
	}

	async delete(type: string, name: string, id: string, state: Properties): Promise<void> {
		const request = { type, name, credentials: this.credentials };
		const believed = "forceDestroy" in state ? { forceDestroy: state.forceDestroy ?? false } : {};
		await this.#withFault("delete", request, () => this.#cloud.delete(request, id, believed));
	}

	/** The truth, for refresh and import; null when it is gone. */
	async read(
		type: string,
		name: string,
		id: string,
		known: Properties,
	): Promise<{ state: Properties; inputs: Properties } | null> {
		const request = { type, name, credentials: this.credentials };
		return await this.#withFault("read", request, () => {
			const found = this.#cloud.read(type, id);
			if (found === null) return null;
			const keys = Object.keys(known).length === 0 ? Object.keys(found.inputs) : Object.keys(known);
			const inputs = keys
				.filter((key) => key !== DEFAULTS_KEY && found.state[key] !== undefined)
				.map((key) => [key, secretly(found.inputs[key], found.state[key])] as const);
			return {
				state: found.state,
				inputs: { ...Object.fromEntries(inputs), [DEFAULTS_KEY]: known[DEFAULTS_KEY] ?? [] },
			};
		});
	}

	invoke(name: string, args: Properties): Properties {
		return this.facts.lookUp(name, args, this.#account.read());
	}

	#failByPlan(type: string, context: { old: Properties | null; news: Properties }): void {
		for (const rule of this.facts.planRules(type)) {
			const sentence = rule.fails?.(context) ?? null;
			if (sentence !== null) throw new CloudError(sentence);
		}
	}

	async #withFault<T>(operation: Fault["operation"], request: Request, act: () => T): Promise<T> {
		const fault = nextFault(this.#folder, this.#account, { operation, type: request.type, name: request.name });
		if (fault === null) return act();
		const { action } = fault;
		switch (action.kind) {
			case "error":
				throw new CloudError(`${action.status} ${statusText(action.status)}`);
			case "lost-answer":
				act();
				throw new CloudError(`${action.status} ${statusText(action.status)}`);
			case "slow":
				await new Promise((resolve) => setTimeout(resolve, action.milliseconds));
				return act();
			case "hang":
				if (action.done) act();
				return await new Promise(() => undefined);
			case "crash":
				if (action.done) act();
				return process.exit(1);
		}
	}
}

/** An input that the state holds as a hash is read back from the inputs. */
function secretly(input: Properties[string] | undefined, state: Properties[string] | undefined): Properties[string] {
	return input ?? state ?? null;
}

function isUnder(path: string, prefix: string): boolean {
	return path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
}

function statusText(status: number): string {
	return status === 429 ? "API Rate limit exceeded" : "Server Error";
}

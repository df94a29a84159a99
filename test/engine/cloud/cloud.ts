import { type Account, type AccountData, type CloudResource, now } from "./account.ts";
import type { CloudFacts } from "./facts.ts";
import { type Attempt, refusal } from "./refusal.ts";
import { shortName } from "./schema.ts";
import { DEFAULTS_KEY, type Properties } from "./values.ts";

/** The API said no; `message` starts with the status. */
export class CloudError extends Error {}

export interface Request {
	readonly type: string;
	readonly name: string;
	readonly credentials: Attempt["credentials"];
}

export class Cloud {
	readonly #facts: CloudFacts;
	readonly #account: Account;

	constructor(facts: CloudFacts, account: Account) {
		this.#facts = facts;
		this.#account = account;
	}

	create(request: Request, given: Properties): CloudResource {
		const inputs = withoutDefaults(given);
		return this.#account.change((data) => {
			log(data, "create", request);
			this.#refuse({ ...request, operation: "create", inputs, previous: null, data });
			const number = data.nextNumber++;
			const id = this.#facts.newId(request.type, inputs, number, data);
			const state = this.#facts.computeState(request.type, { id, number, inputs, data }, null);
			const created = {
				id,
				type: request.type,
				inputs,
				state,
				createdAt: now(data),
				resizedAt: now(data),
				upgradingUntil: 0,
			};
			data.resources.push(created);
			return created;
		});
	}

	/** Returns the state that the provider tells, which for a silent input is not the truth. */
	update(request: Request, id: string, given: Properties): Properties {
		const inputs = withoutDefaults(given);
		return this.#account.change((data) => {
			log(data, "update", request);
			const previous = find(data, request.type, id);
			if (previous === undefined) throw new CloudError(`404 ${shortName(request.type)} "${id}" not found`);
			const effective = { ...inputs };
			for (const key of this.#facts.silent[shortName(request.type)] ?? [])
				effective[key] = previous.inputs[key] ?? null;
			this.#refuse({ ...request, operation: "update", inputs: effective, previous, data });
			const told = this.#facts.computeState(request.type, { id, number: 0, inputs, data }, previous);
			const state = this.#facts.computeState(request.type, { id, number: 0, inputs: effective, data }, previous);
			this.#facts.afterUpdate(previous, effective, state, data);
			previous.inputs = effective;
			previous.state = state;
			return told;
		});
	}

	/** Deleting what is gone already is fine, as it is to the provider. `believed` = inputs as the stack's state has them. */
	delete(request: Request, id: string, believed: Properties): void {
		this.#account.change((data) => {
			log(data, "delete", request);
			const previous = find(data, request.type, id);
			if (previous === undefined) return;
			const attempt: Attempt = {
				...request,
				operation: "delete",
				inputs: { ...previous.inputs, ...believed },
				previous,
				data,
			};
			this.#refuse(attempt);
			const children = this.#facts.children[shortName(request.type)] ?? {};
			data.resources = data.resources.filter(
				(other) => other !== previous && String(other.inputs[children[shortName(other.type)] ?? ""]) !== id,
			);
			this.#facts.afterDelete({ ...attempt, inputs: previous.inputs });
		});
	}

	#refuse(attempt: Attempt): void {
		const sentence = refusal(this.#facts.refusals, attempt);
		if (sentence !== null) throw new CloudError(sentence);
	}

	read(type: string, id: string): CloudResource | null {
		return find(this.#account.read(), type, id) ?? null;
	}
}

/** What the provider would say the new state is, for a change that fails half way: see `server.ts`. */
export function plannedState(
	facts: CloudFacts,
	type: string,
	id: string,
	given: Properties,
	before: Properties,
	data: AccountData,
): Properties {
	const previous = { id, type, inputs: before, state: before, createdAt: 0, resizedAt: 0, upgradingUntil: 0 };
	return facts.computeState(type, { id, number: 0, inputs: withoutDefaults(given), data }, previous);
}

function withoutDefaults(inputs: Properties): Properties {
	return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== DEFAULTS_KEY));
}

function find(data: AccountData, type: string, id: string): CloudResource | undefined {
	return data.resources.find((candidate) => candidate.type === type && candidate.id === id);
}

function log(data: AccountData, operation: string, { type, name }: Request): void {
	data.calls.push(`${operation} ${shortName(type)} ${name}`);
}

import { type Account, type AccountData, type CloudResource, now } from "./account.ts";
import { newId } from "./identify.ts";
import { computeState } from "./outputs.ts";
import { UPGRADE_SECONDS } from "./refusals/databases.ts";
import { blockDeletedName } from "./refusals/names.ts";
import type { Attempt } from "./refusals/refusal.ts";
import { refusal } from "./refusals.ts";
import { shortName, token } from "./schema.ts";
import { DEFAULTS_KEY, type Properties, text } from "./values.ts";

/** The API said no; `message` starts with the status. */
export class CloudError extends Error {}

export interface Request {
	readonly type: string;
	readonly name: string;
	readonly credentials: Attempt["credentials"];
}

/** What goes with its parent: type -> input of the children that names it. */
const CHILDREN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	Droplet: { VolumeAttachment: "dropletId", ReservedIpAssignment: "dropletId" },
	DatabaseCluster: {
		DatabaseReplica: "clusterId",
		DatabaseConnectionPool: "clusterId",
		DatabaseDb: "clusterId",
		DatabaseUser: "clusterId",
		DatabaseFirewall: "clusterId",
	},
	Domain: { DnsRecord: "domain" },
	KubernetesCluster: { KubernetesNodePool: "clusterId" },
};

/** Inputs the provider's update never sends: the plan shows them, nothing happens. Trap 19. */
const SILENT: Readonly<Record<string, readonly string[]>> = { SpacesBucket: ["name"] };

export class Cloud {
	readonly #account: Account;

	constructor(account: Account) {
		this.#account = account;
	}

	create(request: Request, given: Properties): CloudResource {
		const inputs = withoutDefaults(given);
		return this.#account.change((data) => {
			log(data, "create", request);
			refuse({ ...request, operation: "create", inputs, previous: null, data });
			const number = data.nextNumber++;
			const id = newId(request.type, inputs, number);
			const state = computeState(request.type, { id, number, inputs, data }, null);
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
			for (const key of SILENT[shortName(request.type)] ?? []) effective[key] = previous.inputs[key] ?? null;
			refuse({ ...request, operation: "update", inputs: effective, previous, data });
			const told = computeState(request.type, { id, number: 0, inputs, data }, previous);
			const state = computeState(request.type, { id, number: 0, inputs: effective, data }, previous);
			if (previous.state.sizeUnit !== state.sizeUnit) previous.resizedAt = now(data);
			if (isMajorUpgrade(previous, effective)) previous.upgradingUntil = now(data) + UPGRADE_SECONDS;
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
			refuse(attempt);
			const children = CHILDREN[shortName(request.type)] ?? {};
			data.resources = data.resources.filter(
				(other) => other !== previous && String(other.inputs[children[shortName(other.type)] ?? ""]) !== id,
			);
			blockDeletedName({ ...attempt, inputs: previous.inputs });
		});
	}

	read(type: string, id: string): CloudResource | null {
		return find(this.#account.read(), type, id) ?? null;
	}
}

/** What the provider would say the new state is, for a change that fails half way: see `server.ts`. */
export function plannedState(
	type: string,
	id: string,
	given: Properties,
	before: Properties,
	data: AccountData,
): Properties {
	const previous = { id, type, inputs: before, state: before, createdAt: 0, resizedAt: 0, upgradingUntil: 0 };
	return computeState(type, { id, number: 0, inputs: withoutDefaults(given), data }, previous);
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

function refuse(attempt: Attempt): void {
	const sentence = refusal(attempt);
	if (sentence !== null) throw new CloudError(sentence);
}

/** A major upgrade runs on after the provider has gone on: it does not wait. Trap 11. */
function isMajorUpgrade(previous: CloudResource, inputs: Properties): boolean {
	return previous.type === token("DatabaseCluster") && text(previous.inputs.version) !== text(inputs.version);
}

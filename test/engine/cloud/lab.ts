import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { EmulatedAccount } from "../emulatedAccount.ts";
import { Account } from "./account.ts";
import type { CheckFailure } from "./checkInputs.ts";
import type { CloudFacts } from "./facts.ts";
import { EmulatedProvider, type PlannedDiff } from "./provider.ts";
import type { Properties } from "./values.ts";

export interface LabResource {
	readonly type: string;
	readonly name: string;
	readonly id: string;
	readonly inputs: Properties;
	readonly state: Properties;
}

/** The provider without an engine before it: check, diff and apply as the engine would ask for them. */
export class CloudLab {
	readonly account: EmulatedAccount;
	readonly provider: EmulatedProvider;

	readonly #token: (shortName: string) => string;

	constructor(facts: CloudFacts, token: (shortName: string) => string, credentials: Record<string, boolean>) {
		this.#token = token;
		const folder = mkdtempSync(join(tmpdir(), "tierstack-lab-"));
		onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
		this.account = new EmulatedAccount(folder);
		this.provider = new EmulatedProvider(facts, folder, new Account(folder));
		this.provider.credentials = credentials;
	}

	check(
		type: string,
		inputs: Properties,
		old: Properties = {},
		name = "it",
	): { inputs: Properties; failures: CheckFailure[] } {
		return this.provider.check(this.#token(type), name, old, inputs, new TextEncoder().encode(name), null);
	}

	async create(type: string, inputs: Properties, name = "it"): Promise<LabResource> {
		const checked = this.#checked(type, inputs, {}, name);
		const { id, state } = await this.provider.create(this.#token(type), name, checked, false);
		return { type, name, id, inputs: checked, state };
	}

	diff(resource: LabResource, inputs: Properties): PlannedDiff {
		const checked = this.#checked(resource.type, inputs, resource.inputs, resource.name);
		return this.provider.diff(this.#token(resource.type), resource.inputs, resource.state, checked, []);
	}

	/** Changes some inputs in place. */
	async update(resource: LabResource, changes: Properties): Promise<LabResource> {
		const inputs = this.#checked(resource.type, { ...resource.inputs, ...changes }, resource.inputs, resource.name);
		const { id, type, name } = resource;
		const state = await this.provider.update(this.#token(type), name, id, resource.state, inputs, false);
		return { ...resource, inputs, state };
	}

	delete(resource: LabResource): Promise<void> {
		return this.provider.delete(this.#token(resource.type), resource.name, resource.id, resource.state);
	}

	#checked(type: string, inputs: Properties, old: Properties, name: string): Properties {
		const { inputs: checked, failures } = this.check(type, inputs, old, name);
		if (failures.length > 0)
			throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
		return checked;
	}
}

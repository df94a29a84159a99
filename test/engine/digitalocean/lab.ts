import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { EmulatedAccount } from "../emulatedAccount.ts";
import { Account } from "./account.ts";
import type { CheckFailure } from "./checkInputs.ts";
import { EmulatedProvider, type PlannedDiff } from "./provider.ts";
import { token } from "./schema.ts";
import type { Properties } from "./values.ts";

export interface LabResource {
	readonly type: string;
	readonly name: string;
	readonly id: string;
	readonly inputs: Properties;
	readonly state: Properties;
}

/** The provider without an engine before it: check, diff and apply as the engine would ask for them. */
export class Lab {
	readonly account: EmulatedAccount;
	readonly provider: EmulatedProvider;

	constructor(credentials = { token: true, spaces: true }) {
		const folder = mkdtempSync(join(tmpdir(), "tierstack-lab-"));
		onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
		this.account = new EmulatedAccount(folder);
		this.provider = new EmulatedProvider(folder, new Account(folder));
		this.provider.credentials = credentials;
	}

	check(
		type: string,
		inputs: Properties,
		old: Properties = {},
		name = "it",
	): { inputs: Properties; failures: CheckFailure[] } {
		return this.provider.check(token(type), name, old, inputs, new TextEncoder().encode(name), null);
	}

	async create(type: string, inputs: Properties, name = "it"): Promise<LabResource> {
		const checked = this.#checked(type, inputs, {}, name);
		const { id, state } = await this.provider.create(token(type), name, checked, false);
		return { type, name, id, inputs: checked, state };
	}

	diff(resource: LabResource, inputs: Properties): PlannedDiff {
		const checked = this.#checked(resource.type, inputs, resource.inputs, resource.name);
		return this.provider.diff(token(resource.type), resource.inputs, resource.state, checked, []);
	}

	/** Changes some inputs in place. */
	async update(resource: LabResource, changes: Properties): Promise<LabResource> {
		const inputs = this.#checked(resource.type, { ...resource.inputs, ...changes }, resource.inputs, resource.name);
		const { id, type, name } = resource;
		const state = await this.provider.update(token(type), name, id, resource.state, inputs, false);
		return { ...resource, inputs, state };
	}

	delete(resource: LabResource): Promise<void> {
		return this.provider.delete(token(resource.type), resource.name, resource.id, resource.state);
	}

	#checked(type: string, inputs: Properties, old: Properties, name: string): Properties {
		const { inputs: checked, failures } = this.check(type, inputs, old, name);
		if (failures.length > 0)
			throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
		return checked;
	}
}

/** Smallest inputs of the types that tests need again and again. */
export const SAMPLES = {
	droplet: { image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb", region: "fra1" },
	volume: { name: "data", region: "fra1", size: 20 },
	database: { name: "db", engine: "pg", version: "17", size: "db-s-1vcpu-1gb", region: "fra1", nodeCount: 1 },
	bucket: { name: "shop-files", region: "fra1" },
	vpc: { name: "net", region: "fra1" },
	loadBalancer: {
		name: "web",
		region: "fra1",
		sizeUnit: 1,
		forwardingRules: [{ entryProtocol: "http", entryPort: 80, targetProtocol: "http", targetPort: 8080 }],
	},
	cluster: {
		name: "k8s",
		region: "fra1",
		version: "1.33.1-do.0",
		ha: false,
		nodePool: { name: "fixed", size: "s-1vcpu-2gb", nodeCount: 1 },
	},
} satisfies Record<string, Properties>;

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Account, type AccountData, type CloudResource, now } from "./cloud/account.ts";
import { digest } from "./cloud/digest.ts";
import type { FaultOrder } from "./cloud/faults.ts";
import { shortName } from "./cloud/schema.ts";
import type { Value } from "./cloud/values.ts";

/** A test's hand on an emulated account: what is in it, its clock, its faults. */
export class EmulatedAccount {
	readonly folder: string;
	readonly #account: Account;

	constructor(folder: string) {
		mkdirSync(folder, { recursive: true });
		this.folder = folder;
		this.#account = new Account(folder);
	}

	/** What really is there, all or of one type (`Droplet`, `rds.Instance`). */
	resources(type?: string): CloudResource[] {
		const { resources } = this.#account.read();
		return type === undefined ? resources : resources.filter((resource) => shortName(resource.type) === type);
	}

	data(): AccountData {
		return this.#account.read();
	}

	/** Calls that reached the cloud so far, such as `create Droplet app-1`. */
	calls(): string[] {
		return this.#account.read().calls;
	}

	/** Lets the account's time pass: cool-downs end, blocked names become free. */
	advance(hours: number): void {
		this.#account.change((data) => {
			data.clockOffset += Math.round(hours * 3600);
		});
	}

	putObjects(bucket: string, count: number): void {
		this.#account.change((data) => {
			data.objects[bucket] = count;
		});
	}

	/** Somebody at the console: changes what one resource really is, or deletes it. */
	atTheConsole(type: string, change: Readonly<Record<string, Value>> | "delete"): void {
		this.#account.change((data) => {
			const resource = data.resources.find((each) => shortName(each.type) === type);
			if (resource === undefined) throw new Error(`the emulated account has no ${type}`);
			if (change === "delete") data.resources = data.resources.filter((each) => each !== resource);
			else for (const side of [resource.inputs, resource.state]) Object.assign(side, change);
		});
	}

	useDatabaseStorage(cluster: string, gib: number): void {
		this.#account.change((data) => {
			data.usedGib[cluster] = gib;
		});
	}

	/** A DNS zone that somebody made by hand, at both clouds. */
	addDomain(name: string): void {
		this.#account.change((data) => {
			const seconds = now(data);
			const zone = { inputs: { name }, state: { name }, createdAt: seconds, resizedAt: seconds, upgradingUntil: 0 };
			const id = `Z${digest("zone", name).slice(0, 20).toUpperCase()}`;
			data.resources.push({ id: name, type: "digitalocean:index/domain:Domain", ...zone });
			data.resources.push({ id, type: "aws:route53/zone:Zone", ...zone });
		});
	}

	/** Orders faults; counting starts anew. */
	orderFaults(...faults: FaultOrder[]): void {
		this.#account.change((data) => {
			data.faultCounts = {};
		});
		writeFileSync(join(this.folder, "faults.json"), JSON.stringify(faults));
	}

	/** How many calls an ordered fault has fitted so far. */
	faultsMet(): number {
		return Object.values(this.#account.read().faultCounts).reduce((sum, met) => sum + met, 0);
	}

	clearFaults(): void {
		rmSync(join(this.folder, "faults.json"), { force: true });
	}
}

import data from "./data/sizes.json";

export interface DropletSize {
	readonly vcpus: number;
	/** MiB. */
	readonly memory: number;
	/** GB. */
	readonly disk: number;
	readonly priceMonthly: number;
	readonly priceHourly: number;
}

const sizes: Readonly<Record<string, DropletSize>> = data.sizes;

export function findDropletSize(slug: string): DropletSize | null {
	return sizes[slug.toLowerCase()] ?? null;
}

export function dropletSize(slug: string): DropletSize {
	const found = findDropletSize(slug);
	if (found === null) throw new Error(`the emulated account offers no droplet size "${slug}"`);
	return found;
}

/** Engines that share one list of plans, and engines of their own. Trap 17: creation of redis ended on 2025-04-30. */
const GENERAL_PLANS = [
	/^db-s-(1vcpu-1gb|1vcpu-2gb|2vcpu-4gb|4vcpu-8gb|6vcpu-16gb)$/,
	/^db-(intel|amd)-(1vcpu-1gb|1vcpu-2gb|2vcpu-4gb|2vcpu-8gb|4vcpu-8gb|4vcpu-16gb|8vcpu-32gb|16vcpu-64gb)$/,
	/^gd-(2vcpu-8gb|4vcpu-16gb|8vcpu-32gb|16vcpu-64gb|32vcpu-128gb|40vcpu-160gb)$/,
	/^so1_5-(2vcpu-16gb|4vcpu-32gb|8vcpu-64gb|16vcpu-128gb|24vcpu-192gb|32vcpu-256gb)$/,
];

/** Plans by engine: example of `GET /v2/databases/options` in digitalocean/openapi 7c1300c4 (2026-08). */
const DATABASE_PLANS: Readonly<Record<string, readonly RegExp[]>> = {
	pg: GENERAL_PLANS,
	mysql: GENERAL_PLANS,
	valkey: [
		/^db-s-(1vcpu-1gb|1vcpu-2gb|2vcpu-4gb|4vcpu-8gb|6vcpu-16gb|8vcpu-32gb|16vcpu-64gb)$/,
		/^m-(2vcpu-16gb|4vcpu-32gb|8vcpu-64gb|16vcpu-128gb|24vcpu-192gb|32vcpu-256gb)$/,
	],
};

/** Versions by engine, same source; 18 for pg from the docs. */
export const DATABASE_VERSIONS: Readonly<Record<string, readonly string[]>> = {
	pg: ["13", "14", "15", "16", "17", "18"],
	mysql: ["8"],
	valkey: ["8"],
};

export function offersDatabasePlan(engine: string, plan: string): boolean {
	return (DATABASE_PLANS[engine] ?? []).some((pattern) => pattern.test(plan));
}

/** GiB of memory of a database plan, read from its slug. */
export function databaseMemoryGib(plan: string): number {
	return Number(/-(\d+)gb/.exec(plan)?.[1] ?? 0);
}

/** Storage that comes with a plan, in MiB, where a document tells (1, 2 and 4 GiB plans); else null. */
export function documentedStorageMib(plan: string): number | null {
	const documented: Readonly<Record<number, number>> = { 1: 10, 2: 30, 4: 60 };
	const gib = documented[databaseMemoryGib(plan)];
	return gib === undefined ? null : gib * 1024;
}

/** The same for every plan: 15 GiB a GiB of memory where nothing is documented. A stand-in on which no refusal rests. */
export function baseStorageMib(plan: string): number {
	return documentedStorageMib(plan) ?? 15 * databaseMemoryGib(plan) * 1024;
}

/** Connections a PostgreSQL plan leaves for clients: 25 a GiB less 3, capped at 997. Trap 15. */
export function backendConnections(plan: string): number {
	return Math.min(997, 25 * databaseMemoryGib(plan) - 3);
}

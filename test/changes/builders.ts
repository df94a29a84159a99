import type { DesiredResource, DesiredState } from "../../src/changes/desired.ts";
import type { ComparisonInput, ComparisonSide } from "../../src/changes/input.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import type { PlainRecord } from "../../src/words.ts";

/** `Droplet` -> its DigitalOcean token; a token stays as it is. */
export function typeOf(name: string): string {
	if (name.includes(":")) return name;
	return `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

export function urnOf(type: string, name: string): string {
	return `urn:pulumi:lab::tierstack::${typeOf(type)}::${name}`;
}

type Told = Partial<Omit<DesiredResource, "type" | "name" | "inputs" | "urn">>;

/** A provider's resource with its inputs; every other field can be told otherwise. */
export function resource(type: string, name: string, inputs: PlainRecord, told: Told = {}): DesiredResource {
	return {
		urn: urnOf(type, name),
		type: typeOf(type),
		name,
		parentUrn: null,
		custom: true,
		role: null,
		inputs,
		protect: false,
		retainOnDelete: false,
		deleteBeforeReplace: null,
		ignoreChanges: [],
		replaceOnChanges: [],
		aliases: [],
		dependsOn: [],
		...told,
	};
}

export function state(...resources: readonly DesiredResource[]): DesiredState {
	const sorted = [...resources].sort((left, right) => (left.urn < right.urn ? -1 : 1));
	return { stack: "lab", project: "tierstack", resources: sorted, outputs: {} };
}

export function component(told: Partial<Component> = {}): Component {
	return {
		role: "app",
		name: "app",
		sku: "s-2vcpu-4gb",
		count: { min: 1, max: 1 },
		vcpu: 2,
		memoryGib: 4,
		diskGb: 80,
		unitMonthlyUsd: 24,
		monthlyUsd: 24,
		maxMonthlyUsd: 24,
		why: "told by a test",
		rejected: [],
		settings: {},
		stateful: false,
		priceMark: "A",
		...told,
	};
}

/** A blueprint whose cost is that of its components. */
export function blueprint(told: Partial<Blueprint> = {}): Blueprint {
	const components = told.components ?? [];
	const monthly = components.reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0);
	const byRole: Partial<Record<Component["role"], number>> = {};
	for (const { role, monthlyUsd } of components) byRole[role] = (byRole[role] ?? 0) + (monthlyUsd ?? 0);
	return {
		schema: "tierstack.blueprint/1",
		ladder: "shop",
		tier: "starter",
		provider: "digitalocean",
		region: "fra1",
		layout: "single",
		workload: { clients: 50 },
		workloadSource: "top-of-range",
		demand: {},
		components,
		processes: [],
		settings: {},
		cost: {
			currency: "USD",
			base: monthly,
			usage: 0,
			monthly,
			maxMonthly: monthly,
			atLeast: false,
			byRole,
			documented: null,
			coverage: { priced: components.length, free: 0, unpriced: 0, unpricedIds: [] },
			pricesAsOf: "2026-11-21",
		},
		headroom: [],
		recovery: [],
		nextTier: null,
		notes: [],
		...told,
	};
}

export function side(
	resources: readonly DesiredResource[],
	told: Partial<Omit<ComparisonSide, "state">> = {},
): ComparisonSide {
	return { state: state(...resources), blueprint: blueprint(), kept: [], ...told };
}

/** A comparison that tolerates nothing and accepts nothing, from tier `starter` to tier `small`. */
export function comparison(
	from: readonly DesiredResource[] | null,
	to: readonly DesiredResource[],
	told: Partial<ComparisonInput> = {},
): ComparisonInput {
	return {
		stack: "lab",
		base: { kind: "git", ref: "3f2c1a" },
		from: from === null ? null : side(from),
		to: side(to, { blueprint: blueprint({ tier: "small" }) }),
		layer: "model",
		tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
		accept: [],
		today: "2026-11-21",
		...told,
	};
}

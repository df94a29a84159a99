import { serviceRow } from "../../../src/catalog/catalog.ts";
import type { Component, Headroom, Process } from "../../../src/sizing/blueprint.ts";
import { judgeFit } from "../../../src/sizing/recommendTier.ts";
import { type DemandName, findTier, type ThresholdName, type Tier } from "../../../src/tiers/ladder.ts";
import type { Role } from "../../../src/words.ts";
import { component, has } from "../../sizing/requests.ts";
import type { Range } from "./demands.ts";
import type { Reader, Seen } from "./figure.ts";

/* How a figure is read off a tier's blueprint, off its ladder where sizing only passes it on, or off the catalog. */

export const layout: Reader<string> = ({ blueprint }) => blueprint.layout;
export const workload =
	(metric: string): Reader<number | undefined> =>
	({ blueprint }) =>
		blueprint.workload[metric];
export const demand =
	(name: DemandName): Reader<number | undefined> =>
	({ blueprint }) =>
		blueprint.demand[name];
export const setting =
	(key: string): Reader<unknown> =>
	({ blueprint }) =>
		blueprint.settings[key];

/* Roles and their components. */

export const part =
	<Found>(role: Role, name: string, read: (found: Component) => Found): Reader<Found> =>
	({ blueprint }) =>
		read(component(blueprint, role, name));
export const present =
	(role: Role, name: string = role): Reader<boolean> =>
	({ blueprint }) =>
		has(blueprint, role, name);
export const app = <Found>(read: (found: Component) => Found): Reader<Found> => part("app", "app", read);
export const nodes = <Found>(read: (found: Component) => Found): Reader<Found> => part("app", "workers", read);
export const database = <Found>(read: (found: Component) => Found): Reader<Found> => part("database", "database", read);
export const cache = <Found>(read: (found: Component) => Found): Reader<Found> => part("cache", "cache", read);

export const vcpu: Reader<number> = app((found) => (found.vcpu ?? 0) * found.count.max);
export const memory: Reader<number> = app((found) => (found.memoryGib ?? 0) * found.count.max);
export const nodeVcpu: Reader<number> = nodes((found) => (found.vcpu ?? 0) * found.count.max);
export const nodeMemory: Reader<number> = nodes((found) => (found.memoryGib ?? 0) * found.count.max);
export const volumeGb: Reader<unknown> = part("app", "data", (found) => found.settings.storageGb);
export const filesGb: Reader<unknown> = part("files", "files", (found) => found.settings.storageGb);
export const databaseSetting = (key: string): Reader<unknown> => database((found) => found.settings[key]);
export const cacheSetting = (key: string): Reader<unknown> => cache((found) => found.settings[key]);
export const backup = (key: string): Reader<unknown> => part("backup", "backup", (found) => found.settings[key]);
export const network = (key: string): Reader<unknown> => part("network", "network", (found) => found.settings[key]);
export const managed: Reader<boolean> = database((found) => found.sku !== "on-host");
export const databaseVersion: Reader<string | null> = database(({ settings: { version } }) =>
	typeof version === "string" ? version : null,
);

export const process =
	<Found>(name: string, read: (found: Process) => Found): Reader<Found | null> =>
	({ blueprint }) => {
		const found = blueprint.processes.find((each) => each.name === name);
		return found === undefined ? null : read(found);
	};
export const headroom =
	<Found>(role: Role, metric: string, read: (line: Headroom) => Found): Reader<Found | null> =>
	({ blueprint }) => {
		const found = blueprint.headroom.find((line) => line.role === role && line.metric === metric);
		return found === undefined ? null : read(found);
	};

/* What the plan says of money and promises. */

export const planCost: Reader<Range | null> = ({ blueprint }) => blueprint.cost.documented;
/** The plan's own cost of one unit of the measure, where so many share the tier. */
export const planCostEach =
	(units: number): Reader<Range | null> =>
	(seen) => {
		const range = planCost(seen);
		return range && { min: range.min / units, max: range.max === null ? null : range.max / units };
	};
/** What the step from a tier to this one adds, from end to end of the plan's two ranges. */
export const planStep =
	(from: string): Reader<Range | null> =>
	({ ladder, tier }) => {
		const before = findTier(ladder, from)?.cost ?? null;
		if (before === null || tier.cost === null) return null;
		const max = tier.cost.max === null ? null : tier.cost.max - before.min;
		return { min: tier.cost.min - (before.max ?? before.min), max };
	};
export const currency: Reader<string | undefined> = ({ blueprint }) => blueprint.cost.documented?.currency;
export const rto: Reader<unknown> = setting("promises.rtoMinutes");
export const rpo: Reader<unknown> = setting("promises.rpoMinutes");
/** What is really lost at most when a process or a node goes. */
export const lostWithNode: Reader<number | null> = ({ blueprint }) =>
	blueprint.recovery.find(({ scenario }) => scenario === "process-or-node")?.rpoMinutes ?? null;
export const warning = (name: ThresholdName): Reader<unknown> => setting(`thresholds.${name}.warning`);
export const critical = (name: ThresholdName): Reader<unknown> => setting(`thresholds.${name}.critical`);

/* The ladder's own figures. */

export const range: Reader<readonly (number | null)[]> = ({ tier }) => [tier.above, tier.upTo];
export const sizedFor: Reader<number> = ({ tier }) => tier.sizeFor;
/** How many come with one of another metric. */
export const usual =
	(metric: string): Reader<number | undefined> =>
	({ ladder }) =>
		ladder.metrics.find(({ name }) => name === metric)?.per?.count;
export const coefficient =
	(name: DemandName, metric: string): Reader<number> =>
	({ ladder }) =>
		ladder.demand.find((each) => each.demand === name)?.per[metric] ?? 0;
export const fixed =
	(name: DemandName): Reader<number> =>
	({ ladder }) =>
		ladder.demand.find((each) => each.demand === name)?.fixed ?? 0;
/** What so many units of a metric add in a month. */
export const monthly =
	(name: DemandName, metric: string, units: number): Reader<number> =>
	({ ladder }) =>
		(ladder.growth.find((each) => each.demand === name)?.per[metric] ?? 0) * units;
/** What a customer's own plan allows. */
export const allowance =
	(plan: string, key: string): Reader<number | null | undefined> =>
	({ ladder }) =>
		ladder.plans[plan]?.[key];
export const floor =
	<Found>(read: (tier: Tier) => Found): Reader<Found> =>
	({ tier }) =>
		read(tier);
/** How a load sits in this tier. */
export const fitOf =
	(load: number): Reader<string> =>
	({ ladder, tier }) =>
		judgeFit(ladder, tier.id, { [ladder.measure]: load });

/* What the catalog knows of what was chosen. */

export const service =
	(id: string): Reader<number | null> =>
	({ catalog }) =>
		serviceRow(catalog, id).usd;
export const included =
	(id: string, key: "storageGb" | "transferGb"): Reader<number | undefined> =>
	({ catalog }) =>
		serviceRow(catalog, id).includes[key];
/** Whether the hosts' vCPUs are shared with others. */
export const sharedCpu: Reader<boolean | undefined> = ({ blueprint, catalog }: Seen) =>
	catalog.machines.find(({ sku }) => sku === component(blueprint, "app").sku)?.sharedCpu;
export const listPrice =
	(sku: string): Reader<number | null | undefined> =>
	({ catalog }) =>
		catalog.machines.find((each) => each.sku === sku)?.monthlyUsd;

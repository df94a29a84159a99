import type { Pin } from "../../config/stackConfig.ts";
import { interrupts, type Relief, type Reliefs } from "../../render/reliefs.ts";
import { sizeStack } from "../../sizeStack.ts";
import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import type { Role } from "../../words.ts";
import { attempt } from "../attempt.ts";
import type { Project } from "../project.ts";
import { type BuiltSide, compareSides, type Place } from "../sides.ts";
import { nextTierOf } from "../sizing.ts";
import { asItStands, withPin } from "./editions.ts";
import { isIdle } from "./pinWord.ts";

/** What can be turned up by a pin, and by how much a try turns it up. */
interface Knob {
	readonly path: string;
	readonly relieves: string;
	/** The value to try; null = there is no such thing here. */
	readonly more: (now: Blueprint, next: Blueprint | null) => string | number | null;
}

const KNOBS: readonly Knob[] = [
	{
		path: "app.count",
		relieves: "CPU and memory of the hosts",
		more: (now) => (part(now, "load-balancer") === null ? null : plus(pool(now)?.count.max, 1)),
	},
	{
		path: "load-balancer.count",
		relieves: "requests at the balancer",
		more: (now) => plus(part(now, "load-balancer")?.count.max, 1),
	},
	{
		path: "database.poolSize",
		relieves: "too many connections",
		more: (now) => {
			const { poolSize, maxConnections, engine } = part(now, "database")?.settings ?? {};
			if (typeof poolSize === "number") return plus(poolSize, Math.ceil(poolSize / 4));
			return engine === "postgres" && typeof maxConnections === "number" ? Math.floor(maxConnections / 2) : null;
		},
	},
	{
		path: "app.storageGb",
		relieves: "a full data volume",
		more: (now) => half(now.components.find(({ name }) => name === "data")?.settings.storageGb),
	},
	{
		path: "database.storageGb",
		relieves: "a full database",
		more: (now) => half(part(now, "database")?.settings.storageGb),
	},
	{
		path: "database.standbyNodes",
		relieves: "a node's failure, not load",
		more: (now) => {
			const standby = part(now, "database")?.settings.standbyNodes;
			return standby === 0 ? 1 : null;
		},
	},
	...(["app", "database", "cache"] as const).map(
		(role): Knob => ({
			path: `${role}.sku`,
			relieves: role === "app" ? "CPU and memory of the hosts" : `CPU, memory and connections of the ${role}`,
			more: (now, next) => {
				const [here, above] = [skuOf(now, role), next === null ? null : skuOf(next, role)];
				return here === null || above === here ? null : above;
			},
		}),
	),
];

/** Everything that could be turned up tonight, tried one by one in the model: what does not interrupt comes first. */
export async function reliefsOf(from: BuiltSide, project: Project, place: Place): Promise<Reliefs> {
	const { config, blueprint } = from;
	const above = nextTierOf(project.ladders.load(config.ladder), config.tier);
	const size = (tier: string, pin?: Pin & { until: string }) => {
		const stands = asItStands({ ...config, tier });
		return attempt(
			() => sizeStack(pin === undefined ? stands.config : withPin(stands, pin).config, project.ladders),
			[],
		);
	};
	const next = above === null ? null : size(above.id);
	const reliefs: Relief[] = [];
	for (const { path, relieves, more } of KNOBS) {
		const value = more(blueprint, next);
		const pin = value === null ? null : { path, value, until: place.today };
		const turned = pin === null ? null : size(config.tier, pin);
		if (pin === null || turned === null || isIdle(turned, path)) continue;
		const base = { kind: "tier", ref: config.tier } as const;
		const { downtime, cost, verdict } = await compareSides(
			from,
			{ config, blueprint: turned },
			base,
			config.stack,
			place,
		);
		if (verdict !== "none") {
			reliefs.push({ pin: `${path}=${value}`, relieves, downtime, delta: cost.delta, verdict });
		}
	}
	const pins = reliefs.toSorted((left, right) => Number(interrupts(left)) - Number(interrupts(right)));
	return { pins, replicasIn: replicasAbove(blueprint, project) };
}

/** The next tier up whose plan reads from replicas, where this one does not; null = none. */
function replicasAbove({ ladder, tier, components }: Blueprint, project: Project): string | null {
	if (components.some(({ role, name }) => role === "database" && name === "replica")) return null;
	const { tiers } = project.ladders.load(ladder);
	const higher = tiers.slice(tiers.findIndex(({ id }) => id === tier) + 1);
	return higher.find(({ database }) => database.replicas > 0)?.id ?? null;
}

function part(blueprint: Blueprint, role: Role): Component | null {
	return (
		blueprint.components.find((each) => each.role === role && each.name === role && each.sku !== "on-host") ?? null
	);
}

/** The hosts that serve: a pool, or the workers of a cluster. */
function pool(blueprint: Blueprint): Component | undefined {
	return blueprint.components.find(({ role, name }) => role === "app" && (name === "app" || name === "workers"));
}

function skuOf(blueprint: Blueprint, role: Role): string | null {
	return (role === "app" ? pool(blueprint)?.sku : part(blueprint, role)?.sku) ?? null;
}

function plus(value: number | undefined, more: number): number | null {
	return value === undefined ? null : value + more;
}

/** Half as much again, in tens. */
function half(value: unknown): number | null {
	return typeof value === "number" && value > 0 ? Math.ceil((value * 1.5) / 10) * 10 : null;
}

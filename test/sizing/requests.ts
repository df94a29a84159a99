import { catalogFor } from "../../src/catalog/catalog.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import { plainRequest, type SizingRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import type { Ladder } from "../../src/tiers/ladder.ts";
import { loadLadder } from "../../src/tiers/load.ts";
import type { Provider, Role } from "../../src/words.ts";

const loaded = new Map<string, Ladder>();

/** A ladder as it is checked in; read once a test file. */
export function ladder(name: string): Ladder {
	const found = loaded.get(name) ?? loadLadder("tiers", name);
	loaded.set(name, found);
	return found;
}

/** A request with nothing measured; every part can be told otherwise. */
export function request(
	name: string,
	tier: string,
	told: Partial<SizingRequest> & { provider?: Provider } = {},
): SizingRequest {
	const { provider = "digitalocean", ...rest } = told;
	const own = rest.ladder ?? ladder(name);
	return {
		...plainRequest({ ladder: own, tier, catalog: catalogFor(provider), region: own.regions[provider] }),
		...rest,
	};
}

/** The blueprint of a tier. */
export function size(
	name: string,
	tier: string,
	told: Partial<SizingRequest> & { provider?: Provider } = {},
): Blueprint {
	return sizeTier(request(name, tier, told));
}

/** One component of a blueprint; fails the test when it is not there. */
export function component(blueprint: Blueprint, role: Role, name: string = role): Component {
	const found = blueprint.components.find((each) => each.role === role && each.name === name);
	if (found === undefined) throw new Error(`${blueprint.tier} has no ${role}/${name}`);
	return found;
}

/** Whether a blueprint has a component. */
export function has(blueprint: Blueprint, role: Role, name: string = role): boolean {
	return blueprint.components.some((each) => each.role === role && each.name === name);
}

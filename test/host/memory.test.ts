import { describe, expect, it } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import { UserError } from "../../src/errors.ts";
import { hostMemoryMib } from "../../src/host/memory.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { loadLadder } from "../../src/tiers/load.ts";
import { PROVIDERS } from "../../src/words.ts";
import { SHIPPED } from "../tiers/shipped.ts";

/** Kernel of a small machine: what is sold as 512 MiB shows some 460 MiB to its processes. */
const KERNEL_MIB = 52;

const hosts = SHIPPED.flatMap((name) => {
	const ladder = loadLadder("tiers", name);
	return PROVIDERS.flatMap((provider) =>
		ladder.tiers.flatMap(({ id: tier }) => {
			try {
				const request = plainRequest({ ladder, tier, catalog: catalogFor(provider), region: ladder.regions[provider] });
				return [{ name, tier, provider, blueprint: sizeTier(request) }];
			} catch (error) {
				if (error instanceof UserError) return [];
				throw error;
			}
		}),
	);
}).filter(({ blueprint }) => blueprint.layout !== "kubernetes");

describe("memory that the host itself takes", () => {
	it("is what was measured on a booted machine: an engine costs more than the rest", () => {
		expect(hostMemoryMib("plain", 3)).toBe(80);
		expect(hostMemoryMib("containers", 2)).toBe(80 + 140 + 96);
	});

	it.each(hosts)("is left free by sizing in $name $tier on $provider", ({ blueprint }) => {
		const machine = blueprint.components.find(({ role, name }) => role === "app" && name === "app");
		const memoryMib = (machine?.memoryGib ?? 0) * 1024;
		const apart = blueprint.components.some(({ role, name }) => role === "app" && name === "worker");
		const here = blueprint.processes.filter(({ kind }) => !apart || kind === "web");
		const copies = here.reduce(
			(sum, { kind, replicas }) => sum + (kind === "timer" ? 0 : Math.max(1, replicas.min)),
			0,
		);
		const mode = machine?.settings.mode === "plain" ? "plain" : "containers";
		const wanted = here.reduce(
			(sum, each) => sum + (each.kind === "timer" ? 0 : each.memoryMib * Math.max(1, each.replicas.min)),
			0,
		);
		expect(wanted + hostMemoryMib(mode, copies) + KERNEL_MIB).toBeLessThanOrEqual(memoryMib);
	});
});

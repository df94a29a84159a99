import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { pairResources } from "../../src/changes/diff/pairs.ts";
import { UserError } from "../../src/errors.ts";
import { ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { PROVIDERS, type Provider, type Role } from "../../src/words.ts";
import { stackInput } from "../builders/config.ts";
import { resource } from "../changes/builders.ts";

/*
 * A resource's name is part of its URN, and another URN is another resource: a rename deletes what runs. The files in
 * golden/ hold every name that was ever shipped; they only grow. `TIERSTACK_WRITE_NAMES=1` adds what is new and takes
 * nothing away.
 */

const ladders = ladderFolder(join(import.meta.dirname, "../../tiers"));
const NAMES = { stack: "prod", project: "tierstack" };
const PATIENCE_MS = 180_000;

/** `<types>::<name>` -> `ladder/tier` of everything that declares it. */
type Frozen = Map<string, Set<string>>;

function fileOf(provider: Provider): string {
	return join(import.meta.dirname, "golden", `names.${provider}.txt`);
}

function readFrozen(provider: Provider): Frozen {
	const lines = existsSync(fileOf(provider)) ? readFileSync(fileOf(provider), "utf8").split("\n") : [];
	return new Map(
		lines
			.filter((line) => line !== "" && !line.startsWith("#"))
			.map((line) => {
				const [name = "", tiers = ""] = line.split("\t");
				return [name, new Set(tiers.split(" "))];
			}),
	);
}

function writeFrozen(provider: Provider, frozen: Frozen): void {
	const lines = [...frozen].map(([name, tiers]) => `${name}\t${[...tiers].sort().join(" ")}`).sort();
	writeFileSync(fileOf(provider), `${lines.join("\n")}\n`);
}

/**
 * Tiers that first asked for another kind of something that holds data: a stack born then keeps that, under its names,
 * beside the new one (changes/kept.ts).
 */
const BORN_OTHERWISE: Readonly<Record<string, readonly Role[]>> = {
	"opex-manager/large": ["cache"],
	"opex-manager/enterprise": ["cache"],
};

/** What such a stack still keeps: the same without its kind. */
function keptSinceBirth(tier: string, { components }: Blueprint): Component[] {
	return components
		.filter(({ role, stateful, settings }) => BORN_OTHERWISE[tier]?.includes(role) && stateful && "kind" in settings)
		.map(({ settings: { kind: _, ...settings }, ...component }) => ({ ...component, settings }));
}

/** Every shipped tier that the provider can meet, built as the program builds it. */
async function shipped(provider: Provider): Promise<ReadonlyMap<string, DesiredState>> {
	const states = new Map<string, DesiredState>();
	for (const name of ladders.names) {
		const ladder = ladders.load(name);
		for (const { id } of ladder.tiers) {
			try {
				const catalog = catalogFor(provider);
				const blueprint = sizeTier(plainRequest({ ladder, tier: id, catalog, region: ladder.regions[provider] }));
				const config = { provider, region: blueprint.region, domains: ["example.com"] } as const;
				const kept = keptSinceBirth(`${name}/${id}`, blueprint);
				states.set(`${name}/${id}`, await buildModel(stackInput(blueprint, { config, kept }), NAMES));
			} catch (error) {
				if (!(error instanceof UserError)) throw error;
			}
		}
	}
	return states;
}

function shortUrn(urn: string): string {
	return urn.split("::").slice(2).join("::");
}

/** Names of the golden file that a state neither declares nor takes over by an alias. */
function lost(frozen: Frozen, tier: string, state: DesiredState): readonly string[] {
	const before = [...frozen].filter(([, tiers]) => tiers.has(tier)).map(([name]) => name);
	const old = before.map((name) => {
		const [chain = "", own = ""] = name.split("::");
		const urn = `urn:pulumi:${NAMES.stack}::${NAMES.project}::${name}`;
		return { ...resource(chain.split("$").at(-1) ?? "", own, {}), urn };
	});
	return pairResources({ ...state, resources: old }, state)
		.filter((pair) => pair.new === null)
		.map((pair) => shortUrn(pair.old?.urn ?? ""));
}

describe.each(PROVIDERS)("names of resources on %s", (provider) => {
	test("stay what they were, tier by tier, or are taken over by an alias", { timeout: PATIENCE_MS }, async () => {
		const frozen = readFrozen(provider);
		const states = await shipped(provider);
		expect(states.size).toBeGreaterThan(15);
		if (process.env.TIERSTACK_WRITE_NAMES === "1") {
			for (const [tier, { resources }] of states) {
				for (const { urn } of resources) {
					frozen.set(shortUrn(urn), new Set([...(frozen.get(shortUrn(urn)) ?? []), tier]));
				}
			}
			writeFrozen(provider, frozen);
		}
		const gone = [...states].flatMap(([tier, state]) => lost(frozen, tier, state).map((name) => `${tier}: ${name}`));
		expect(gone, "renamed or dropped: give the new one an alias").toEqual([]);
		const unwritten = [...states].flatMap(([tier, { resources }]) =>
			resources.filter(({ urn }) => !frozen.get(shortUrn(urn))?.has(tier)).map(({ name }) => `${tier}: ${name}`),
		);
		expect(unwritten, "new: run this test once with TIERSTACK_WRITE_NAMES=1").toEqual([]);
	});
});

test("a rename is seen, and an alias mends it", () => {
	const droplet = "digitalocean:index/droplet:Droplet";
	const frozen: Frozen = new Map([[`${droplet}::app-1`, new Set(["shop/small"])]]);
	const state = (aliases: readonly string[]): DesiredState => ({
		...NAMES,
		outputs: {},
		resources: [
			{
				...resource(droplet, "host-1", {}),
				urn: `urn:pulumi:prod::tierstack::${droplet}::host-1`,
				aliases,
			},
		],
	});
	expect(lost(frozen, "shop/small", state([]))).toEqual([`${droplet}::app-1`]);
	expect(lost(frozen, "shop/small", state([`urn:pulumi:prod::tierstack::${droplet}::app-1`]))).toEqual([]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainConfig } from "../../src/cli/plainConfig.ts";
import { UserError } from "../../src/errors.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { chosenOf } from "../../src/sizing/chosen.ts";
import { ladderNames } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { compareSides, type RealTier, sideAfter } from "../changes/models.ts";
import { component, ladder, size } from "./requests.ts";

/*
 * No step to the next tier holds a change that the provider refuses: tried with the rules the change set itself uses,
 * on what the program really declares, for the plan's own sizes and for those of measured workloads.
 */

const words = knownWords(ladderFolder("tiers"));

/** A step up a ladder, on a provider that can carry both its tiers. */
const STEPS = ladderNames("tiers").flatMap((name) =>
	PROVIDERS.flatMap((provider) => {
		const tiers = ladder(name).tiers.filter(({ id }) => sized(name, id, provider, null) !== null);
		return tiers.flatMap((from, index) => {
			const to = tiers[index + 1];
			return to === undefined ? [] : [{ name, provider, from: from.id, to: to.id }];
		});
	}),
);
type Step = (typeof STEPS)[number];
type Workload = Readonly<Record<string, number>> | null;

/** `from` is what the stack was on before: its lock tells what it chose. */
function sized(name: string, tier: string, provider: Provider, workload: Workload, from?: Blueprint): Blueprint | null {
	try {
		return size(name, tier, { provider, workload, chosen: from === undefined ? null : chosenOf(from, true) });
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}

/** Every metric of a ladder by chance, as a share of what a tier is sized for; the load grows between the tiers. */
const loadedStep = fc.constantFrom(...STEPS).chain((step) => {
	const own = ladder(step.name);
	const top = own.tiers.find(({ id }) => id === step.from)?.sizeFor ?? 0;
	const shares = Object.fromEntries(
		own.metrics.map((metric) => [
			metric.name,
			fc.double({ min: 0, max: 1.5, noNaN: true }).map((share) => share * top * (metric.perMeasure ?? 0)),
		]),
	);
	return fc
		.tuple(fc.record(shares, { requiredKeys: [own.measure] }), fc.double({ min: 1, max: 2, noNaN: true }))
		.map(([before, growth]) => ({
			step,
			before,
			after: Object.fromEntries(Object.entries(before).map(([metric, value]) => [metric, value * growth])),
		}));
});

async function modelled(step: Step, tier: string, blueprint: Blueprint): Promise<RealTier> {
	const { name, provider } = step;
	const config = plainConfig({ ladder: name, tier, provider, region: blueprint.region }, words);
	const state = await buildModel({ blueprint, kept: [], retiring: [], config }, { stack: name, project: "tierstack" });
	return { ladder: name, tier, config, blueprint, side: { state, blueprint, kept: [] } };
}

/** Changes of a step that the provider refuses, by name. */
async function refusedIn(step: Step, before: Blueprint, after: Blueprint): Promise<string[]> {
	const from = await modelled(step, step.from, before);
	const to = { ...from, tier: step.to, blueprint: after };
	const { changes } = compareSides(from.side, await sideAfter(from, to));
	return changes.filter(({ outcome }) => outcome === "refused").map(({ name, undoWhy }) => `${name}: ${undoWhy}`);
}

describe("no step to the next tier holds a change the provider refuses", () => {
	it.each(STEPS)("$name on $provider, $from -> $to", async (step) => {
		const [before, after] = [step.from, step.to].map((tier) => size(step.name, tier, { provider: step.provider }));
		if (before === undefined || after === undefined) throw new Error("both tiers are sized");
		expect(await refusedIn(step, before, after)).toEqual([]);
	});

	it("whatever was measured", async () => {
		let tried = 0;
		await fc.assert(
			fc.asyncProperty(loadedStep, async ({ step, before, after }) => {
				const small = sized(step.name, step.from, step.provider, before);
				const large = small === null ? null : sized(step.name, step.to, step.provider, after, small);
				if (small === null || large === null) return;
				tried += 1;
				expect(await refusedIn(step, small, large)).toEqual([]);
			}),
			{ numRuns: 25 },
		);
		expect(tried).toBeGreaterThan(10);
	});

	it.each(PROVIDERS)("and a disk that shrinks would be found out on %s", async (provider) => {
		const step = { name: "wizamart", provider, from: "small", to: "medium" };
		const [before, after] = [size("wizamart", "small", { provider }), size("wizamart", "medium", { provider })];
		const shrunk = {
			...after,
			components: after.components.map((each) =>
				each.name === "data" ? { ...each, diskGb: 1, settings: { ...each.settings, storageGb: 1 } } : each,
			),
		};
		expect(component(before, "app", "data").settings.storageGb).toBeGreaterThan(1);
		expect((await refusedIn(step, before, shrunk)).join()).toContain("data");
	});
});

/** What never shrinks in place, in GB. */
const GROWING = [
	["app", "app", "diskGb"],
	["app", "data", "diskGb"],
	["database", "database", "diskGb"],
] as const;

describe("a load that grows finds no smaller disk in the next tier", () => {
	it("root disks, volumes and databases of one kind, for every ladder and provider", () => {
		fc.assert(
			fc.property(loadedStep, ({ step, before, after }) => {
				const small = sized(step.name, step.from, step.provider, before);
				const large = small === null ? null : sized(step.name, step.to, step.provider, after, small);
				if (small === null || large === null) return;
				for (const [role, name, key] of GROWING) {
					const find = (blueprint: Blueprint) =>
						blueprint.components.find((each) => each.role === role && each.name === name);
					const [was, is] = [find(small), find(large)];
					// Another engine, or another kind of database, stands beside the old one and takes nothing over.
					const same = was?.settings.engine === is?.settings.engine && was?.settings.kind === is?.settings.kind;
					if (was === undefined || is === undefined || !same) continue;
					// How much some plans include is not known; shared storage follows its data by itself.
					if (is[key] === null || is.settings.kind === "aurora") continue;
					const place = `${step.name} ${step.provider} ${step.from} -> ${step.to} ${role}/${name}`;
					expect(is[key] ?? 0, place).toBeGreaterThanOrEqual(was[key] ?? 0);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

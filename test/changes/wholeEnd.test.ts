import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import { compareStates } from "../../src/changes/compareStates.ts";
import { withJoin } from "../../src/changes/withJoin.ts";
import { WHOLE_STACK } from "../../src/config/stackConfig.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { renderChangeSet } from "../../src/render/changeSet.ts";
import type { Provider } from "../../src/words.ts";
import { type RealTier, realTiers } from "./models.ts";

const retire = [{ resource: WHOLE_STACK, backup: null }];

/** What the one line in the stack file does to a stack that runs. */
async function ending({ ladder, blueprint, config, side }: RealTier): Promise<ChangeSet> {
	const state = await buildModel(
		{ blueprint, kept: [], retiring: [], config: { ...config, retire } },
		{ stack: ladder, project: "tierstack" },
	);
	expect(state.resources.filter(({ protect }) => protect)).toEqual([]);
	expect(state.resources.filter(({ inputs }) => inputs.deletionProtection === true)).toEqual([]);
	return compareStates({
		stack: "dev",
		base: { kind: "git", ref: "0123456" },
		from: side,
		to: { state, blueprint, kept: [] },
		layer: "model",
		tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
		accept: [],
		retire,
		changedKeys: ["retire"],
		today: "2026-11-21",
	});
}

async function tierOf(ladder: string, name: string, provider: Provider): Promise<RealTier> {
	const found = (await realTiers(ladder, provider)).tiers.find(({ tier }) => tier === name);
	if (found === undefined) throw new Error(`${provider} cannot meet ${ladder} ${name}`);
	return found;
}

describe.each([
	["digitalocean", "wizamart", "medium"],
	["aws", "opex-manager", "enterprise"],
] as const)("a stack of %s whose file says that all of it is to end (%s %s)", (provider, ladder, name) => {
	it("names everything that nothing protects any more, and replaces or deletes none of it", async () => {
		const { side, ...tier } = await tierOf(ladder, name, provider);
		const changes = await ending({ side, ...tier });
		expect(changes.unprotected).toEqual(
			side.state.resources
				.filter(({ protect }) => protect)
				.map(({ urn }) => urn)
				.sort(),
		);
		expect(changes.unprotected?.length).toBeGreaterThan(1);
		expect([changes.totals.replace, changes.totals.delete]).toEqual([0, 0]);
		expect(new Set(changes.changes.map(({ explainedBy }) => explainedBy))).toEqual(new Set(["tierstack:retire"]));
		expect(changes.verdict).toBe("safe");
		expect(changes.next).toMatch(/^pulumi up --stack dev, the last backups, then pulumi destroy --stack dev/);
		const told = renderChangeSet(changes, { color: false, width: 100 });
		expect(told).toContain("Protection lifted\n  - ");
	});
});

it("is not the same change as one that leaves protection alone", async () => {
	const tier = await tierOf("wizamart", "enterprise", "digitalocean");
	const changes = await ending(tier);
	// No volume is left at this tier: the engine has nothing to do but to let go.
	expect(changes.changes).toEqual([]);
	expect(changes.verdict).toBe("safe");
	expect(changes.hash).not.toBe(compareStates(untouched(tier)).hash);
	// Neither is it lost beside the engine's own preview, which counts no change.
	const { verdict, next, hash } = withJoin(changes, {});
	expect({ verdict, next, hash }).toEqual({ verdict: "safe", next: changes.next, hash: changes.hash });
});

function untouched({ side }: RealTier): Parameters<typeof compareStates>[0] {
	return {
		stack: "dev",
		base: { kind: "git", ref: "0123456" },
		from: side,
		to: side,
		layer: "model",
		tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
		accept: [],
		today: "2026-11-21",
	};
}

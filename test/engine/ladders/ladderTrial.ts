import { describe, expect, test } from "vitest";
import type { Provider } from "../../../src/words.ts";
import { shortName } from "../cloud/schema.ts";
import { StackTrial, tierBlueprint } from "../stackTrial.ts";

/** Shipped ladders and their tiers, smallest first. One file a ladder runs them, so that two can run side by side. */
export const LADDERS = {
	wizamart: ["starter", "small", "medium", "large", "scale", "enterprise"],
	billify: ["mvp", "growth", "optimise"],
	plotpro: ["starter", "growth", "scale"],
	"opex-manager": ["small", "medium", "large", "enterprise"],
	django: ["1k", "10k", "100k", "1m", "10m"],
} as const;

/** What a cloud cannot carry: sizing says so in a sentence, and a test holds that it still does. */
const BEYOND: Readonly<Record<string, readonly string[]>> = { "digitalocean django": ["10m"] };

function beyondOf(ladder: keyof typeof LADDERS, provider: Provider): readonly string[] {
	return BEYOND[`${provider} ${ladder}`] ?? [];
}

function tiersOn(ladder: keyof typeof LADDERS, provider: Provider): readonly string[] {
	const beyond = beyondOf(ladder, provider);
	return LADDERS[ladder].filter((tier) => !beyond.includes(tier));
}

/** Milliseconds for one tier and all its moves, on a machine that others use too. */
const PATIENCE = 1_500_000;

/** What outlives a stack on purpose: the last snapshots, and what a restore or an audit needs later. */
const OUTLIVES: Readonly<Record<Provider, readonly string[]>> = {
	digitalocean: ["VolumeSnapshot"],
	aws: ["backup.Vault", "ebs.Snapshot", "kms.Key", "rds.ClusterSnapshot", "rds.Snapshot", "s3.Bucket"],
};

/** Where the provider has a type for it, no data goes without a last snapshot. */
const LAST_SNAPSHOTS: Readonly<Record<string, string>> = {
	Volume: "VolumeSnapshot",
	"ebs.Volume": "ebs.Snapshot",
	"rds.Cluster": "rds.ClusterSnapshot",
};

function kindsIn(trial: StackTrial): ReadonlySet<string> {
	return new Set(trial.workspace.account.resources().map(({ type }) => shortName(type)));
}

/** Every tier goes up and stays quiet; every ordered pair of tiers is previewed and held against the model; all ends. */
export function holdAllPairs(ladder: keyof typeof LADDERS, provider: Provider = "digitalocean"): void {
	const beyond = beyondOf(ladder, provider);
	const tiers = tiersOn(ladder, provider);
	test.each(beyond)(`${ladder} %s is refused on ${provider} before anything is declared`, (tier) => {
		expect(() => tierBlueprint(ladder, tier, provider)).toThrow(`${provider} cannot carry`);
	});
	describe(`${ladder} of ${provider} on the real engine`, () => {
		test.each(tiers)(
			"%s goes up, stays quiet, moves to every other tier as the model says, and ends by the stack file and a plain destroy",
			{ timeout: PATIENCE },
			async (from) => {
				const trial = await StackTrial.start();
				await trial.up(trial.inputFor(tierBlueprint(ladder, from, provider)));
				await trial.expectQuiet();
				const agreed: number[] = [];
				for (const to of tiers.filter((tier) => tier !== from)) {
					agreed.push(await trial.preview(trial.inputFor(tierBlueprint(ladder, to, provider))));
				}
				const held = kindsIn(trial);
				await trial.end();
				const left = kindsIn(trial);
				expect([...left].filter((kind) => !OUTLIVES[provider].includes(kind))).toEqual([]);
				for (const [kind, snapshot] of Object.entries(LAST_SNAPSHOTS)) {
					if (held.has(kind)) expect(left, `the last state of ${kind}`).toContain(snapshot);
				}
				const resources = agreed.reduce((sum, count) => sum + count, 0);
				const refused = agreed.filter((count) => count === 0).length;
				console.log(
					`${provider} ${ladder} ${from}: ${agreed.length} moves, ${refused} of them refused in the plan; engine and model agree on ${resources} resources (plumbing and order, not the cloud's own behaviour)`,
				);
			},
		);
	});
}

/** What holds data, at either cloud: no promotion replaces or deletes it. A reader's rows are the primary's. */
const STATEFUL =
	/:(DatabaseCluster|DatabaseDb|Volume|SpacesBucket)$|^aws:(rds\/(instance:Instance|cluster:Cluster)|s3\/bucket:Bucket|elasticache\/replicationGroup:ReplicationGroup|sqs\/queue:Queue|eks\/cluster:Cluster|backup\/vault:Vault)$/;

/**
 * One stack climbs the whole ladder for real: `opex-manager`, which goes from hosts to a cluster, with a process for
 * program, clouds and cluster, as `pulumi` starts them for everybody; the others inside the test's own.
 */
export function holdTheClimb(ladder: keyof typeof LADDERS, provider: Provider = "digitalocean"): void {
	const says = "tier by tier, keeps what holds data, and no promotion replaces anything that does";
	test(`a stack of ${provider} climbs ${ladder} ${says}`, { timeout: PATIENCE }, async () => {
		const trial = await (ladder === "opex-manager" ? StackTrial.startProcesses() : StackTrial.start());
		for (const tier of tiersOn(ladder, provider)) {
			// A promotion a day: storage that was changed rests for six hours at AWS.
			trial.workspace.account.advance(24);
			const run = await trial.up(trial.inputFor(tierBlueprint(ladder, tier, provider)));
			const stateful = run.steps.filter(({ type, name }) => STATEFUL.test(type) && !/-replica-\d+$/.test(name));
			expect(stateful.filter(({ op }) => op === "replace" || op === "delete")).toEqual([]);
		}
		await trial.expectQuiet();
	});
}

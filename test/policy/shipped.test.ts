import { describe, expect, test } from "vitest";
import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredResource } from "../../src/changes/desired.ts";
import { UserError } from "../../src/errors.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { monthlyUsd } from "../../src/policy/cost.ts";
import { RULE_NAMES, type RuleContext } from "../../src/policy/rule.ts";
import { checkResource, checkStack } from "../../src/policy/rules.ts";
import type { Subject } from "../../src/policy/subject.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { defaultTags } from "../../src/stack/aws/site.ts";
import type { Ladder } from "../../src/tiers/ladder.ts";
import { ladderNames, loadLadder } from "../../src/tiers/load.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";
import { NAMES, stackInput } from "../builders/config.ts";

const TIERS = `${import.meta.dirname}/../../tiers`;
const context: RuleContext = { retiring: [], ceilingUsd: Number.POSITIVE_INFINITY };

function sizedOrNone(provider: Provider, ladder: Ladder, tier: string): readonly Blueprint[] {
	try {
		const catalog = catalogFor(provider);
		return [sizeTier(plainRequest({ ladder, tier, catalog, region: ladder.regions[provider] }))];
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
}

/** Every tier of every shipped ladder that a provider can carry. */
const tiers = PROVIDERS.flatMap((provider) =>
	ladderNames(TIERS).flatMap((name) => {
		const ladder = loadLadder(TIERS, name);
		const sized = (tier: string) => sizedOrNone(provider, ladder, tier);
		return ladder.tiers.flatMap(({ id }) => sized(id).map((blueprint) => ({ provider, name, id, blueprint })));
	}),
);

/** What the program sets at the provider where it configures one; the model tells of resources only. */
const PROVIDER_INPUTS: Readonly<Record<Provider, Subject["provider"]>> = {
	digitalocean: null,
	aws: { defaultTags: { tags: defaultTags("shop", "prod") } },
};

/** A resource of the model as the engine would show it: references are text in the inputs. */
function subjectOf(resource: DesiredResource, all: readonly DesiredResource[]): Subject {
	const references = Object.entries(resource.inputs).map(([key, value]) => {
		const found = [...JSON.stringify(value).matchAll(/\$\{([\w-]+)\./g)].map(([, name]) => name);
		return [key, all.filter(({ name, custom }) => custom && found.includes(name)).map(({ urn }) => urn)] as const;
	});
	const { urn, type, name, inputs, protect } = resource;
	const provider = PROVIDER_INPUTS[type.startsWith("aws:") ? "aws" : "digitalocean"];
	return { urn, type, name, inputs, provider, protect, references: Object.fromEntries(references) };
}

async function complaints(blueprint: Blueprint, domains: readonly string[]): Promise<readonly string[]> {
	const { resources } = await buildModel(stackInput(blueprint, { config: { domains } }), NAMES);
	const subjects = resources.filter(({ custom }) => custom).map((each) => subjectOf(each, resources));
	return RULE_NAMES.flatMap((rule) => [
		...subjects.flatMap((subject) => checkResource(rule, subject, context)),
		...checkStack(rule, subjects, context).map(({ message }) => message),
	]).toSorted();
}

describe("what the project itself declares keeps every rule", () => {
	test.each(tiers)(
		"$provider $name $id",
		async ({ provider, blueprint }) => {
			expect(await complaints(blueprint, ["example.com"])).toEqual([]);
			// Without a name there is no certificate: the balancer that AWS makes then speaks plain HTTP, and the pack says so.
			const plain = provider === "aws" && blueprint.components.some(({ role }) => role === "load-balancer");
			expect(await complaints(blueprint, [])).toEqual(
				plain ? ["load-balancer-http serves plain HTTP without sending it on to HTTPS"] : [],
			);
		},
		30_000,
	);

	test("and is priced, up to what has no confirmed price", async () => {
		const small = tiers.find(
			({ provider, name, id }) => provider === "digitalocean" && name === "wizamart" && id === "small",
		);
		if (small === undefined) throw new Error("wizamart has no tier small");
		const { resources } = await buildModel(stackInput(small.blueprint), NAMES);
		const priced = monthlyUsd(resources.filter(({ custom }) => custom).map((each) => subjectOf(each, resources)));
		expect(priced.usd).toBeGreaterThan(20);
		expect(priced.usd).toBeLessThanOrEqual(small.blueprint.cost.maxMonthly);
		expect(priced.unpriced).toEqual([]);
	});
});

import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { plainConfig } from "../../src/cli/plainConfig.ts";
import { UserError } from "../../src/errors.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { plainRequest } from "../../src/sizing/request.ts";
import { sizeTier } from "../../src/sizing/sizeTier.ts";
import { PROVIDERS, type Provider } from "../../src/words.ts";

export interface TierState {
	/** `aws-wizamart-small`. */
	readonly name: string;
	readonly provider: Provider;
	readonly region: string;
	readonly state: DesiredState;
}

/** What the stack file of a real site asks for, so that doors, certificates, names and alarms are scanned too. */
const DOMAINS = ["shop.example.com"];
const MAIL = ["ops@example.com"];

/** Every tier of every shipped ladder on the providers that can meet it. */
export async function everyTier(providers: readonly Provider[] = PROVIDERS): Promise<readonly TierState[]> {
	const ladders = ladderFolder("tiers");
	const words = knownWords(ladders);
	const states: TierState[] = [];
	for (const provider of providers) {
		for (const name of ladders.names) {
			const ladder = ladders.load(name);
			const region = ladder.regions[provider];
			for (const { id: tier } of ladder.tiers) {
				try {
					const catalog = catalogFor(provider);
					const blueprint = sizeTier(plainRequest({ ladder, tier, catalog, region }));
					const plain = plainConfig({ ladder: name, tier, provider, region }, words);
					const config = { ...plain, domains: DOMAINS, alerts: { ...plain.alerts, email: MAIL } };
					const input = { blueprint, kept: [], retiring: [], config };
					const state = await buildModel(input, { stack: "prod", project: "tierstack" });
					states.push({ name: `${provider}-${name}-${tier}`, provider, region, state });
				} catch (error) {
					if (!(error instanceof UserError)) throw error;
				}
			}
		}
	}
	return states;
}

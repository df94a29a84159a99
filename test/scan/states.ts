import { catalogFor } from "../../src/catalog/catalog.ts";
import type { DesiredState } from "../../src/changes/desired.ts";
import { plainConfig } from "../../src/cli/plainConfig.ts";
import type { StackConfig } from "../../src/config/stackConfig.ts";
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

/** Who may log in; nobody, where the stack file says nothing. */
type Access = StackConfig["access"];

const LADDERS = ladderFolder("tiers");
const WORDS = knownWords(LADDERS);

/** Every tier of every shipped ladder on the providers that can meet it. */
export async function everyTier(providers: readonly Provider[] = PROVIDERS): Promise<readonly TierState[]> {
	const states: TierState[] = [];
	for (const provider of providers) {
		for (const ladder of LADDERS.names) {
			for (const { id: tier } of LADDERS.load(ladder).tiers) {
				try {
					states.push(await tierState(provider, ladder, tier));
				} catch (error) {
					if (!(error instanceof UserError)) throw error;
				}
			}
		}
	}
	return states;
}

/** One tier as a site of its own; `access` as a stack file has it that names the team's keys and addresses. */
export async function tierState(
	provider: Provider,
	name: string,
	tier: string,
	access: Access = { sshKeys: [], sshFrom: [] },
): Promise<TierState> {
	const ladder = LADDERS.load(name);
	const region = ladder.regions[provider];
	const blueprint = sizeTier(plainRequest({ ladder, tier, catalog: catalogFor(provider), region }));
	const plain = plainConfig({ ladder: name, tier, provider, region }, WORDS);
	const config = { ...plain, access, domains: DOMAINS, alerts: { ...plain.alerts, email: MAIL } };
	const input = { blueprint, kept: [], retiring: [], config };
	const state = await buildModel(input, { stack: "prod", project: "tierstack" });
	return { name: `${provider}-${name}-${tier}`, provider, region, state };
}

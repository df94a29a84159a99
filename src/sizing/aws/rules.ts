import type { ProviderRules } from "../rules.ts";
import { cache } from "./cache.ts";
import { database } from "./database.ts";
import { edge } from "./edge.ts";
import { host } from "./host.ts";
import { recovery } from "./recovery.ts";
import { copyRegions } from "./regions.ts";

/** What sizing must know about AWS beside its prices. */
export const awsRules: ProviderRules = {
	host,
	database,
	cache,
	edge,
	copies: { place: "tier", regions: copyRegions, transfer: "region-transfer", vault: true },
	zones: true,
	queue: "managed",
	budgets: true,
	recovery,
};

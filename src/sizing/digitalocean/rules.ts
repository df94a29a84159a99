import type { ProviderRules } from "../rules.ts";
import { cache } from "./cache.ts";
import { database } from "./database.ts";
import { edge } from "./edge.ts";
import { host } from "./host.ts";
import { recovery } from "./recovery.ts";
import { copyRegions } from "./regions.ts";

/** What sizing must know about DigitalOcean beside its prices. */
export const digitaloceanRules: ProviderRules = {
	host,
	database,
	cache,
	edge,
	copies: { place: "ladder", regions: copyRegions, transfer: "egress", vault: false },
	zones: false,
	recovery,
	queue: "cache",
	budgets: false,
};

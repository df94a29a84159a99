import schema from "../../replaces/digitalocean.json" with { type: "json" };
import type { ProviderImpact } from "../rule.ts";
import { APP_RULES, APP_TYPES } from "./app.ts";
import { CDN_RULES, CDN_TYPES } from "./cdn.ts";
import { CLUSTER_RULES, CLUSTER_TYPES } from "./cluster.ts";
import { DATABASE_TYPES } from "./database.ts";
import { DATABASE_PART_RULES } from "./databasePartRules.ts";
import { DATABASE_RULES } from "./databaseRules.ts";
import { DNS_RULES, DNS_TYPES } from "./dns.ts";
import { FILE_RULES, FILE_TYPES } from "./files.ts";
import { LOAD_BALANCER_RULES, LOAD_BALANCER_TYPES } from "./loadBalancer.ts";
import { MONITORING_RULES, MONITORING_TYPES } from "./monitoring.ts";
import { NETWORK_RULES, NETWORK_TYPES } from "./network.ts";
import { VOLUME_RULES, VOLUME_TYPES } from "./volume.ts";

/** What changes of DigitalOcean's resources do: what the schema says, and what only the provider's code and API say. */
export const DIGITALOCEAN: ProviderImpact = {
	prefix: "digitalocean",
	schema: schema.types,
	types: [
		...APP_TYPES,
		...VOLUME_TYPES,
		...CLUSTER_TYPES,
		...DATABASE_TYPES,
		...FILE_TYPES,
		...CDN_TYPES,
		...LOAD_BALANCER_TYPES,
		...NETWORK_TYPES,
		...DNS_TYPES,
		...MONITORING_TYPES,
	],
	properties: [
		...APP_RULES,
		...VOLUME_RULES,
		...CLUSTER_RULES,
		...DATABASE_RULES,
		...DATABASE_PART_RULES,
		...FILE_RULES,
		...CDN_RULES,
		...LOAD_BALANCER_RULES,
		...NETWORK_RULES,
		...DNS_RULES,
		...MONITORING_RULES,
	],
};

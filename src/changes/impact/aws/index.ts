import schema from "../../replaces/aws.json" with { type: "json" };
import type { ProviderImpact } from "../rule.ts";
import { BACKUP_RULES, BACKUP_TYPES } from "./backup.ts";
import { CACHE_RULES, CACHE_TYPES } from "./cache.ts";
import { CDN_RULES, CDN_TYPES } from "./cdn.ts";
import { CLUSTER_RULES, CLUSTER_TYPES } from "./cluster.ts";
import { DATABASE_TYPES } from "./database.ts";
import { DATABASE_CLUSTER_RULES } from "./databaseClusterRules.ts";
import { DATABASE_PART_RULES } from "./databasePartRules.ts";
import { DATABASE_RULES } from "./databaseRules.ts";
import { DNS_RULES, DNS_TYPES } from "./dns.ts";
import { FILE_RULES, FILE_TYPES } from "./files.ts";
import { HOST_RULES, HOST_TYPES } from "./host.ts";
import { HOST_GROUP_RULES, HOST_GROUP_TYPES } from "./hostGroup.ts";
import { IDENTITY_RULES, IDENTITY_TYPES } from "./identity.ts";
import { LOAD_BALANCER_RULES, LOAD_BALANCER_TYPES } from "./loadBalancer.ts";
import { MONITORING_RULES, MONITORING_TYPES } from "./monitoring.ts";
import { NETWORK_RULES, NETWORK_TYPES } from "./network.ts";
import { QUEUE_RULES, QUEUE_TYPES } from "./queue.ts";
import { VOLUME_RULES, VOLUME_TYPES } from "./volume.ts";

/** What changes of AWS's resources do: what is known of its schema, and what only the provider's code and API say. */
export const AWS: ProviderImpact = {
	prefix: "aws",
	schema: schema.types,
	types: [
		...NETWORK_TYPES,
		...HOST_TYPES,
		...HOST_GROUP_TYPES,
		...VOLUME_TYPES,
		...CLUSTER_TYPES,
		...DATABASE_TYPES,
		...CACHE_TYPES,
		...FILE_TYPES,
		...CDN_TYPES,
		...LOAD_BALANCER_TYPES,
		...QUEUE_TYPES,
		...MONITORING_TYPES,
		...BACKUP_TYPES,
		...IDENTITY_TYPES,
		...DNS_TYPES,
	],
	properties: [
		...NETWORK_RULES,
		...HOST_RULES,
		...HOST_GROUP_RULES,
		...VOLUME_RULES,
		...CLUSTER_RULES,
		...DATABASE_RULES,
		...DATABASE_CLUSTER_RULES,
		...DATABASE_PART_RULES,
		...CACHE_RULES,
		...FILE_RULES,
		...CDN_RULES,
		...LOAD_BALANCER_RULES,
		...QUEUE_RULES,
		...MONITORING_RULES,
		...BACKUP_RULES,
		...IDENTITY_RULES,
		...DNS_RULES,
	],
};

import { becomes, becomesValue, shrinks, smallerSize } from "../conditions.ts";
import { quiet, refused } from "../effects.ts";
import type { PropertyRule } from "../rule.ts";
import { reconnect } from "./databaseRules.ts";
import { from, PROVIDER, token } from "./source.ts";

const TRUSTED = token("DatabaseFirewall");
const REPLICA = token("DatabaseReplica");
const VALKEY = token("DatabaseValkeyConfig");

/** What belongs to a cluster and is a resource of its own. */
export const DATABASE_PART_RULES: readonly PropertyRule[] = [
	{
		type: TRUSTED,
		paths: ["rules"],
		effect: quiet,
		...from(`${PROVIDER} database/resource_database_firewall.go: whole set`, 13),
	},
	{
		type: REPLICA,
		paths: ["size"],
		when: smallerSize,
		effect: refused("a replica only grows", "replica-promote"),
		...from("terraform-provider-digitalocean docs/resources/database_replica.md", 18),
	},
	{
		type: REPLICA,
		paths: ["size"],
		effect: {
			outcome: "interrupts",
			downtime: { ...reconnect, why: "a reader of the new size takes over; its connections drop and are made again" },
			data: "kept",
			undo: "partial",
			undoWhy: "a replica only grows; delete it and create a smaller one",
		},
		...from("terraform-provider-digitalocean docs/resources/database_replica.md", 18),
	},
	{
		type: REPLICA,
		paths: ["storageSizeMib"],
		when: shrinks,
		effect: refused("a replica only grows", "replica-promote"),
		...from("terraform-provider-digitalocean docs/resources/database_replica.md", 18),
	},
	{
		type: REPLICA,
		paths: ["storageSizeMib"],
		effect: {
			...quiet,
			data: "kept",
			undo: "partial",
			undoWhy: "a replica only grows; delete it and create a smaller one",
		},
		...from(`${PROVIDER} database/resource_database_replica.go: in place`, 18),
	},
	{
		type: VALKEY,
		paths: ["persistence"],
		when: becomesValue("off"),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "nothing is written to disk: a restart loses all it holds" }],
			undoWhy: "switch it on again",
		},
		...from(`${PROVIDER} database/resource_database_valkey_config.go: in place`, 17),
	},
	{
		type: VALKEY,
		paths: ["persistence"],
		effect: quiet,
		...from(`${PROVIDER} database/resource_database_valkey_config.go: in place`),
	},
	{
		type: VALKEY,
		paths: ["ssl"],
		when: becomes(false),
		effect: {
			...quiet,
			risks: [{ risk: "exposure", why: "connections are no longer encrypted" }],
			undoWhy: "switch it on again",
		},
		...from(`${PROVIDER} database/resource_database_valkey_config.go: in place`),
	},
];

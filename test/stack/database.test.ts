import { output, unsecret } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { buildModel, modelOf } from "../../src/model/buildModel.ts";
import type { Component } from "../../src/sizing/blueprint.ts";
import { Database, type DatabaseArgs } from "../../src/stack/digitalocean/database.ts";
import { siteOf } from "../../src/stack/digitalocean/site.ts";
import { blueprint, LADDER, parts } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { ref, resource } from "../builders/desired.ts";

/** The connection strings of a database, laid open. */
async function urls(args: Partial<DatabaseArgs>) {
	const { outputs } = await modelOf(
		() => {
			const database = new Database({
				site: siteOf("shop", "prod", "fra1", "data"),
				networkId: "network",
				trusted: { hostTag: "hosts", clusterId: null },
				engine: "postgres",
				version: "17",
				sku: "db-s-2vcpu-4gb",
				standbyNodes: 1,
				storageGb: null,
				poolSize: null,
				slowQueryMs: null,
				replicas: null,
				secondary: null,
				guarded: true,
				...args,
			});
			return {
				url: unsecret(database.url),
				pooled: database.pooledUrl === null ? null : unsecret(database.pooledUrl),
				reader: database.readerUrl === null ? null : unsecret(database.readerUrl),
				readers: output(database.readers),
			};
		},
		{ domains: [], secretNames: [] },
		NAMES,
	);
	return outputs;
}

const LOGIN = `app:${ref("database-user", "password")}`;

test("the application connects inside the network, over TLS, as its own user", async () => {
	const at = `${ref("database", "privateHost")}:${ref("database", "port")}`;
	expect((await urls({})).url).toBe(`postgresql://${LOGIN}@${at}/app?sslmode=require`);
	expect((await urls({ engine: "mysql", version: "8" })).url).toBe(`mysql://${LOGIN}@${at}/app?ssl-mode=REQUIRED`);
});

test("statements slower than the plan allows are in the engine's log", async () => {
	const settings = { ...LADDER.split.settings, "thresholds.queryMs.warning": 100, "thresholds.queryMs.critical": 500 };
	const state = (components: readonly Component[]) =>
		buildModel(stackInput(blueprint("split", components, { settings })), NAMES);
	const postgres = await state(LADDER.split.components);
	expect(resource(postgres, "database-config", "DatabasePostgresqlConfig").inputs).toEqual({
		clusterId: ref("database", "id"),
		logMinDurationStatement: 100,
	});
	const mysql = await state([parts.hosts("s-1vcpu-1gb"), parts.mysql("db-s-1vcpu-1gb")]);
	expect(resource(mysql, "database-config", "DatabaseMysqlConfig").inputs).toMatchObject({
		slowQueryLog: true,
		longQueryTime: 0.1,
	});
});

test("through the pool it names the pool, and reads go to the first replica", async () => {
	const replicas = { count: 2, sku: "db-s-2vcpu-4gb", storageGb: 60 };
	expect(await urls({ poolSize: 20, replicas })).toMatchObject({
		pooled: `postgresql://${LOGIN}@${ref("database-pool", "privateHost")}:${ref("database-pool", "port")}/app?sslmode=require`,
		reader: `postgresql://${LOGIN}@${ref("database-replica-1", "privateHost")}:${ref("database-replica-1", "port")}/app?sslmode=require`,
		readers: [1, 2].map((slot) => ({
			host: ref(`database-replica-${slot}`, "privateHost"),
			port: ref(`database-replica-${slot}`, "port"),
		})),
	});
});

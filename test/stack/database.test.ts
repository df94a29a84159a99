import { output, unsecret } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { modelOf } from "../../src/model/buildModel.ts";
import { Database, type DatabaseArgs } from "../../src/stack/digitalocean/database.ts";
import { siteOf } from "../../src/stack/digitalocean/site.ts";
import { NAMES } from "../builders/config.ts";
import { ref } from "../builders/desired.ts";

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

import { createHash } from "node:crypto";
import { all, type Input, type Output, output } from "@pulumi/pulumi";
import { localDatabaseUrl } from "../../host/groups/database.ts";
import type { Pool } from "../../host/plan.ts";
import { renderUserData } from "../../host/renderUserData.ts";
import { renderSecrets, renderSettings } from "../../host/settings.ts";
import { type HostFacts, hostSettings, localDatabase } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import { secretNamed, secretsOfApp } from "../secrets.ts";
import { accessTo, type OwnedBucket } from "./bucket.ts";
import type { Cdn } from "./cdn.ts";
import type { Database } from "./database.ts";
import type { Files } from "./files.ts";
import type { Network } from "./network.ts";
import type { Valkey } from "./valkey.ts";

/** Address of the bucket service in a region. */
function bucketService(region: string): string {
	return `https://${region}.digitaloceanspaces.com`;
}

/**
 * First boot of a host: the same bytes in every tier, with the one credential that reads the settings bucket. Secret.
 *
 * @param slot number in the pool; null = a member the provider adds and removes.
 */
export function birthOf(files: Files, region: string, stack: string, pool: Pool, slot: number | null): Output<string> {
	const { accessKey, secretKey } = files.settingsKey;
	return all([files.settings.name, accessKey, secretKey]).apply(([bucket, access, secret]) =>
		renderUserData({
			provider: "digitalocean",
			stack,
			pool,
			slot,
			source: { kind: "bucket", endpoint: bucketService(region), region, bucket, accessKey: access, secretKey: secret },
		}),
	);
}

/** What stands around the hosts and what they are told about. null = the tier has none. */
export interface Surroundings {
	readonly network: Network;
	readonly files: Files;
	/** Name of the data volume, which is in its device's name. */
	readonly volumeName: Output<string> | null;
	readonly dumps: (OwnedBucket & { readonly region: string }) | null;
	readonly database: Database | null;
	readonly cache: Valkey | null;
	readonly queue: Valkey | null;
	readonly cdn: Cdn | null;
	readonly balanced: boolean;
	/** Ranges of the edge; null = nobody stands before the stack. */
	readonly edgeRanges: readonly string[] | null;
}

/** Writes the three documents a pool of hosts reads into the settings bucket. */
export function publishSettings(input: StackInput, stack: string, pool: Pool, around: Surroundings): void {
	const { region } = input.blueprint;
	const secrets = secretsOf(input, around);
	const facts = factsOf(region, pool, around, Object.keys(secrets.env));
	const settings = facts.apply(hostSettings(input, stack, pool));
	const documents = settings.apply(renderSettings);
	around.files.publish(pool, {
		"secrets.json": all([settings, secrets]).apply(([told, values]) => renderSecrets(told, values)),
		"settings.json": documents.apply((each) => each["settings.json"]),
		"host.json": documents.apply((each) => each["host.json"]),
	});
}

function factsOf(region: string, pool: Pool, around: Surroundings, secretNames: readonly string[]): Output<HostFacts> {
	const { files, dumps, cdn } = around;
	const bucket = files.files === null ? null : accessTo(files.files, region);
	const env: Record<string, Input<string>> = {
		...(bucket === null
			? {}
			: {
					BUCKET_NAME: bucket.name,
					BUCKET_REGION: region,
					BUCKET_ENDPOINT: bucketService(region),
					BUCKET_ACCESS_KEY: bucket.accessKey,
				}),
		...(cdn === null ? {} : { CDN_HOST: cdn.host }),
	};
	return output({
		device: pool === "app" && around.volumeName !== null ? around.volumeName.apply(deviceOf) : null,
		dumps:
			dumps === null || pool !== "app"
				? null
				: { endpoint: bucketService(dumps.region), region: dumps.region, bucket: dumps.bucket.name },
		balanced: around.balanced,
		trustedRanges: [...(around.balanced ? [around.network.vpc.ipRange] : []), ...(around.edgeRanges ?? [])],
		env,
		secretNames: [...secretNames],
	});
}

/** Stable name of an attached volume's device. */
function deviceOf(volumeName: string): string {
	return `/dev/disk/by-id/scsi-0DO_Volume_${volumeName}`;
}

function secretsOf(input: StackInput, around: Surroundings) {
	const { files, dumps, database, cache, queue } = around;
	const local = localDatabase(input);
	const password = derived("database", files.settingsKey.secretKey);
	const { slack } = input.config.alerts;
	return {
		env: {
			...(local === null ? {} : { DATABASE_URL: password.apply((word) => localDatabaseUrl(local.engine, word)) }),
			...(local === null && database !== null ? databaseEnv(database) : {}),
			...(cache === null ? {} : { CACHE_URL: cache.url }),
			...(queue === null ? {} : { QUEUE_URL: queue.url }),
			...(files.files === null ? {} : { BUCKET_SECRET_KEY: files.files.key.secretKey }),
			...Object.fromEntries(secretsOfApp(input.config).map((name) => [name, secretNamed(name)])),
		},
		databasePassword: local === null ? null : password,
		backup:
			dumps === null
				? null
				: {
						accessKey: dumps.key.accessKey,
						secretKey: dumps.key.secretKey,
						password: derived("backup", dumps.key.secretKey),
					},
		registry: null,
		alertUrl: slack === null ? null : secretNamed(slack.urlSecret),
		source: null,
	};
}

function databaseEnv(database: Database): Record<string, Output<string>> {
	return {
		DATABASE_URL: database.url,
		...(database.pooledUrl === null ? {} : { DATABASE_POOL_URL: database.pooledUrl }),
		...(database.readerUrl === null ? {} : { DATABASE_READER_URL: database.readerUrl }),
	};
}

/**
 * A password that nobody types: made from a key that the provider drew at random and that is never replaced, so it
 * needs no place of its own in the state.
 */
export function derived(purpose: string, key: Output<string>): Output<string> {
	return key.apply((secret) => createHash("sha256").update(`tierstack:${purpose}:${secret}`).digest("hex"));
}

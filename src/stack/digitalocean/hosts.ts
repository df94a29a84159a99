import { all, type Input, type Output, output } from "@pulumi/pulumi";
import { localDatabaseUrl } from "../../host/groups/database.ts";
import type { Pool } from "../../host/plan.ts";
import { renderUserData } from "../../host/renderUserData.ts";
import { renderSecrets, renderSettings } from "../../host/settings.ts";
import type { Role } from "../../words.ts";
import { backupPlan, type HostFacts, hostSettings, localDatabase, oncePool, planEnv } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import { dailyCron } from "../kubernetes/calendar.ts";
import type { BucketEnd, CopyArgs } from "../kubernetes/copies.ts";
import type { GrantsArgs } from "../kubernetes/grants.ts";
import { flagIn } from "../parts.ts";
import { derived, heartbeatOf, hostAlertUrl, registryLogin, secretNamed, secretsOfApp } from "../secrets.ts";
import { accessTo, type OwnedBucket } from "./bucket.ts";
import type { Database } from "./database.ts";
import type { Files } from "./files.ts";
import type { Components } from "./outputs.ts";
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

/** What stands around the hosts. */
export interface Surroundings extends Components {
	/** Ranges of the edge; null = nobody stands before the stack. */
	readonly edgeRanges: readonly string[] | null;
}

/** Writes the three documents a pool of hosts reads into the settings bucket. */
export function publishSettings(input: StackInput, stack: string, pool: Pool, around: Surroundings): void {
	const wanted = wantedOf(input, around);
	const secrets = secretsOf(input, wanted, pool);
	const facts = factsOf(input, pool, wanted, Object.keys(secrets.env));
	const settings = facts.apply(hostSettings(input, stack, pool));
	const documents = settings.apply(renderSettings);
	around.files.publish(pool, {
		// Of nothing but the secrets: a change of settings alone is not to be shown as one of these.
		"secrets.json": output(secrets).apply(renderSecrets),
		"settings.json": documents.apply((each) => each["settings.json"]),
		"host.json": documents.apply((each) => each["host.json"]),
	});
}

/** Environment of the application, open and secret, where no host passes it on. */
export function environmentOf(input: StackInput, around: Surroundings) {
	const wanted = wantedOf(input, around);
	const { env } = input.config.app;
	return {
		env: output(openEnv(input.blueprint.region, wanted)).apply((found) => ({ ...planEnv(input), ...found, ...env })),
		secrets: secretEnv(input, wanted),
	};
}

/** Copies a cluster makes by itself, where no host does; null = the tier has none. */
export function copiesOf(input: StackInput, stack: string, around: Surroundings): CopyArgs | null {
	const wanted = wantedOf(input, around);
	const plan = backupPlan(input);
	const { dumps } = around.backup;
	if (plan === null || dumps === null) return null;
	const mirrored = mirroredFiles(input, wanted);
	const { database } = wanted;
	return {
		stack,
		cron: dailyCron(plan.everyHours),
		keepDays: plan.keepDays,
		database:
			database === null || plan.engine === null || plan.engine === "sqlite" || plan.engineVersion === null
				? null
				: { engine: plan.engine, version: plan.engineVersion, url: database.url },
		to: endOf(dumps, dumps.region),
		files: mirrored === null ? null : endOf(mirrored, input.blueprint.region),
		password: derived("backup", dumps.key.secretKey),
		heartbeatUrl: heartbeatOf(input.config),
	};
}

/** What a cluster's pods need to let the application's user into its database; null = it needs nobody's leave. */
export function grantsOf(input: StackInput, around: Surroundings): GrantsArgs | null {
	const { database } = wantedOf(input, around);
	return database === null || database.admin === null ? null : { version: database.version, admin: database.admin };
}

function endOf({ bucket, key }: OwnedBucket, region: string): BucketEnd {
	const { accessKey, secretKey } = key;
	return { endpoint: bucketService(region), region, bucket: bucket.name, accessKey, secretKey };
}

/** What the application is to use: not what an earlier tier left and this one only keeps. */
interface Wanted {
	readonly around: Surroundings;
	readonly files: OwnedBucket | null;
	readonly database: Database | null;
	readonly cache: Valkey | null;
	readonly queue: Valkey | null;
}

function wantedOf(input: StackInput, around: Surroundings): Wanted {
	const wants = (role: Role) =>
		input.blueprint.components.some((each) => each.role === role && each.name === role && each.sku !== "on-host");
	return {
		around,
		files: wants("files") ? around.files.files : null,
		database: wants("database") ? around.database : null,
		cache: wants("cache") ? around.cache : null,
		queue: wants("queue") ? around.queue : null,
	};
}

function factsOf(input: StackInput, pool: Pool, wanted: Wanted, secretNames: readonly string[]): Output<HostFacts> {
	const { region } = input.blueprint;
	const { app, backup, network, balancer, edgeRanges } = wanted.around;
	const volume = pool === "app" && app.hosts.length > 0 ? app.volume : null;
	const dumps = pool === oncePool(input) ? backup.dumps : null;
	const mirrored = dumps === null ? null : mirroredFiles(input, wanted);
	return output({
		device: volume === null ? null : volume.name.apply(deviceOf),
		dumps:
			dumps === null
				? null
				: { endpoint: bucketService(dumps.region), region: dumps.region, bucket: dumps.bucket.name },
		mirror: mirrored === null ? null : { endpoint: bucketService(region), region, bucket: mirrored.bucket.name },
		grants: (wanted.database?.admin ?? null) !== null,
		balanced: balancer !== null,
		trustedRanges: [...(balancer === null ? [] : [network.vpc.ipRange]), ...(edgeRanges ?? [])],
		env: openEnv(region, wanted),
		secretNames: [...secretNames],
	});
}

/** What the application is told about the cloud, but for the secrets. */
function openEnv(region: string, { around, files }: Wanted): Record<string, Input<string>> {
	const bucket = files === null ? null : accessTo(files, region);
	return {
		...(bucket === null
			? {}
			: {
					BUCKET_NAME: bucket.name,
					BUCKET_REGION: region,
					BUCKET_ENDPOINT: bucketService(region),
					BUCKET_ACCESS_KEY: bucket.accessKey,
				}),
		...(around.cdn === null ? {} : { CDN_HOST: around.cdn.host }),
	};
}

/** Stable name of an attached volume's device. */
function deviceOf(volumeName: string): string {
	return `/dev/disk/by-id/scsi-0DO_Volume_${volumeName}`;
}

function secretsOf(input: StackInput, wanted: Wanted, pool: Pool) {
	const { config } = input;
	const { around } = wanted;
	const admin = wanted.database?.admin ?? null;
	const dumps = pool === oncePool(input) ? around.backup.dumps : null;
	const mirrored = dumps === null ? null : mirroredFiles(input, wanted);
	return {
		env: secretEnv(input, wanted),
		databasePassword: localDatabase(input) === null ? null : localPassword(around),
		...(admin === null ? {} : { databaseAdmin: admin }),
		backup:
			dumps === null
				? null
				: {
						key: { accessKey: dumps.key.accessKey, secretKey: dumps.key.secretKey },
						password: derived("backup", dumps.key.secretKey),
						heartbeatUrl: heartbeatOf(config),
						...(mirrored === null
							? {}
							: { mirrorKey: { accessKey: mirrored.key.accessKey, secretKey: mirrored.key.secretKey } }),
					},
		registry: registryLogin(config),
		alertUrl: hostAlertUrl(config),
		source: null,
	};
}

/** The bucket of uploads where the tier promises a copy of it in the region that the dumps go to; null = it does not. */
function mirroredFiles({ blueprint }: StackInput, { files }: Wanted): OwnedBucket | null {
	const backup = blueprint.components.find(({ role, name }) => role === "backup" && name === "backup");
	return backup !== undefined && flagIn(backup.settings, "copiesFiles") ? files : null;
}

/** Variables of the application that are secret. */
function secretEnv(input: StackInput, { around, files, database, cache, queue }: Wanted) {
	const local = localDatabase(input);
	return {
		...(local === null
			? {}
			: { DATABASE_URL: localPassword(around).apply((word) => localDatabaseUrl(local.engine, word)) }),
		...(database === null ? {} : databaseEnv(database)),
		...(cache === null ? {} : { CACHE_URL: cache.url }),
		...(queue === null ? {} : { QUEUE_URL: queue.url }),
		...(files === null ? {} : { BUCKET_SECRET_KEY: files.key.secretKey }),
		...Object.fromEntries(secretsOfApp(input.config).map((name) => [name, secretNamed(name)])),
	};
}

function localPassword(around: Surroundings): Output<string> {
	return derived("database", around.files.settingsKey.secretKey);
}

function databaseEnv(database: Database): Record<string, Output<string>> {
	return {
		DATABASE_URL: database.url,
		...(database.pooledUrl === null ? {} : { DATABASE_POOL_URL: database.pooledUrl }),
		...(database.readerUrl === null ? {} : { DATABASE_READER_URL: database.readerUrl }),
	};
}

import { type Input, type Output, output } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import { localDatabaseUrl } from "../../host/groups/database.ts";
import type { Pool } from "../../host/plan.ts";
import { renderUserData } from "../../host/renderUserData.ts";
import { renderSecrets, renderSettings } from "../../host/settings.ts";
import type { Role } from "../../words.ts";
import { type HostFacts, hostSettings, localDatabase, oncePool, planEnv } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import type { workloadsOf } from "../kubernetes/read.ts";
import type { Part } from "../parts.ts";
import { derived, heartbeatOf, hostAlertUrl, registryLogin, secretNamed, secretsOfApp } from "../secrets.ts";
import type { Database } from "./database.ts";
import { useBucket, useQueue } from "./identity.ts";
import type { Components } from "./outputs.ts";
import type { Statement } from "./policyDocument.ts";
import type { PublishArgs } from "./pool.ts";
import * as specs from "./specs.ts";

/** Address of the bucket service in a region. */
function bucketService(region: string): string {
	return `https://s3.${region}.amazonaws.com`;
}

/** Beginning of the names of a stack's settings in Secrets Manager. Hosts are born with it. */
export function settingsPrefix(stack: string): string {
	return `tierstack/${stack}`;
}

/**
 * First boot of a host: the same bytes in every tier, without any credential: its role reads the settings.
 *
 * @param slot number in the pool; null = a member that comes and goes with the load.
 */
function birthOf(region: string, stack: string, pool: Pool, slot: number | null) {
	const source = { kind: "secret", region, prefix: settingsPrefix(stack) } as const;
	return output(renderUserData({ provider: "aws", stack, pool, slot, source }));
}

/** What stands around the hosts. */
export interface Surroundings extends Omit<Components, "dns"> {
	/** Ranges of the edge; null = nobody stands before the stack. */
	readonly edgeRanges: readonly string[] | null;
}

/**
 * Starts the application: hosts once they find their settings, a group that follows the load, or processes in a
 * cluster; and sends the balancer's traffic there.
 */
export function startApp(
	input: StackInput,
	parts: readonly Part[],
	stack: string,
	around: Surroundings,
	workloads: ReturnType<typeof workloadsOf>,
): void {
	const { app, balancer, network } = around;
	const birth = (pool: Pool, slot: number | null) => birthOf(input.blueprint.region, stack, pool, slot);
	const hosts = specs.hostsSpec(input, parts);
	const workers = specs.workerHostsSpec(parts);
	const elastic = specs.elasticSpec(input, parts);
	const cluster = specs.clusterSpec(input, parts);
	const ready = new Map(
		specs.poolsOf(input).map((pool) => [pool, app.publish(settingsOf(input, stack, pool, around))]),
	);
	const first = ready.get("app") ?? [];
	if (hosts !== null) app.slots("app", hosts, (slot) => birth("app", slot), first);
	if (workers !== null) app.slots("worker", workers, (slot) => birth("worker", slot), ready.get("worker") ?? []);
	if (elastic !== null) {
		if (balancer === null) throw new BugError("a group that follows the load has no balancer before it");
		app.elastic({ ...elastic, targetGroupArn: balancer.targets.arn }, birth("app", null), first);
	}
	if (cluster !== null) {
		app.clustered({ ...cluster, grants: grantsOfApp(input, around) }, balancer?.targets.arn ?? null);
	}
	if (workloads !== null) app.run({ ...workloads, ...environmentOf(input, around), nodePort: specs.NODE_PORT });
	balancer?.serve(app.hosts);
	const [holder] = app.hosts;
	if (holder !== undefined) network.pointTo(holder.id);
}

/** What a pool of hosts reads, and what it may do besides. */
function settingsOf(
	input: StackInput,
	stack: string,
	pool: Pool,
	around: Surroundings,
): Omit<PublishArgs, "prefix" | "identity"> {
	const wanted = wantedOf(input, around);
	const secrets = secretsOf(input, wanted, pool);
	const settings = factsOf(input, pool, wanted, Object.keys(secrets.env)).apply(hostSettings(input, stack, pool));
	const documents = settings.apply(renderSettings);
	const dumps = pool === oncePool(input) ? around.backup.dumps : null;
	return {
		pool,
		documents: {
			// Of nothing but the secrets: a change of settings alone is not to be shown as one of these.
			"secrets.json": output(secrets).apply(renderSecrets),
			"settings.json": documents.apply((each) => each["settings.json"]),
			"host.json": documents.apply((each) => each["host.json"]),
		},
		grants: dumps === null ? [] : useBucket(dumps.bucket.arn, stack),
	};
}

/** Environment of the application, open and secret, where no host passes it on: pods act as their own role. */
function environmentOf(input: StackInput, around: Surroundings) {
	const wanted = wantedOf(input, around);
	const { env } = input.config.app;
	return {
		env: output(openEnv(input, wanted)).apply((found) => ({ ...planEnv(input), ...found, ...env })),
		secrets: secretEnv(input, wanted),
	};
}

/** What the application itself may do with the stack's services, by a key on hosts and by a role in a cluster. */
export function grantsOfApp(input: StackInput, around: Pick<Components, "files" | "queue">): readonly Statement[] {
	const { files, queue } = wantedOf(input, around);
	return [
		...(files === null ? [] : useBucket(files.bucket.arn)),
		...(queue === null ? [] : [useQueue(queue.queue.arn)]),
	];
}

/** Whether this tier itself asks for a managed service: not what an earlier tier left and this one only keeps. */
function wants({ blueprint }: StackInput, role: Role): boolean {
	return blueprint.components.some((each) => each.role === role && each.name === role && each.sku !== "on-host");
}

function wantedOf<Around extends Pick<Components, "files" | "queue">>(input: StackInput, around: Around) {
	return {
		around,
		files: wants(input, "files") ? around.files.files : null,
		queue: wants(input, "queue") ? around.queue : null,
	};
}

type Wanted = ReturnType<typeof wantedOf<Surroundings>>;

function factsOf(input: StackInput, pool: Pool, wanted: Wanted, secretNames: readonly string[]): Output<HostFacts> {
	const { app, backup, balancer, edgeRanges } = wanted.around;
	const dumps = pool === oncePool(input) ? backup.dumps : null;
	const holds = pool === "app" && input.blueprint.layout !== "autoscaled";
	return output({
		device: holds ? app.device : null,
		dumps:
			dumps === null
				? null
				: { endpoint: bucketService(dumps.region), region: dumps.region, bucket: dumps.bucket.bucket },
		balanced: balancer !== null,
		trustedRanges: [...(balancer === null ? [] : [input.config.cidr]), ...(edgeRanges ?? [])],
		env: openEnv(input, wanted),
		secretNames: [...secretNames],
	});
}

/** What the application is told about the cloud, but for the secrets. */
function openEnv(input: StackInput, { around, files, queue }: Wanted): Record<string, Input<string>> {
	const { accessKey } = around.app;
	const { region } = input.blueprint;
	return {
		...(files === null
			? {}
			: {
					BUCKET_NAME: files.bucket.bucket,
					BUCKET_REGION: region,
					BUCKET_ENDPOINT: bucketService(region),
					...(accessKey === null ? {} : { BUCKET_ACCESS_KEY: accessKey.id }),
				}),
		...(queue === null
			? {}
			: {
					QUEUE_URL: queue.url,
					QUEUE_REGION: region,
					...(accessKey === null ? {} : { QUEUE_ACCESS_KEY: accessKey.id }),
				}),
		...(wants(input, "cache") && around.cache?.clusterMode === true ? { CACHE_CLUSTER: "true" } : {}),
		...(around.cdn === null ? {} : { CDN_HOST: around.cdn.host }),
	};
}

function secretsOf(input: StackInput, wanted: Wanted, pool: Pool) {
	const { config } = input;
	const { around } = wanted;
	const dumps = pool === oncePool(input) ? around.backup.dumps : null;
	return {
		env: secretEnv(input, wanted),
		databasePassword: localDatabase(input) === null ? null : localPassword(around),
		backup:
			dumps === null
				? null
				: { key: null, password: derived("backup", around.app.seed.value), heartbeatUrl: heartbeatOf(config) },
		registry: registryLogin(config),
		alertUrl: hostAlertUrl(config),
		source: null,
	};
}

/** Variables of the application that are secret. */
function secretEnv(input: StackInput, { around, files, queue }: Wanted) {
	const local = localDatabase(input);
	const { accessKey } = around.app;
	return {
		...(local === null
			? {}
			: { DATABASE_URL: localPassword(around).apply((word) => localDatabaseUrl(local.engine, word)) }),
		...(wants(input, "database") && around.database !== null ? databaseEnv(around.database) : {}),
		...(wants(input, "cache") && around.cache !== null ? { CACHE_URL: around.cache.url } : {}),
		...(files === null || accessKey === null ? {} : { BUCKET_SECRET_KEY: accessKey.secret }),
		...(queue === null || accessKey === null ? {} : { QUEUE_SECRET_KEY: accessKey.secret }),
		...Object.fromEntries(secretsOfApp(input.config).map((name) => [name, secretNamed(name)])),
	};
}

function localPassword({ app }: Surroundings): Output<string> {
	return derived("database", app.seed.value);
}

function databaseEnv(database: Database): Record<string, Output<string>> {
	return {
		DATABASE_URL: database.url,
		...(database.pooledUrl === null ? {} : { DATABASE_POOL_URL: database.pooledUrl }),
		...(database.readerUrl === null ? {} : { DATABASE_READER_URL: database.readerUrl }),
	};
}

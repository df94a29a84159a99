import type { batch, core } from "@pulumi/kubernetes/types/input.js";
import { all, type Input, type Output, output, secret } from "@pulumi/pulumi";
import { mirrorKeys, mirrorPlaces } from "../../host/mirror.ts";
import type { KeyPair } from "../../host/settings.ts";
import { DUMPS, RESTORES, TOOLS } from "./copyScripts.ts";
import { NODE_LABEL } from "./pods.ts";

/*
 * What hosts do by a timer of their own, a cluster does by jobs: dumps of the managed database, encrypted, and a copy of
 * the bucket of uploads. The repository is the hosts' own kind, under the same name, so a move between hosts and a
 * cluster leaves one row of snapshots, and the same words bring one back.
 */

/** A bucket and the key that opens it. */
export interface BucketEnd {
	/** Address of the bucket service, without the bucket's name. */
	readonly endpoint: string;
	readonly region: string;
	readonly bucket: Input<string>;
	readonly accessKey: Input<string>;
	/** Secret. */
	readonly secretKey: Input<string>;
}

/** What is copied where to, how often, and for how long. */
export interface CopyArgs {
	/** The stack's name: folder of the dumps, and the name snapshots are found by. */
	readonly stack: string;
	/** Cron expression in UTC: `0 2 * * *`. */
	readonly cron: string;
	/** Days a dump is kept, counted back from the newest good one. */
	readonly keepDays: number;
	/** Managed database that is dumped; null = none is. */
	readonly database: {
		readonly engine: "postgres" | "mysql";
		/** Major version: the dump program must not be older than the server. */
		readonly version: string;
		/** Connection string; secret. */
		readonly url: Output<string>;
	} | null;
	/** Bucket the copies go to. */
	readonly to: BucketEnd;
	/** Bucket of uploads that is mirrored there; null = the tier promises no copy. */
	readonly files: BucketEnd | null;
	/** Password of the dumps; secret. */
	readonly password: Output<string>;
	/** Address called after each good dump; null = nobody watches. */
	readonly heartbeatUrl: Input<string> | null;
}

/** Names of what jobs are told, in the stack's namespace. */
export const COPY_SETTINGS = "copies";
export const COPY_SECRETS = "copies";

/** The first version that reads a dump from a command and takes no snapshot when the command fails is 0.17.0. */
const RESTIC_IMAGE = "restic/restic:0.17.3";
const RCLONE_IMAGE = "rclone/rclone:1.68.2";
/** Official images; their programs are of the server's own version. */
const CLIENT_IMAGES = { postgres: postgresImage, mysql: mysqlImage };
const MOUNTS = [{ name: "tools", mountPath: TOOLS }];
/** Runs that stay to be looked at. */
const RUNS_KEPT = 3;

/** PostgreSQL's own programs, of a server's major version. */
export function postgresImage(version: string): string {
	return `postgres:${version}-alpine`;
}

function mysqlImage(version: string): string {
	return `mysql:${version}`;
}

/** Told last, when the dump is in the bucket. */
const TELL = '[ -z "$BACKUP_HEARTBEAT" ] || wget -q -O /dev/null "$BACKUP_HEARTBEAT"';
const MIRROR = ["sync", "--checksum", "--fast-list", "$(MIRROR_FROM)", "$(MIRROR_TO)"];

/** What the jobs are told openly. */
export function copySettings(args: CopyArgs): Output<Record<string, string>> {
	const { to, files, stack, keepDays } = args;
	return all([output(to.bucket), files === null ? null : output(files.bucket)]).apply(
		([bucket, from]): Record<string, string> => ({
			BACKUP_HOST: stack,
			BACKUP_KEEP_DAYS: `${keepDays}`,
			RESTIC_REPOSITORY: `s3:${to.endpoint}/${bucket}/${stack}`,
			AWS_DEFAULT_REGION: to.region,
			...(files === null || from === null
				? {}
				: mirrorPlaces(
						{ endpoint: files.endpoint, region: files.region, bucket: from },
						{ endpoint: to.endpoint, region: to.region, bucket },
						stack,
					)),
		}),
	);
}

/** What nobody else may read. */
export function copySecrets({ to, files, database, password, heartbeatUrl }: CopyArgs): Output<Record<string, string>> {
	const keys = (end: BucketEnd | null): Output<KeyPair | null> =>
		end === null ? output(null) : output({ accessKey: end.accessKey, secretKey: end.secretKey });
	const told = all([keys(to), keys(files), password, database?.url ?? "", heartbeatUrl ?? ""]);
	return secret(
		told.apply(
			([key, mirrorKey, word, url, heartbeat]): Record<string, string> => ({
				...(key === null ? {} : { AWS_ACCESS_KEY_ID: key.accessKey, AWS_SECRET_ACCESS_KEY: key.secretKey }),
				...(key === null || mirrorKey === null ? {} : mirrorKeys(mirrorKey, key)),
				RESTIC_PASSWORD: word,
				DATABASE_URL: url,
				BACKUP_HEARTBEAT: heartbeat,
			}),
		),
	);
}

/** One job of a cluster that makes copies. */
interface CopyJob {
	/** Its name in the cluster, and the end of its logical name. */
	readonly name: "dump" | "files-copy" | "restore";
	readonly spec: batch.v1.CronJobSpec;
}

/**
 * The jobs a tier wants; none without a database and without a promise to copy the uploads. The way back waits beside
 * the dump, and runs only when a person makes a job of it.
 */
export function copyJobs({ cron, database, files }: CopyArgs): readonly CopyJob[] {
	return [
		...(database === null
			? []
			: ([
					{ name: "dump", spec: onClock(cron, dumpPod(database)) },
					{ name: "restore", spec: { ...onClock(cron, restorePod(database), 0), suspend: true } },
				] as const)),
		...(files === null ? [] : [{ name: "files-copy", spec: onClock(cron, mirrorPod()) } as const]),
	];
}

function onClock(cron: string, pod: core.v1.PodSpec, backoffLimit = 2): batch.v1.CronJobSpec {
	return {
		schedule: cron,
		timeZone: "Etc/UTC",
		concurrencyPolicy: "Forbid",
		successfulJobsHistoryLimit: RUNS_KEPT,
		failedJobsHistoryLimit: RUNS_KEPT,
		jobTemplate: { spec: { backoffLimit, template: { spec: pod } } },
	};
}

function dumpPod(database: NonNullable<CopyArgs["database"]>): core.v1.PodSpec {
	return {
		...withRestic(clientContainer("dump", database, DUMPS[database.engine])),
		containers: [container("tell", RESTIC_IMAGE, ["/bin/sh", "-c", TELL])],
	};
}

function restorePod(database: NonNullable<CopyArgs["database"]>): core.v1.PodSpec {
	const restore = clientContainer("restore", database, RESTORES[database.engine]);
	return { ...withRestic(), containers: [{ ...restore, env: [{ name: "SNAPSHOT", value: "latest" }] }] };
}

/** A pod whose containers find restic under TOOLS, with those that run before the others. */
function withRestic(...before: core.v1.Container[]): Omit<core.v1.PodSpec, "containers"> {
	const copy = container("tools", RESTIC_IMAGE, ["cp", "/usr/bin/restic", `${TOOLS}/restic`]);
	return {
		...base(),
		volumes: [{ name: "tools", emptyDir: {} }],
		initContainers: [{ ...copy, volumeMounts: MOUNTS }, ...before],
	};
}

function clientContainer(
	name: string,
	{ engine, version }: NonNullable<CopyArgs["database"]>,
	script: string,
): core.v1.Container {
	return { ...container(name, CLIENT_IMAGES[engine](version), ["/bin/sh", "-c", script]), volumeMounts: MOUNTS };
}

function mirrorPod(): core.v1.PodSpec {
	return { ...base(), containers: [container("mirror", RCLONE_IMAGE, ["rclone", ...MIRROR])] };
}

function base() {
	return { automountServiceAccountToken: false, nodeSelector: NODE_LABEL, restartPolicy: "Never" };
}

function container(name: string, image: string, command: string[]): core.v1.Container {
	return {
		name,
		image,
		command,
		envFrom: [{ configMapRef: { name: COPY_SETTINGS } }, { secretRef: { name: COPY_SECRETS } }],
		securityContext: { allowPrivilegeEscalation: false },
	};
}

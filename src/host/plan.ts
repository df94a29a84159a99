/*
 * What a cloud has to give a host, whichever cloud it is. A stack does three things for each pool:
 *
 * 1. renders the user data of each machine from a `HostPlan` (renderUserData.ts), once, the same bytes in every tier;
 * 2. writes the three documents of settings.ts, in the order of `DOCUMENTS`, each time `up` runs;
 * 3. lets the machine read them, and nothing more.
 *
 * DigitalOcean: objects of a private bucket, read with the one key in the user data (`BucketSource`).
 *
 * AWS: values of Secrets Manager, read by the machine's role (`SecretSource`); user data holds no credential.
 * - Names: `<prefix>/<pool>/secrets.json`, `<prefix>/<pool>/settings.json`, `<prefix>/<pool>/host.json`, each with a
 *   current `SecretString`: `asSecretString` of the document. `prefix` is free; `tierstack/<stack>` is what it is for.
 * - The instance profile's role may `secretsmanager:GetSecretValue` on
 *   `arn:<partition>:secretsmanager:<region>:<account>:secret:<prefix>/<pool>/*`; the name's end is six characters of
 *   AWS's own, which the star covers. Where the secrets have a KMS key of one's own also `kms:Decrypt` on that key,
 *   with the condition `kms:ViaService = secretsmanager.<region>.amazonaws.com`. Nothing else is called.
 * - The machine asks `https://secretsmanager.<region>.amazonaws.com/` (a private endpoint with private DNS answers
 *   there too) and the metadata service in version 2 only: `httpTokens: required`, hop limit 1. The firewall of the
 *   machine keeps the metadata address for root, so containers never see the role: the application's own access to
 *   buckets is a key in its environment, as on any other cloud.
 * - Dumps: `secrets.backup.key: null` has them written with the machine's role, which then may also `s3:ListBucket`
 *   and `s3:GetBucketLocation` on the bucket and `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject` on
 *   `<bucket>/<stack>/*` (restic deletes its own locks and what retention ended).
 * - Data volume: `settings.volume.device` is the stable name `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_<id>`,
 *   the volume's id without its hyphen.
 * - Members of a scaling group are born with `slot: null`, and settings of their pool say `leader.kind: "lock"`: one
 *   of them, elected by a lock in the database, runs what may run once (groups/leader.ts). Nothing of AWS is needed.
 */

import { gzipSync } from "node:zlib";
import { BugError } from "../errors.ts";
import type { Provider } from "../words.ts";

/** Hosts that serve traffic, or hosts that only work through queues. Each pool has settings of its own. */
export type Pool = "app" | "worker";

/** Private bucket of the stack, read with a key that may read it and nothing else. */
export interface BucketSource {
	readonly kind: "bucket";
	/** Address of the bucket service, without the bucket's name: `https://fra1.digitaloceanspaces.com`. */
	readonly endpoint: string;
	/** Region the requests are signed for: `fra1`. */
	readonly region: string;
	readonly bucket: string;
	/** The one credential user data holds: may read this bucket, nothing else. */
	readonly accessKey: string;
	readonly secretKey: string;
}

/** Secrets that the host's role may read: user data holds no credential at all. */
export interface SecretSource {
	readonly kind: "secret";
	/** Region of the secrets: `us-east-1`. */
	readonly region: string;
	/** What the secrets' names begin with: `tierstack/prod` gives `tierstack/prod/app/host.json`. */
	readonly prefix: string;
}

/** Where a host reads its settings. */
export type SettingsSource = BucketSource | SecretSource;

/**
 * What a host is born with. Any byte that changes here would replace the machine, so nothing in it depends on tier or
 * size: those facts arrive by the settings (settings.ts), or are read from the machine at each boot.
 */
export interface HostPlan {
	readonly provider: Provider;
	/** Name of the stack: `prod`. */
	readonly stack: string;
	readonly pool: Pool;
	/**
	 * Number in the pool, from 1. Slot 1 holds the data volume and runs what may run once only (scheduler, timers,
	 * dumps). null = a member the provider adds and removes by load: those things are run by the one member that is
	 * elected, where the settings of the pool say `leader.kind: "lock"`, else by none.
	 */
	readonly slot: number | null;
	readonly source: SettingsSource;
}

/** The three documents of a pool, in the order in which they are written: secrets before what refers to them. */
export const DOCUMENTS = ["secrets.json", "settings.json", "host.json"] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Key of a document in the bucket, and the end of a secret's name: `app/host.json`. */
export function documentKey(pool: Pool, document: DocumentName): string {
	return `${pool}/${document}`;
}

/** Largest value of a secret in bytes: AWS Secrets Manager's quotas, "Secret value size" (read 2026-11-21). */
export const MAX_SECRET_BYTES = 65_536;

/**
 * A document as the value of a secret: as it is, or compressed where a team's compose file makes it too large for one.
 * The host reads either.
 *
 * @throws BugError when it is too large even so.
 */
export function asSecretString(document: string): string {
	if (Buffer.byteLength(document) <= MAX_SECRET_BYTES) return document;
	const packed = gzipSync(document, { level: 9 }).toString("base64");
	if (packed.length > MAX_SECRET_BYTES) {
		throw new BugError(`a document of the host has ${packed.length} bytes packed, a secret takes ${MAX_SECRET_BYTES}`);
	}
	return packed;
}

import { Plan } from "@pulumi/aws/backup/plan.js";
import { Selection } from "@pulumi/aws/backup/selection.js";
import { Vault } from "@pulumi/aws/backup/vault.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Input, Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { type BucketArgs, closeBucket, declareBucket, type OwnedBucket } from "./bucket.ts";
import { AwsComponent } from "./child.ts";
import { type Declare, placeIn } from "./declare.ts";
import { trustOf } from "./policyDocument.ts";
import { replicate } from "./replication.ts";
import { named, type Site } from "./site.ts";

export interface CopiesArgs {
	/** Hours between two copies: whole ones that divide a day. In place. */
	readonly everyHours: number;
	/** Days a copy is kept. In place; holds for copies made from then on. */
	readonly keepDays: number;
	/** Region each copy is copied to once more; null = copies stay in the stack's own. */
	readonly copyRegion: string | null;
}

export interface BackupArgs {
	readonly site: Site;
	/** Bucket the hosts write dumps to; null = the tier dumps nothing. */
	readonly dumps: BucketArgs | null;
	/**
	 * Region each dump is copied to, such as `us-west-2`; null = none. The bucket itself never moves: another region
	 * would replace it, with all dumps in it. Turned off: the copy that is there stays in the account.
	 */
	readonly dumpsCopyRegion: string | null;
	/** Copies the provider makes of the database and the data volume; null = none. */
	readonly copies: CopiesArgs | null;
	/** False while what is kept here is being retired. */
	readonly guarded: boolean;
}

const RIGHTS = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";
/** Minutes within which a copy must have begun, and be done, before it counts as failed. */
const START_MINUTES = 60;
const DONE_MINUTES = 360;

/**
 * Where copies live: the bucket of the hosts' own dumps, and the provider's vault with copies of disks and databases,
 * in a second region too where the tier wants that. A vault holds on to what is in it: neither it nor the bucket goes
 * while something counts on them.
 */
export class Backup extends AwsComponent {
	readonly dumps: OwnedBucket | null;
	readonly #plan: { readonly id: Output<string>; readonly role: Role; readonly ready: RolePolicyAttachment } | null;

	constructor(args: BackupArgs) {
		super("backup", "backup", args.site);
		const { dumps, site, copies } = args;
		const declare: Declare = this.declare.bind(this);
		this.dumps = dumps === null ? null : dumpsBucket(declare, site, dumps, args.dumpsCopyRegion);
		this.#plan = copies === null ? null : this.#copies(args, copies);
		this.registerOutputs({ bucket: this.dumps?.bucket.bucket });
	}

	/**
	 * Says what copies are made of, by ARN. Call it once, when all of it is declared.
	 *
	 * @param arns the database and the data volume; nothing else holds what cannot be made again.
	 */
	cover(arns: readonly Input<string>[]): void {
		if (this.#plan === null || arns.length === 0) return;
		const { id, role, ready } = this.#plan;
		this.declare(
			"backupSelection",
			Selection,
			"backup-selection",
			{ planId: id, iamRoleArn: role.arn, resources: [...arns] },
			{ dependsOn: [ready] },
		);
	}

	#copies({ site, guarded }: BackupArgs, { everyHours, keepDays, copyRegion }: CopiesArgs) {
		const options = { protect: guarded && isProtected("data", site.protect) };
		const vault = this.declare("backupVault", Vault, "backup-vault", { tags: named(site, "backups") }, options);
		const second =
			copyRegion === null
				? null
				: this.declare(
						"backupVault",
						Vault,
						"backup-vault-copy",
						{ ...placeIn(site, copyRegion), tags: named(site, "backups", "copy") },
						// A tier without copies elsewhere lets it be: what is in it stays until its days are over.
						{ retainOnDelete: true },
					);
		const lifecycle = { deleteAfter: keepDays };
		const plan = this.declare("backupPlan", Plan, "backup-plan", {
			rules: [
				{
					ruleName: "copies",
					targetVaultName: vault.name,
					schedule: scheduleOf(everyHours),
					startWindow: START_MINUTES,
					completionWindow: DONE_MINUTES,
					lifecycle,
					...(second === null ? {} : { copyActions: [{ destinationVaultArn: second.arn, lifecycle }] }),
				},
			],
			tags: named(site, "backups"),
		});
		const role = this.declare("role", Role, "backup-role", {
			assumeRolePolicy: trustOf("backup.amazonaws.com"),
			description: "Makes copies of the database and the data volume",
		});
		const ready = this.declare("rolePolicyAttachment", RolePolicyAttachment, "backup-rights", {
			role: role.name,
			policyArn: RIGHTS,
		});
		return { id: plan.id, role, ready };
	}
}

/** Days a dump that was deleted or overwritten can be brought back, on both sides of a copy. */
const SUPERSEDED_DAYS = 7;

function dumpsBucket(declare: Declare, site: Site, args: BucketArgs, copyRegion: string | null): OwnedBucket {
	// A copy is made of versions, so they are kept on both sides for a while. The limit stands before and after, so that
	// what a copy made of versions is not left behind for ever, and none is lost by the limit's coming.
	const copied = { ...args, versioning: args.versioning || copyRegion !== null, supersededDays: SUPERSEDED_DAYS };
	const bucket = declareBucket(declare, "backups", site, copied);
	closeBucket(declare, "backups", site, bucket);
	if (copyRegion !== null) {
		const copy = declareBucket(
			declare,
			"backups-copy",
			site,
			{ ...copied, guarded: false, outlives: true },
			copyRegion,
		);
		closeBucket(declare, "backups-copy", site, copy);
		replicate(declare, "backups", bucket, copy);
	}
	return bucket;
}

/** At full hours, UTC, beginning at midnight: an hour or more away from the database's own windows. */
function scheduleOf(everyHours: number): string {
	return everyHours >= 24 ? "cron(0 0 * * ? *)" : `cron(0 0/${Math.max(1, Math.floor(everyHours))} * * ? *)`;
}

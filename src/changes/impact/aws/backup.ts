import { down, lost, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { backsUpNoLess } from "./backupPlan.ts";
import { CFN, from, inPlace, part, SDK, token } from "./source.ts";

const noMore = [{ risk: "recovery-gap" as const, why: "no new backups are made" }];
const untouched = down("none", null, "what is backed up runs on", "documented");

export const BACKUP_TYPES: readonly TypeRule[] = [
	part("backup.Vault", "vault of backups", from(`${CFN} AWS::Backup::BackupVault`, 90, 95), {
		kind: "data",
		remove: {
			...lost("lost", "with forceDestroy the backups go too; without, the delete fails while it holds any", untouched),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: untouched,
			data: "lost",
			undo: "no",
			undoWhy: "the new vault is empty, and the delete of the old one fails while it holds backups",
			route: "keep-then-retire",
		}),
		uniqueBy: ["name"],
	}),
	part("backup.Plan", "plan of backups", from(`${CFN} AWS::Backup::BackupPlan`), {
		remove: { ...removed, risks: noMore, undoWhy: "create it again; what was not backed up meanwhile stays so" },
	}),
	part("backup.Selection", "what the plan backs up", from(`${CFN} AWS::Backup::BackupSelection`), {
		within: "planId",
		remove: { ...removed, risks: noMore, undoWhy: "create it again; what was not backed up meanwhile stays so" },
	}),
	part("backup.VaultNotifications", "messages about backups", from(`${SDK} backup/vaultNotifications.d.ts`)),
	part("backup.VaultPolicy", "who may touch the backups", from(`${SDK} backup/vaultPolicy.d.ts`), {
		kind: "grant",
		within: "backupVaultName",
	}),
	part("backup.VaultLockConfiguration", "lock on the backups", from(`${SDK} backup/vaultLockConfiguration.d.ts`), {
		kind: "guard",
		within: "backupVaultName",
		replace: replaced({
			downtime: NO_DOWNTIME,
			data: "none",
			undo: "no",
			undoWhy: "a lock past its days of grace cannot be taken back",
		}),
	}),
];

export const BACKUP_RULES: readonly PropertyRule[] = [
	{
		type: token("backup.Plan"),
		paths: ["rules"],
		when: backsUpNoLess,
		effect: {
			...quiet,
			undo: "partial",
			undoWhy: "set it back; what was backed up meanwhile stays as long as it was kept for",
		},
		...from(`${CFN} AWS::Backup::BackupPlan: in place`, 90),
	},
	{
		type: token("backup.Plan"),
		paths: ["rules"],
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "how often backups are made, or how long they are kept, changes" }],
			undo: "partial",
			undoWhy: "backups that were not made, or are gone by a shorter time, do not come back",
		},
		...from(`${CFN} AWS::Backup::BackupPlan: in place`, 90),
	},
	inPlace("backup.Plan", ["advancedBackupSettings", "name", "tags"], from(`${CFN} AWS::Backup::BackupPlan: in place`)),
	{
		type: token("backup.Vault"),
		paths: ["forceDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then takes the backups along" },
		...from(`${SDK} backup/vault.d.ts`, 90),
	},
	inPlace("backup.Vault", ["tags"], from(`${SDK}: tags are changed in place`)),
	{
		type: token("backup.VaultPolicy"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who may touch the backups changes" }] },
		...from(`${SDK} backup/vaultPolicy.d.ts: in place`),
	},
	{
		type: token("backup.VaultLockConfiguration"),
		paths: ["changeableForDays", "maxRetentionDays", "minRetentionDays", "backupVaultName"],
		effect: { ...quiet, undo: "no", undoWhy: "a lock past its days of grace cannot be taken back" },
		...from(`${SDK} backup/vaultLockConfiguration.d.ts`),
	},
];

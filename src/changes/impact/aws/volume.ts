import { becomes, grows, shrinks } from "../conditions.ts";
import { down, lost, NO_DOWNTIME, quiet, refused, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const VOLUME = "ebs.Volume";
const away = down("outage", null, "the host has no data while the volume is away");
/** Holds for every disk of the provider, root disks too. */
export const ONCE_IN_SIX_HOURS = "one change of a volume's storage, then six hours none";

/** The data volume, its place at a host, and its copies. */
export const VOLUME_TYPES: readonly TypeRule[] = [
	part(VOLUME, "data volume", from(`${PROVIDER}/ec2/ebs_volume.go`, 38, 39, 95), {
		kind: "data",
		remove: { ...lost("lost-unless-snapshot", "the volume's files are gone", away), route: "keep-then-retire" },
		replace: replaced({
			downtime: away,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "the new volume is empty and the old one is deleted",
			route: "snapshot-restore",
		}),
		capacity: ["size", "type", "encrypted"],
	}),
	part("ec2.VolumeAttachment", "attachment of the data volume", from(`${CFN} AWS::EC2::VolumeAttachment`, 92), {
		within: "volumeId",
		remove: { ...removed, downtime: away, data: "kept" },
		replace: replaced({
			downtime: away,
			data: "kept",
			undo: "yes",
			undoWhy: "attach it to the old host again",
			route: "detach-first",
		}),
		uniqueBy: ["volumeId"],
	}),
	part("ebs.Snapshot", "snapshot of the data volume", from(`${PROVIDER}/ec2/ebs_snapshot.go`, 95), {
		kind: "data",
		remove: lost("lost", "the copy is gone", down("none", null, "nothing runs on a snapshot", "documented")),
		replace: replaced({
			downtime: down("none", null, "nothing runs on a snapshot", "documented"),
			data: "lost",
			undo: "no",
			undoWhy: "the older copy is gone, the new one shows today",
			route: "snapshot-restore",
		}),
	}),
];

export const VOLUME_RULES: readonly PropertyRule[] = [
	{
		type: token(VOLUME),
		paths: ["size"],
		when: shrinks,
		effect: refused("a volume never shrinks", "keep-size"),
		...from(`${PROVIDER}/ec2/ebs_volume.go`, 39),
	},
	{
		type: token(VOLUME),
		paths: ["size"],
		when: grows,
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: "a volume never shrinks again; the way back is a smaller one and a copy",
		},
		coolDown: ONCE_IN_SIX_HOURS,
		...from("AWS EC2 API reference, ModifyVolume: online, six hours between two changes", 39),
	},
	{
		type: token(VOLUME),
		paths: ["type", "iops", "throughput"],
		effect: { ...quiet, data: "kept", undoWhy: "set it back six hours later" },
		coolDown: ONCE_IN_SIX_HOURS,
		...from("AWS EC2 API reference, ModifyVolume: online, six hours between two changes", 39),
	},
	{
		type: token(VOLUME),
		paths: ["finalSnapshot"],
		when: becomes(true),
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then leaves a snapshot" },
		...from(`${SDK} ebs/volume.d.ts`, 95),
	},
	{
		type: token(VOLUME),
		paths: ["finalSnapshot"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete, which then leaves nothing" },
		...from(`${SDK} ebs/volume.d.ts`, 95),
	},
	inPlace(VOLUME, ["tags"], from(`${SDK} ebs/volume.d.ts: tags are changed in place`)),
	inPlace(
		"ebs.Snapshot",
		["tags", "storageTier", "permanentRestore", "temporaryRestoreDays"],
		from(`${PROVIDER}/ec2/ebs_snapshot.go: in place`),
	),
	{
		type: token("ec2.VolumeAttachment"),
		paths: ["forceDetach", "skipDestroy", "stopInstanceBeforeDetaching"],
		effect: { ...quiet, outcome: "no-effect", downtime: NO_DOWNTIME, undoWhy: "only read when it is detached" },
		...from(`${SDK} ec2/volumeAttachment.d.ts`),
	},
];

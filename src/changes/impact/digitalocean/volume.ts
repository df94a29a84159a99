import { grows, shrinks } from "../conditions.ts";
import { created, down, lost, quiet, refused, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { from, PROVIDER, token } from "./source.ts";

const VOLUME = token("Volume");
const ATTACHMENT = token("VolumeAttachment");
const SNAPSHOT = token("VolumeSnapshot");
const away = down("outage", null, "the host has no data while the volume is away");

export const VOLUME_TYPES: readonly TypeRule[] = [
	{
		type: VOLUME,
		word: "data volume",
		kind: "data",
		within: null,
		create: created,
		remove: { ...lost("lost-unless-snapshot", "the volume's files are gone", away), route: "keep-then-retire" },
		replace: replaced({
			downtime: away,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "the new volume is empty and the old one is deleted",
			route: "snapshot-restore",
		}),
		uniqueBy: ["name", "region"],
		capacity: ["size"],
		...from(`${PROVIDER} volume/resource_volume.go:29`, 26, 30, 95),
	},
	{
		type: ATTACHMENT,
		word: "attachment of the data volume",
		kind: "part",
		within: "volumeId",
		create: created,
		remove: { ...removed, downtime: away, data: "kept" },
		replace: replaced({
			downtime: away,
			data: "kept",
			undo: "yes",
			undoWhy: "attach it to the old host again",
			route: "detach-first",
		}),
		uniqueBy: ["volumeId"],
		capacity: [],
		...from(`${PROVIDER} volume/resource_volume_attachment.go`, 26, 92),
	},
	{
		type: SNAPSHOT,
		word: "snapshot of the data volume",
		kind: "data",
		within: null,
		create: created,
		remove: lost("lost", "the copy is gone", down("none", null, "nothing runs on a snapshot", "documented")),
		replace: replaced({
			downtime: down("none", null, "nothing runs on a snapshot", "documented"),
			data: "lost",
			undo: "no",
			undoWhy: "the older copy is gone, the new one shows today",
			route: "snapshot-restore",
		}),
		uniqueBy: ["name"],
		capacity: [],
		...from(`${PROVIDER} snapshot/resource_volume_snapshot.go`, 95),
	},
];

export const VOLUME_RULES: readonly PropertyRule[] = [
	{
		type: VOLUME,
		paths: ["size"],
		when: shrinks,
		effect: refused("a volume never shrinks: the plan itself fails", "keep-size"),
		...from(`${PROVIDER} volume/resource_volume.go:113`, 26),
	},
	{
		type: VOLUME,
		paths: ["size"],
		when: grows,
		effect: {
			...quiet,
			data: "kept",
			undo: "no",
			undoWhy: "a volume never shrinks again; the way back is a smaller one and a copy",
		},
		...from(`${PROVIDER} volume/resource_volume.go:113`, 26),
	},
	{ type: VOLUME, paths: ["tags"], effect: quiet, ...from(`${PROVIDER} volume: in place`) },
	{ type: SNAPSHOT, paths: ["tags"], effect: quiet, ...from(`${PROVIDER} snapshot: in place`) },
];

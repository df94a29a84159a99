import { becomes, losesMembers } from "../conditions.ts";
import { created, down, lost, quiet, refused, removed, replaced, unknownEffect } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { diskFits, diskGrows, diskMayBeTooLarge, diskTooLarge } from "./disk.ts";
import { API, from, PROVIDER, token } from "./source.ts";

const DROPLET = token("Droplet");
const POOL = token("DropletAutoscale");

/** The provider's advice of a minute for each GB in use, for a root disk without images, logs and data. */
const RESIZE = down(
	"restart",
	[1, 10],
	"the host is powered off, resized and started again; count a minute for each GB in use on its root disk",
);
const resized = {
	outcome: "interrupts",
	downtime: RESIZE,
	data: "kept",
	undo: "yes",
	route: "pool-behind-balancer",
} as const;

export const APP_TYPES: readonly TypeRule[] = [
	{
		type: DROPLET,
		word: "host",
		kind: "host",
		within: null,
		create: created,
		remove: lost(
			"lost-unless-snapshot",
			"what only the host's root disk held is gone with it",
			down("outage", null, "nothing answers at its address any more"),
		),
		replace: replaced({
			downtime: down("outage", null, "another host with another address is born, the old one goes with its root disk"),
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "address and root disk of the old host are gone",
			route: "snapshot-restore",
		}),
		uniqueBy: [],
		capacity: ["size", "disk"],
		...from(`${PROVIDER} droplet/resource_droplet.go:845`, 3, 5, 30),
	},
	{
		type: POOL,
		word: "scaled pool of hosts",
		kind: "host",
		within: null,
		create: created,
		remove: {
			...removed,
			downtime: down("outage", null, "the delete takes every member of the pool along"),
			route: "add-pool-drain-remove",
		},
		replace: replaced({
			downtime: down("outage", null, "the delete takes every member of the old pool along"),
			data: "none",
			undo: "yes",
			undoWhy: "members hold nothing of their own",
			route: "add-pool-drain-remove",
		}),
		uniqueBy: ["name"],
		capacity: [],
		...from(`${PROVIDER} dropletautoscale/resource_droplet_autoscale.go:314`, 29),
	},
];

export const APP_RULES: readonly PropertyRule[] = [
	{
		type: DROPLET,
		paths: ["size"],
		when: diskTooLarge,
		effect: refused("a disk never shrinks: the plan's is smaller than the disk the host has", "other-plan"),
		...from(`${API} droplet_actions.yml: a disk cannot be decreased`, 2),
	},
	{
		type: DROPLET,
		paths: ["size"],
		when: diskMayBeTooLarge,
		effect: {
			...resized,
			outcome: "unknown",
			route: "other-plan",
			undoWhy: "resize it back",
			downtime: { ...RESIZE, why: `${RESIZE.why}; refused when the host was born with a larger disk than the plan's` },
		},
		...from(`${API} droplet_actions.yml: a disk cannot be decreased`, 1, 2),
	},
	{
		type: DROPLET,
		paths: ["size"],
		when: diskGrows,
		effect: { ...resized, undo: "no", undoWhy: "the root disk grows with the plan and never shrinks again" },
		...from(`${PROVIDER} droplet/resource_droplet.go:142 and 600`, 1, 2),
	},
	{
		type: DROPLET,
		paths: ["size"],
		when: diskFits,
		effect: { ...resized, undoWhy: "resize it back: CPU and memory change, the root disk stays as it was born" },
		...from(`${PROVIDER} droplet/resource_droplet.go:600`, 1, 2),
	},
	{
		type: DROPLET,
		paths: ["size"],
		effect: {
			...resized,
			outcome: "unknown",
			undo: "unknown",
			undoWhy: "the catalog does not say how large the disks of both plans are",
		},
		...from(`${PROVIDER} droplet/resource_droplet.go:600`, 1, 2),
	},
	{
		type: DROPLET,
		paths: ["ipv6"],
		when: becomes(false),
		effect: replaced({ downtime: RESIZE, data: "lost-unless-snapshot", undo: "no", undoWhy: "the old host is gone" }),
		...from(`${PROVIDER} droplet/resource_droplet.go:312`, 5, 97),
	},
	{
		type: DROPLET,
		paths: ["ipv6"],
		effect: { ...quiet, undo: "partial", undoWhy: "switching it off again replaces the host" },
		...from(`${PROVIDER} droplet/resource_droplet.go:312`, 5),
	},
	{
		type: DROPLET,
		paths: ["tags"],
		when: losesMembers,
		effect: {
			...quiet,
			risks: [
				{
					risk: "exposure",
					why: "a host that loses its tag leaves the firewall, the balancer and the trusted sources",
				},
			],
			undoWhy: "tag it again",
		},
		...from(`${PROVIDER} droplet: tags in place`, 25),
	},
	{ type: DROPLET, paths: ["tags", "name"], effect: quiet, ...from(`${PROVIDER} droplet: in place`, 25) },
	{
		type: DROPLET,
		paths: ["backups"],
		when: becomes(false),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "whole machines are no longer backed up" }],
			undoWhy: "new backups start from nothing",
		},
		...from(`${PROVIDER} droplet/resource_droplet.go:158`),
	},
	{
		type: DROPLET,
		paths: ["backups", "backupPolicy"],
		effect: quiet,
		...from(`${PROVIDER} droplet/resource_droplet.go:158`),
	},
	{
		type: DROPLET,
		paths: ["resizeDisk", "gracefulShutdown"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the next resize or delete" },
		...from(`${PROVIDER} droplet/resource_droplet.go:142`, 2),
	},
	{
		type: POOL,
		paths: ["config"],
		effect: quiet,
		...from(`${PROVIDER} dropletautoscale: in place`, 29),
	},
	{ type: POOL, paths: ["name"], effect: quiet, ...from(`${PROVIDER} dropletautoscale: in place`) },
	{
		type: POOL,
		paths: ["dropletTemplate"],
		effect: {
			...unknownEffect(
				"the provider replaces the members when their template changes, and has no way to say how many at once",
			),
			data: "none",
			undo: "yes",
			undoWhy: "set the template back; members hold nothing of their own",
			route: "add-pool-drain-remove",
		},
		...from(`${PROVIDER} dropletautoscale/resource_droplet_autoscale.go`, 29),
	},
];

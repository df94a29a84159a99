import { otherMembers, otherValue, shrinks } from "../conditions.ts";
import { down, lost, quiet, refused, replaced } from "../effects.ts";
import type { Effect, PropertyRule, TypeRule } from "../rule.ts";
import { otherProcessor } from "./architecture.ts";
import { from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";
import { ONCE_IN_SIX_HOURS } from "./volume.ts";

const HOST = "ec2.Instance";
const hosts = `${PROVIDER}/ec2/ec2_instance.go`;

/** The provider stops the host, changes it and starts it; how long that takes is not documented. */
const RESTART = down("restart", [2, 10], "the host is stopped, changed and started again; only a fixed address stays");
const gone = {
	downtime: down("outage", null, "another host is born and the old one goes with its root disk"),
	data: "lost-unless-snapshot",
	undo: "no",
	undoWhy: "the old host and its root disk are gone",
	route: "snapshot-restore",
} as const;

export const exposing = (why: string): Effect => ({ ...quiet, risks: [{ risk: "exposure", why }] });
export const otherRules = exposing("other security groups say who reaches it");
export const otherRights = exposing("what its hosts may do in the account changes");

/** A host with a number of its own. */
export const HOST_TYPES: readonly TypeRule[] = [
	part(HOST, "host", from(hosts, 36, 37, 38), {
		kind: "host",
		remove: lost(
			"lost-unless-snapshot",
			"what only the host's root disk held is gone with it",
			down("outage", null, "nothing answers at its address any more"),
		),
		replace: replaced(gone),
		capacity: ["instanceType"],
	}),
];

export const HOST_RULES: readonly PropertyRule[] = [
	{
		type: token(HOST),
		paths: ["instanceType"],
		when: otherProcessor,
		effect: replaced({ ...gone, undoWhy: "another processor is another host: the old one and its root disk are gone" }),
		...from(`${hosts}: ForceNewIf the architectures have nothing in common`, 36, 97),
	},
	{
		type: token(HOST),
		paths: ["instanceType"],
		effect: {
			outcome: "interrupts",
			downtime: RESTART,
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, with the same pause",
			route: "pool-behind-balancer",
		},
		...from(`${hosts}: stopped, modified, started`, 36),
	},
	{
		type: token(HOST),
		paths: ["userData", "userDataBase64"],
		when: {
			says: "and the host is replaced by wish",
			holds: ({ newInputs }) => newInputs.userDataReplaceOnChange === true,
		},
		effect: replaced(gone),
		...from(`${hosts}: user_data_replace_on_change`, 37),
	},
	{
		type: token(HOST),
		paths: ["userData", "userDataBase64"],
		effect: {
			outcome: "interrupts",
			downtime: { ...RESTART, why: `${RESTART.why}; the first-boot script does not run again` },
			data: "kept",
			undo: "yes",
			undoWhy: "change it back, with the same pause",
		},
		...from(`${SDK} ec2/instance.d.ts: userData`, 37),
	},
	{
		type: token(HOST),
		paths: ["userDataReplaceOnChange"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the next change of the first-boot script" },
		...from(`${SDK} ec2/instance.d.ts`, 37),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeSize"],
		when: shrinks,
		effect: refused("a disk never shrinks", "keep-size"),
		...from(`${hosts}: grow only`, 38, 39),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeSize"],
		effect: { ...quiet, data: "kept", undo: "no", undoWhy: "a disk never shrinks again" },
		coolDown: ONCE_IN_SIX_HOURS,
		...from(`${hosts}: grow only`, 38, 39),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.volumeType", "rootBlockDevice.iops", "rootBlockDevice.throughput", "rootBlockDevice.tags"],
		effect: quiet,
		...from(`${hosts}: in place`, 38),
	},
	{
		type: token(HOST),
		paths: ["rootBlockDevice.deleteOnTermination"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read when the host is deleted" },
		...from(`${hosts}: in place`, 38),
	},
	{
		type: token(HOST),
		paths: ["metadataOptions"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who on the host may ask for its credentials changes" }] },
		...from(`${hosts}: in place`, 36),
	},
	{
		type: token(HOST),
		paths: ["vpcSecurityGroupIds"],
		when: otherMembers,
		effect: otherRules,
		...from(`${hosts}: in place`, 47),
	},
	{
		type: token(HOST),
		paths: ["iamInstanceProfile"],
		when: otherValue,
		effect: otherRights,
		...from(`${hosts}: in place`, 36),
	},
	inPlace(
		HOST,
		[
			"vpcSecurityGroupIds",
			"iamInstanceProfile",
			"monitoring",
			"creditSpecification",
			"sourceDestCheck",
			"tags",
			"volumeTags",
		],
		from(`${hosts}: in place`, 36),
	),
	inPlace(
		HOST,
		["disableApiTermination", "disableApiStop", "maintenanceOptions", "instanceInitiatedShutdownBehavior"],
		from(`${hosts}: in place`),
	),
	{
		type: token(HOST),
		paths: ["associatePublicIpAddress"],
		effect: replaced(gone),
		...from(`${hosts}: forces a new host in the copies read`, 36),
	},
];

import { becomes, condition, shrinks } from "../conditions.ts";
import { down, lost, quiet, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const QUEUE = "sqs.Queue";
const SOURCE = `${PROVIDER}/sqs/queue.go`;
const gone = down("outage", null, "whoever sends to it or waits on it is refused");

export const QUEUE_TYPES: readonly TypeRule[] = [
	part(QUEUE, "queue", from(SOURCE, 85, 95), {
		kind: "data",
		remove: { ...lost("lost", "messages that wait in it are gone", gone), route: "keep-then-retire" },
		replace: replaced({
			downtime: gone,
			data: "lost",
			undo: "no",
			undoWhy: "messages that wait are lost, and the same name is free only a minute later",
			route: "side-by-side",
		}),
		uniqueBy: ["name"],
	}),
	part("sqs.QueuePolicy", "who may use the queue", from(`${SDK} sqs/queuePolicy.d.ts`), {
		kind: "grant",
		within: "queueUrl",
		uniqueBy: ["queueUrl"],
	}),
	...(["sqs.RedrivePolicy", "sqs.RedriveAllowPolicy"] as const).map((short) =>
		part(short, "where failed messages go", from(`${SDK} ${short.replace(".", "/")}`), {
			within: "queueUrl",
			uniqueBy: ["queueUrl"],
		}),
	),
];

export const QUEUE_RULES: readonly PropertyRule[] = [
	{
		type: token(QUEUE),
		paths: ["messageRetentionSeconds"],
		when: shrinks,
		effect: {
			...quiet,
			data: "lost-unless-snapshot",
			undo: "no",
			undoWhy: "messages older than the new limit are deleted",
			route: "keep-size",
		},
		...from(SOURCE, 85),
	},
	{
		type: token(QUEUE),
		paths: ["sqsManagedSseEnabled"],
		when: becomes(false),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "new messages are stored in clear text" }] },
		...from(SOURCE, 85),
	},
	{
		type: token(QUEUE),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who may use the queue changes" }] },
		...from(SOURCE, 85),
	},
	{
		type: token(QUEUE),
		paths: ["redrivePolicy"],
		when: condition("failed messages go nowhere", ({ new: next }) => next === undefined || next === null),
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "a message that keeps failing is dropped at the end of its time" }],
		},
		...from(SOURCE, 85),
	},
	inPlace(
		QUEUE,
		[
			"contentBasedDeduplication",
			"deduplicationScope",
			"delaySeconds",
			"fifoThroughputLimit",
			"kmsDataKeyReusePeriodSeconds",
			"kmsMasterKeyId",
			"maxMessageSize",
			"messageRetentionSeconds",
			"receiveWaitTimeSeconds",
			"redriveAllowPolicy",
			"redrivePolicy",
			"sqsManagedSseEnabled",
			"tags",
			"visibilityTimeoutSeconds",
		],
		from(`${SOURCE}: in place`, 85),
	),
	{
		type: token("sqs.QueuePolicy"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the policy is not read here, so it counts as wider" }] },
		...from(`${SDK} sqs/queuePolicy.d.ts: in place`),
	},
	inPlace("sqs.RedrivePolicy", ["redrivePolicy"], from(`${SDK} sqs/redrivePolicy.d.ts`)),
	inPlace("sqs.RedriveAllowPolicy", ["redriveAllowPolicy"], from(`${SDK} sqs/redriveAllowPolicy.d.ts`)),
];

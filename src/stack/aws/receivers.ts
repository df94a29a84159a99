import { EventApiDestination } from "@pulumi/aws/cloudwatch/eventApiDestination.js";
import { EventConnection } from "@pulumi/aws/cloudwatch/eventConnection.js";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { type Declare, placeIn } from "./declare.ts";
import { keyPolicy } from "./keyPolicy.ts";
import { policyDocument, trustOf } from "./policyDocument.ts";
import { named, type Site } from "./site.ts";

/** Who is told. */
export interface Receivers {
	readonly email: readonly string[];
	/** Addresses that each change of an alarm is posted to. */
	readonly hooks: readonly Hook[];
}

/** An address that hears of alarms, and what it is sent. */
export interface Hook {
	/** Part of the frozen logical names. */
	readonly name: "slack" | "webhook";
	/** Secret: whoever knows it may post there. */
	readonly url: Output<string>;
	/** Fields of the body beside `text`, such as the channel. In place. */
	readonly fields: Readonly<Record<string, string>>;
}

/** Where alarms of one region go. */
export interface ReceiverArgs {
	readonly site: Site;
	readonly region: string;
	readonly accountId: Input<string>;
	readonly receivers: Receivers;
	/** What names of the stack's alarms begin with, as the engine makes them up. */
	readonly alarmPrefix: string;
}

/** Services that put messages on the topic: alarms, and the budget. */
const SENDERS = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] as const;

/**
 * A topic that alarms are sent to, encrypted with a key of its own: alarms may not use the service's. People by mail
 * confirm once, by a link in the first mail; chat and the team's own address are told by events, since neither can
 * confirm a subscription.
 *
 * @param name logical name of the topic; all that belongs to it begins with it.
 * @returns ARN of the topic, once senders may use it.
 */
export function declareReceivers(declare: Declare, name: string, args: ReceiverArgs): Output<string> {
	const { site, region, accountId, receivers } = args;
	const place = placeIn(site, region);
	const ours = { StringEquals: { "aws:SourceAccount": accountId } };
	const key = declare("key", Key, `${name}-key`, {
		...place,
		description: "What alarms say",
		enableKeyRotation: true,
		policy: keyPolicy(accountId, SENDERS),
	});
	const topic = declare("topic", Topic, name, {
		...place,
		kmsMasterKeyId: key.id,
		tags: named(site, "alarms"),
	});
	const policy = declare("topicPolicy", TopicPolicy, `${name}-policy`, {
		...place,
		arn: topic.arn,
		policy: policyDocument({
			Sid: "Send",
			Effect: "Allow",
			Principal: { Service: [...SENDERS] },
			Action: ["sns:Publish"],
			Resource: topic.arn,
			Condition: ours,
		}),
	});
	for (const endpoint of receivers.email) {
		declare("topicSubscription", TopicSubscription, `${name}-${endpoint}`, {
			...place,
			topic: topic.arn,
			protocol: "email",
			endpoint,
		});
	}
	for (const hook of receivers.hooks) declareHook(declare, name, args, hook);
	return policy.arn;
}

/** What the role that posts is for, by kind of address. A change of it is in place. */
const HOOK_ROLE: Readonly<Record<Hook["name"], string>> = {
	slack: "Tells the chat channel",
	webhook: "Tells the team's own address",
};

/** An alarm's change of state, as one line of text at an address: `{"text": ...}`, as hosts post it too. */
function declareHook(
	declare: Declare,
	name: string,
	{ site, region, accountId, alarmPrefix }: ReceiverArgs,
	{ name: kind, url, fields }: Hook,
): void {
	const place = placeIn(site, region);
	const connection = declare("eventConnection", EventConnection, `${name}-${kind}`, {
		...place,
		description: "Nothing is proved to the hook: its address is the secret",
		authorizationType: "API_KEY",
		authParameters: { apiKey: { key: "X-Sent-By", value: "tierstack" } },
	});
	const hook = declare("eventApiDestination", EventApiDestination, `${name}-${kind}-hook`, {
		...place,
		connectionArn: connection.arn,
		httpMethod: "POST",
		invocationEndpoint: url,
		invocationRateLimitPerSecond: 1,
	});
	const rule = declare("eventRule", EventRule, `${name}-${kind}-rule`, {
		...place,
		description: "Alarms of this stack that change their state",
		eventPattern: interpolate`${accountId}`.apply((account) =>
			JSON.stringify({
				source: ["aws.cloudwatch"],
				"detail-type": ["CloudWatch Alarm State Change"],
				resources: [{ prefix: `arn:aws:cloudwatch:${region}:${account}:alarm:${alarmPrefix}` }],
				detail: { state: { value: ["ALARM", "OK"] } },
			}),
		),
	});
	const role = declare("role", Role, `${name}-${kind}-role`, {
		assumeRolePolicy: trustOf("events.amazonaws.com"),
		description: HOOK_ROLE[kind],
	});
	const policy = declare("rolePolicy", RolePolicy, `${name}-${kind}-rights`, {
		role: role.id,
		policy: policyDocument({ Effect: "Allow", Action: ["events:InvokeApiDestination"], Resource: hook.arn }),
	});
	declare(
		"eventTarget",
		EventTarget,
		`${name}-${kind}-target`,
		{
			...place,
			rule: rule.name,
			arn: hook.arn,
			roleArn: role.arn,
			inputTransformer: {
				inputPaths: {
					name: "$.detail.alarmName",
					state: "$.detail.state.value",
					says: "$.detail.configuration.description",
				},
				inputTemplate: JSON.stringify({ ...fields, text: "<state>: <says> (<name>)" }),
			},
		},
		{ dependsOn: [policy] },
	);
}

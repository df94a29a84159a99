import { Queue as Sqs } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import { RedriveAllowPolicy } from "@pulumi/aws/sqs/redriveAllowPolicy.js";
import { interpolate, type Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { AwsComponent } from "./child.ts";
import { policyDocument } from "./policyDocument.ts";
import { named, type Site } from "./site.ts";

export interface QueueArgs {
	readonly site: Site;
	/** False while it is being retired. */
	readonly guarded: boolean;
}

/** Seconds a worker has for a message before another may take it: longer than any job of the plans. */
const VISIBLE_AFTER_SECONDS = 900;
/** Seconds a request for work waits, so that empty answers are not paid for; the most there is. */
const WAIT_SECONDS = 20;
/** Seconds a message waits for a worker: the service's default of four days, and the most, fourteen, once it failed. */
const KEEP_SECONDS = 4 * 86_400;
const KEEP_FAILED_SECONDS = 14 * 86_400;
/** Times a message is tried before it is set aside. */
const TRIES = 5;

/**
 * Work that waits, in SQS: encrypted, TLS only, in more than one zone by itself. A message that failed five times is
 * set aside in a queue of its own, where an alarm finds it. The same in every tier: name and kind never change, since
 * that would lose what waits.
 */
export class Queue extends AwsComponent {
	readonly queue: Sqs;
	/** Messages that failed too often. */
	readonly failed: Sqs;
	/** Address the application sends to and takes from. */
	readonly url: Output<string>;

	constructor(args: QueueArgs) {
		super("queue", "queue", args.site);
		const guard = { protect: args.guarded && isProtected("data", args.site.protect) };
		const both = { sqsManagedSseEnabled: true, receiveWaitTimeSeconds: WAIT_SECONDS };
		this.failed = this.declare(
			"queue",
			Sqs,
			"queue-failed",
			{ ...both, messageRetentionSeconds: KEEP_FAILED_SECONDS, tags: named(args.site, "queue", "failed") },
			guard,
		);
		this.queue = this.declare(
			"queue",
			Sqs,
			"queue",
			{
				...both,
				messageRetentionSeconds: KEEP_SECONDS,
				visibilityTimeoutSeconds: VISIBLE_AFTER_SECONDS,
				redrivePolicy: this.failed.arn.apply((deadLetterTargetArn) =>
					JSON.stringify({ deadLetterTargetArn, maxReceiveCount: TRIES }),
				),
				tags: named(args.site, "queue"),
			},
			guard,
		);
		this.declare("queueRedriveAllow", RedriveAllowPolicy, "queue-failed-source", {
			queueUrl: this.failed.url,
			redriveAllowPolicy: this.queue.arn.apply((arn) =>
				JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arn] }),
			),
		});
		for (const [name, queue] of [
			["queue", this.queue],
			["queue-failed", this.failed],
		] as const) {
			this.declare("queuePolicy", QueuePolicy, `${name}-policy`, {
				queueUrl: queue.url,
				policy: policyDocument({
					Sid: "OnlyByTls",
					Effect: "Deny",
					Principal: "*",
					Action: ["sqs:*"],
					Resource: interpolate`${queue.arn}`,
					Condition: { Bool: { "aws:SecureTransport": "false" } },
				}),
			});
		}
		this.url = this.queue.url;
		this.registerOutputs({ url: this.url });
	}
}

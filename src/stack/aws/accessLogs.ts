import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { type Input, interpolate, type Resource } from "@pulumi/pulumi";
import { closeBucket, declareBucket, OWN_CONTENT } from "./bucket.ts";
import type { Declare } from "./declare.ts";
import type { Site } from "./site.ts";

/** Bucket that requests are logged to, and what has to stand before they can be. */
export interface AccessLogs {
	readonly bucket: Input<string>;
	/** Folder of the logs. */
	readonly prefix: string;
	readonly ready: readonly Resource[];
}

/** Days a log of requests stays: long enough to look into a complaint, short for what visitors did. */
const LOG_DAYS = 90;
/** Folder in the bucket. */
const PREFIX = "requests";

/**
 * Private bucket that the service of load balancers writes to, and nobody else. Logs are no data of the application's:
 * they go with the balancer.
 */
export function accessLogs(declare: Declare, parent: Resource, site: Site): AccessLogs {
	const owned = declareBucket(declare, "load-balancer-logs", site, {
		...OWN_CONTENT,
		expireDays: LOG_DAYS,
		forceDestroy: true,
	});
	const { arn, bucket } = owned.bucket;
	const { accountId } = getCallerIdentityOutput({}, { parent });
	const policy = closeBucket(declare, "load-balancer-logs", site, owned, [
		{
			Sid: "Deliver",
			Effect: "Allow",
			Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
			Action: ["s3:PutObject"],
			Resource: interpolate`${arn}/${PREFIX}/AWSLogs/${accountId}/*`,
		},
	]);
	return { bucket, prefix: PREFIX, ready: [policy] };
}

import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { type Input, interpolate } from "@pulumi/pulumi";
import { type BucketArgs, closeBucket, declareBucket, logRequests, OWN_CONTENT, type OwnedBucket } from "./bucket.ts";
import { AwsComponent } from "./child.ts";
import type { Declare } from "./declare.ts";
import type { Statement } from "./policyDocument.ts";
import { replicate } from "./replication.ts";
import type { Site } from "./site.ts";

export interface FilesArgs {
	readonly site: Site;
	/** Bucket of uploads and images; null = they live on the host's volume. */
	readonly files: BucketArgs | null;
	/** Region each object is copied to, such as `us-west-2`; null = none. Turned off: the copy that is there stays. */
	readonly copyRegion: string | null;
}

/** Days a log of requests stays: long enough to look into a complaint, short for what visitors did. */
const LOG_DAYS = 90;

/**
 * Object storage: the bucket of uploads and images where the tier has one, its copy in a second region, and a bucket
 * for the logs of requests to the stack's buckets.
 */
export class Files extends AwsComponent {
	readonly files: OwnedBucket | null;
	/** Bucket that logs of requests are delivered to, in folders by what they are about. */
	readonly logs: OwnedBucket;
	readonly #site: Site;

	constructor(args: FilesArgs) {
		super("files", "files", args.site);
		const { site, files, copyRegion } = args;
		const declare: Declare = this.declare.bind(this);
		this.#site = site;
		this.logs = declareBucket(declare, "files-logs", site, {
			...OWN_CONTENT,
			expireDays: LOG_DAYS,
			forceDestroy: true,
		});
		const { accountId } = getCallerIdentityOutput({}, { parent: this });
		closeBucket(declare, "files-logs", site, this.logs, [
			delivery(this.logs, accountId, "logging.s3.amazonaws.com", "Requests"),
			delivery(this.logs, accountId, "delivery.logs.amazonaws.com", "Edge"),
		]);
		// A copy is made of versions, so they are kept on both sides, whatever the plan says of them.
		const copied = files === null || copyRegion === null ? files : { ...files, versioning: true };
		this.files = copied === null ? null : declareBucket(declare, "files", site, copied);
		if (this.files !== null) logRequests(declare, "files", this.files, this.logs.bucket);
		if (this.files !== null && copied !== null && copyRegion !== null) {
			const copy = declareBucket(
				declare,
				"files-copy",
				site,
				{ ...copied, origins: [], guarded: false, outlives: true },
				copyRegion,
			);
			closeBucket(declare, "files-copy", site, copy);
			replicate(declare, "files", this.files, copy);
		}
		this.registerOutputs({ bucket: this.files?.bucket.bucket });
	}

	/**
	 * Closes the bucket of files but for TLS, and lets an edge read it. Its own step, because the edge is known only
	 * after the bucket: call it once, with or without an edge.
	 */
	admit(distributionArn: Input<string> | null): void {
		if (this.files === null) return;
		const { arn } = this.files.bucket;
		const edge: Statement[] =
			distributionArn === null
				? []
				: [
						{
							Sid: "Edge",
							Effect: "Allow",
							Principal: { Service: "cloudfront.amazonaws.com" },
							Action: ["s3:GetObject"],
							Resource: interpolate`${arn}/*`,
							Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
						},
					];
		closeBucket(this.declare.bind(this), "files", this.#site, this.files, edge);
	}
}

/** A service of this account that may write logs, and nothing else. */
function delivery({ bucket }: OwnedBucket, accountId: Input<string>, service: string, sid: string): Statement {
	return {
		Sid: sid,
		Effect: "Allow",
		Principal: { Service: service },
		Action: ["s3:PutObject"],
		Resource: interpolate`${bucket.arn}/*`,
		Condition: { StringEquals: { "aws:SourceAccount": accountId } },
	};
}

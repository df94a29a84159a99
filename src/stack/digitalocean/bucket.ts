import { SpacesBucket } from "@pulumi/digitalocean/spacesBucket.js";
import { SpacesBucketCorsConfiguration } from "@pulumi/digitalocean/spacesBucketCorsConfiguration.js";
import { SpacesKey } from "@pulumi/digitalocean/spacesKey.js";
import type { Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import type { Site } from "./site.ts";

/** A bucket of the stack. */
export interface BucketArgs {
	/** Whether overwritten and deleted objects can be brought back. Off only stops new versions. In place. */
	readonly versioning: boolean;
	/** Days until a superseded version goes; null = never. In place. */
	readonly supersededDays: number | null;
	/** Origins whose pages may upload straight to the bucket, such as `https://shop.example.com`; none = no browser may. */
	readonly origins: readonly string[];
	/**
	 * Whether what lies in the bucket is encrypted with a password made from the key's secret: then the key is as
	 * precious as the bucket, and lives and goes with it.
	 */
	readonly keyOpensData: boolean;
	/** False while the bucket is being retired. */
	readonly guarded: boolean;
}

/** A bucket with the one key that reads and writes it, and nothing else. */
export interface OwnedBucket {
	readonly bucket: SpacesBucket;
	readonly key: SpacesKey;
}

/** What a host needs to reach a bucket. */
interface BucketAccess {
	readonly name: Output<string>;
	readonly region: string;
	readonly endpoint: Output<string>;
	readonly accessKey: Output<string>;
	/** Secret. */
	readonly secretKey: Output<string>;
}

/** Unfinished uploads are paid for and seen by nobody. */
const ABORT_UPLOAD_DAYS = 7;

/** Base of the components that own buckets: private, protected, versioned by tier, a key each. */
export abstract class BucketComponent extends DigitalOceanComponent {
	protected bucket(name: string, site: Site, args: BucketArgs, region = site.region): OwnedBucket {
		const guard = { protect: args.guarded && isProtected("data", site.protect) };
		const bucket = this.declare(
			"spacesBucket",
			SpacesBucket,
			name,
			{
				region,
				acl: "private",
				forceDestroy: false,
				versioning: { enabled: args.versioning },
				lifecycleRules: [
					{
						enabled: true,
						abortIncompleteMultipartUploadDays: ABORT_UPLOAD_DAYS,
						...(args.supersededDays === null ? {} : { noncurrentVersionExpiration: { days: args.supersededDays } }),
					},
				],
			},
			// A new name is no replacement to the provider: it would keep the old bucket and believe in the new name.
			{ ...guard, replaceOnChanges: ["name"] },
		);
		if (args.origins.length > 0) {
			this.declare("spacesBucketCorsConfiguration", SpacesBucketCorsConfiguration, `${name}-cors`, {
				bucket: bucket.name,
				region,
				corsRules: [
					{
						allowedMethods: ["GET", "PUT", "HEAD"],
						allowedOrigins: [...args.origins],
						allowedHeaders: ["*"],
						maxAgeSeconds: 3600,
					},
				],
			});
		}
		const key = this.declare(
			"spacesKey",
			SpacesKey,
			`${name}-key`,
			{ grants: [{ bucket: bucket.name, permission: "readwrite" }] },
			args.keyOpensData ? guard : {},
		);
		return { bucket, key };
	}
}

/** What a host is told about a bucket. */
export function accessTo({ bucket, key }: OwnedBucket, region: string): BucketAccess {
	return {
		name: bucket.name,
		region,
		endpoint: bucket.endpoint,
		accessKey: key.accessKey,
		secretKey: key.secretKey,
	};
}

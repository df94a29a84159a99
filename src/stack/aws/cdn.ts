import { CachePolicy } from "@pulumi/aws/cloudfront/cachePolicy.js";
import { Distribution } from "@pulumi/aws/cloudfront/distribution.js";
import { OriginAccessControl } from "@pulumi/aws/cloudfront/originAccessControl.js";
import { LogDelivery } from "@pulumi/aws/cloudwatch/logDelivery.js";
import { LogDeliveryDestination } from "@pulumi/aws/cloudwatch/logDeliveryDestination.js";
import { LogDeliverySource } from "@pulumi/aws/cloudwatch/logDeliverySource.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { type Input, interpolate, type Output, output } from "@pulumi/pulumi";
import type { OwnedBucket } from "./bucket.ts";
import { cdnCertificate, EDGE_REGION } from "./cdnCertificate.ts";
import { AwsComponent } from "./child.ts";
import { placeIn } from "./declare.ts";
import { named, type Site } from "./site.ts";
import { zonesOf } from "./zone.ts";

export interface CdnArgs {
	readonly site: Site;
	/** Bucket whose objects are served; only the edge may read it. In place. */
	readonly origin: OwnedBucket;
	/** Bucket each request is logged to. */
	readonly logs: OwnedBucket;
	/** Seconds an object stays at the edge without being asked for again. In place. */
	readonly ttlSeconds: number;
	/**
	 * Host name of the edge, such as `cdn.example.com`, in a zone of Route 53; null = a name of the provider's, whose
	 * certificate the provider also speaks TLS 1.0 with: it leaves no choice.
	 */
	readonly alias: string | null;
}

/** Headers against framing, sniffing and plain HTTP: the provider's own policy (AWS CloudFront developer guide). */
const SECURITY_HEADERS = "67f7725c-6f97-4210-82d7-5512b31e9d03";
const ORIGIN = "files";
/** Longest an object may stay when it says so itself: a day. */
const LONGEST_TTL_SECONDS = 86_400;

/** Copies of the bucket near the users, over HTTPS only; the bucket itself stays closed to everybody else. */
export class Cdn extends AwsComponent {
	readonly distribution: Distribution;
	readonly host: Output<string>;

	constructor(args: CdnArgs) {
		super("cdn", "cdn", args.site);
		const { site, alias } = args;
		const access = this.declare("originAccessControl", OriginAccessControl, "cdn-access", {
			originAccessControlOriginType: "s3",
			signingBehavior: "always",
			signingProtocol: "sigv4",
		});
		const policy = this.declare("cachePolicy", CachePolicy, "cdn-cache", {
			minTtl: 0,
			defaultTtl: args.ttlSeconds,
			maxTtl: LONGEST_TTL_SECONDS,
			parametersInCacheKeyAndForwardedToOrigin: {
				cookiesConfig: { cookieBehavior: "none" },
				headersConfig: { headerBehavior: "none" },
				queryStringsConfig: { queryStringBehavior: "none" },
				enableAcceptEncodingBrotli: true,
				enableAcceptEncodingGzip: true,
			},
		});
		this.distribution = this.declare("distribution", Distribution, "cdn", {
			enabled: true,
			isIpv6Enabled: true,
			httpVersion: "http2and3",
			// United States and Europe, which is what the estimate counts.
			priceClass: "PriceClass_100",
			comment: site.owner.join("-"),
			origins: [
				{
					originId: ORIGIN,
					domainName: args.origin.bucket.bucketRegionalDomainName,
					originAccessControlId: access.id,
				},
			],
			defaultCacheBehavior: {
				targetOriginId: ORIGIN,
				viewerProtocolPolicy: "redirect-to-https",
				allowedMethods: ["GET", "HEAD"],
				cachedMethods: ["GET", "HEAD"],
				compress: true,
				cachePolicyId: policy.id,
				responseHeadersPolicyId: SECURITY_HEADERS,
			},
			restrictions: { geoRestriction: { restrictionType: "none" } },
			...this.#naming(site, alias),
			tags: named(site, "cdn"),
		});
		this.host = alias === null ? this.distribution.domainName : output(alias);
		if (alias !== null) this.#records(alias);
		this.#logs(site, args.logs.bucket.arn);
		this.registerOutputs({ host: this.host });
	}

	#naming(site: Site, alias: string | null) {
		if (alias === null) return { viewerCertificate: { cloudfrontDefaultCertificate: true } };
		return {
			aliases: [alias],
			viewerCertificate: {
				acmCertificateArn: cdnCertificate(this.declare.bind(this), this, site, alias),
				sslSupportMethod: "sni-only",
				// TLS 1.2 and 1.3.
				minimumProtocolVersion: "TLSv1.2_2021",
			},
		};
	}

	#records(alias: string): void {
		const { domainName, hostedZoneId } = this.distribution;
		for (const type of ["A", "AAAA"] as const) {
			this.declare("record", DnsRecord, `cdn-record-${type.toLowerCase()}`, {
				zoneId: zonesOf(this)(alias),
				name: alias,
				type,
				aliases: [{ name: domainName, zoneId: hostedZoneId, evaluateTargetHealth: false }],
			});
		}
	}

	#logs(site: Site, bucketArn: Input<string>): void {
		const region = placeIn(site, EDGE_REGION);
		const source = this.declare("logDeliverySource", LogDeliverySource, "cdn-log", {
			...region,
			logType: "ACCESS_LOGS",
			resourceArn: this.distribution.arn,
		});
		const destination = this.declare("logDeliveryDestination", LogDeliveryDestination, "cdn-log-bucket", {
			...region,
			outputFormat: "json",
			deliveryDestinationConfiguration: { destinationResourceArn: interpolate`${bucketArn}/cdn` },
		});
		this.declare("logDelivery", LogDelivery, "cdn-log-delivery", {
			...region,
			deliverySourceName: source.name,
			deliveryDestinationArn: destination.arn,
		});
	}
}

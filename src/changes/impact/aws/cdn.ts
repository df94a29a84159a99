import { becomesValue, isUnset, losesMembers } from "../conditions.ts";
import { down, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, part, SDK, token } from "./source.ts";

const CDN = "cloudfront.Distribution";
const source = `${CFN} AWS::CloudFront::Distribution; ${SDK} cloudfront/distribution.d.ts`;
const gone = down("outage", null, "its host name answers nothing; pages and names must point elsewhere first");

export const CDN_TYPES: readonly TypeRule[] = [
	part(CDN, "CDN", from(source, 86), {
		remove: {
			...removed,
			downtime: gone,
			undo: "partial",
			undoWhy: "a new one has another host name",
			route: "address-first",
		},
		replace: replaced({
			downtime: gone,
			data: "none",
			undo: "partial",
			undoWhy: "the old host name does not come back",
			route: "address-first",
		}),
	}),
	part(
		"cloudfront.OriginAccessControl",
		"CDN's key to the bucket",
		from(`${CFN} AWS::CloudFront::OriginAccessControl`),
		{
			heldBy: "the CDN still signs with it",
			uniqueBy: ["name"],
			remove: { ...removed, downtime: down("outage", null, "the bucket refuses the CDN") },
		},
	),
	...(["cloudfront.CachePolicy", "cloudfront.OriginRequestPolicy", "cloudfront.ResponseHeadersPolicy"] as const).map(
		(short) =>
			part(short, "rules of the CDN", from(`${SDK} ${short.replace(".", "/")}`), {
				heldBy: "the CDN still uses it",
				uniqueBy: ["name"],
			}),
	),
	part("cloudfront.Function", "code at the CDN's edge", from(`${CFN} AWS::CloudFront::Function`), {
		heldBy: "the CDN still runs it",
		uniqueBy: ["name"],
	}),
	part(
		"cloudfront.MonitoringSubscription",
		"more figures of the CDN",
		from(`${SDK} cloudfront/monitoringSubscription.d.ts`),
	),
];

export const CDN_RULES: readonly PropertyRule[] = [
	{
		type: token(CDN),
		paths: ["enabled"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: gone,
			undoWhy: "switch it on again; minutes to tens of minutes",
		},
		...from(source, 86),
	},
	{
		type: token(CDN),
		paths: ["viewerCertificate.minimumProtocolVersion"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "which protocols visitors may use changes" }] },
		...from(source, 86),
	},
	{
		type: token(CDN),
		paths: ["webAclId"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "which requests the web firewall turns away changes" }] },
		...from(source, 50, 86),
	},
	{
		type: token(CDN),
		paths: ["aliases"],
		when: losesMembers,
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "the names that are taken out are refused"),
			undoWhy: "take them in again; minutes to tens of minutes",
		},
		...from(source, 86),
	},
	{
		type: token(CDN),
		paths: ["defaultCacheBehavior.viewerProtocolPolicy"],
		when: becomesValue("allow-all"),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "files are served in clear text too" }] },
		...from(source, 86),
	},
	{
		type: token(CDN),
		paths: ["loggingConfig"],
		when: isUnset,
		effect: { ...quiet, risks: [{ risk: "recovery-gap", why: "who asked for what is no longer written down" }] },
		...from(source, 86),
	},
	inPlace(
		CDN,
		[
			"aliases",
			"comment",
			"customErrorResponses",
			"defaultCacheBehavior",
			"defaultRootObject",
			"httpVersion",
			"isIpv6Enabled",
			"loggingConfig",
			"orderedCacheBehaviors",
			"originGroups",
			"origins",
			"priceClass",
			"restrictions",
			"tags",
			"viewerCertificate",
		],
		from(`${source}: in place, spread over minutes`, 86),
	),
	{
		type: token(CDN),
		paths: ["waitForDeployment", "retainOnDelete"],
		effect: {
			...quiet,
			outcome: "no-effect",
			downtime: NO_DOWNTIME,
			undoWhy: "only how long the engine waits, or what the delete does",
		},
		...from(source, 86),
	},
	inPlace(
		"cloudfront.OriginAccessControl",
		["name", "description", "originAccessControlOriginType", "signingBehavior", "signingProtocol"],
		from(`${CFN} AWS::CloudFront::OriginAccessControl: in place`),
	),
	inPlace(
		"cloudfront.CachePolicy",
		["name", "comment", "defaultTtl", "maxTtl", "minTtl", "parametersInCacheKeyAndForwardedToOrigin"],
		from(`${SDK} cloudfront/cachePolicy.d.ts`),
	),
	inPlace(
		"cloudfront.OriginRequestPolicy",
		["name", "comment", "cookiesConfig", "headersConfig", "queryStringsConfig"],
		from(`${SDK} cloudfront/originRequestPolicy.d.ts`),
	),
	inPlace(
		"cloudfront.ResponseHeadersPolicy",
		[
			"name",
			"comment",
			"corsConfig",
			"customHeadersConfig",
			"removeHeadersConfig",
			"securityHeadersConfig",
			"serverTimingHeadersConfig",
		],
		from(`${SDK} cloudfront/responseHeadersPolicy.d.ts`),
	),
	inPlace(
		"cloudfront.Function",
		["code", "comment", "publish", "runtime", "keyValueStoreAssociations"],
		from(`${CFN} AWS::CloudFront::Function: in place`),
	),
	inPlace(
		"cloudfront.MonitoringSubscription",
		["monitoringSubscription", "distributionId"],
		from(`${SDK} cloudfront/monitoringSubscription.d.ts`),
	),
];

import type { Provider } from "@pulumi/aws/provider.js";
import { type NameRule, physicalName } from "../names.ts";
import type { Protection } from "../protection.ts";

/*
 * Sources of the limits: @pulumi/aws 7.48.0 (documentation of the `name` inputs) and the AWS service references as
 * gathered on 2026-11-21. Names that nobody must know are made up by the engine; these rules are for the ones that
 * users see or that have to be unique.
 */

/** Names AWS takes, by kind of thing. */
export const NAME_RULES = {
	/** Load balancers and target groups: no hyphen at either end. */
	balancer: {
		max: 32,
		illegal: /[^a-zA-Z0-9-]/g,
		lowerCase: false,
		separator: "-",
		source: "@pulumi/aws 7.48.0, lb/loadBalancer.d.ts and lb/targetGroup.d.ts, `name`",
	},
	/** Instances and clusters of RDS: lower case, a letter first, no two hyphens in a row. */
	database: {
		max: 63,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		singleHyphens: true,
		source: "AWS RDS API reference, DBInstanceIdentifier, read 2026-11-21",
	},
	/** Buckets: one name space for everybody, so the engine's random end makes them unique. */
	bucket: {
		max: 63,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		source: "AWS S3 user guide, bucket naming rules, read 2026-11-21",
	},
	/** Replication groups of ElastiCache: a letter first, no two hyphens in a row. */
	cache: {
		max: 40,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		singleHyphens: true,
		source: "AWS ElastiCache API reference, ReplicationGroupId, read 2026-11-21",
	},
	/** Roles and instance profiles. */
	role: {
		max: 64,
		illegal: /[^a-zA-Z0-9+=,.@_-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS IAM quotas, role names, read 2026-11-21",
	},
	/** Clusters of EKS. */
	cluster: {
		max: 100,
		illegal: /[^a-zA-Z0-9_-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS EKS API reference, CreateCluster, read 2026-11-21",
	},
	/** Queues; room for `.fifo` is not needed. */
	queue: {
		max: 80,
		illegal: /[^a-zA-Z0-9_-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS SQS API reference, CreateQueue, read 2026-11-21",
	},
	/** Pages of CloudWatch. */
	dashboard: {
		max: 255,
		illegal: /[^a-zA-Z0-9_-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS CloudWatch API reference, PutDashboard, read 2026-11-21",
	},
	/** Vaults of AWS Backup. */
	vault: {
		max: 50,
		illegal: /[^a-zA-Z0-9_-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS Backup API reference, CreateBackupVault, read 2026-11-21",
	},
	/** What the `Name` tag of a thing may be. */
	tag: {
		max: 256,
		illegal: /[^a-zA-Z0-9 _.:/=+@-]/g,
		lowerCase: false,
		separator: "-",
		source: "AWS EC2 user guide, tag restrictions, read 2026-11-21",
	},
} as const satisfies Record<string, NameRule>;

/** What every component of a stack shares. None of it differs between tiers. */
export interface Site {
	/** Region code, such as `us-east-1`. Fixed once deployed: nearly everything is regional. */
	readonly region: string;
	/** Ladder and stack: first parts of every name users see. */
	readonly owner: readonly [ladder: string, stack: string];
	/** Provider of the stack: region and default tags. Children inherit it from their component. */
	readonly provider: Provider;
	/** What the engine refuses to delete: what holds data, or also what users reach. */
	readonly protect: Protection;
}

/** Tags of everything that takes tags, set by the provider: whose it is, and who manages it. */
export function defaultTags(ladder: string, stack: string): Readonly<Record<string, string>> {
	return { tierstack: `${ladder}-${stack}`, "tierstack:ladder": ladder, "tierstack:stack": stack };
}

/** Name users see of a thing of this stack, such as `wizamart-prod-app-1`. */
export function nameOf(site: Pick<Site, "owner">, rule: NameRule, ...parts: readonly string[]): string {
	return physicalName(rule, [...site.owner, ...parts]);
}

/** Tags that make a thing findable in the console; the provider adds the stack's own. */
export function named(site: Site, ...parts: readonly string[]): { readonly Name: string } {
	return { Name: nameOf(site, NAME_RULES.tag, ...parts) };
}

/**
 * The same with the stack's own, where the provider adds none: groups that scale, and what is born from a template
 * (@pulumi/aws 7.48.0, ec2/launchTemplate.d.ts, `tagSpecifications`; getDefaultTags.d.ts).
 */
export function fullyTagged(site: Site, ...parts: readonly string[]): Readonly<Record<string, string>> {
	return { ...defaultTags(...site.owner), ...named(site, ...parts) };
}

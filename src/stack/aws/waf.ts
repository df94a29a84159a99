import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation.js";
import { WebAclLoggingConfiguration } from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import type { Input } from "@pulumi/pulumi";
import type { Declare } from "./declare.ts";
import { NAME_RULES, named, nameOf, type Site } from "./site.ts";

export interface FirewallArgs {
	readonly site: Site;
	/** Load balancer it stands before. */
	readonly balancerArn: Input<string>;
	/** Requests one address may make in five minutes; more are refused. 10 at least. In place. */
	readonly requestsPerWindow: number;
}

/** Seconds over which requests are counted. */
const WINDOW_SECONDS = 300;
/** Days after which the log of requests goes. */
const LOG_DAYS = 30;
/** Log groups of this service have to begin so (AWS WAF developer guide, logging). */
const LOG_PREFIX = "aws-waf-logs-";
/** What is never written down of a request: who is logged in. */
const REDACTED = ["authorization", "cookie"];

/**
 * Groups of rules that AWS keeps up to date, in the order in which they are asked. The rule that refuses bodies above
 * 8 KB only counts: uploads are what these products do, and the hosts' own proxy has the plan's limit.
 */
const GROUPS = [
	{ name: "AWSManagedRulesCommonRuleSet", counted: ["SizeRestrictions_BODY"] },
	{ name: "AWSManagedRulesKnownBadInputsRuleSet", counted: [] },
] as const;

/** Firewall of the load balancer: common attacks, known bad inputs, and too many requests from one address. */
export function firewall(declare: Declare, args: FirewallArgs): void {
	const { site } = args;
	const metric = (name: string) => ({
		cloudwatchMetricsEnabled: true,
		metricName: `load-balancer-firewall-${name}`,
		sampledRequestsEnabled: true,
	});
	const acl = declare("webAcl", WebAcl, "load-balancer-firewall", {
		scope: "REGIONAL",
		description: "Before the load balancer of the stack",
		defaultAction: { allow: {} },
		rules: [
			{
				name: "rate",
				priority: 0,
				action: { block: {} },
				statement: {
					rateBasedStatement: {
						aggregateKeyType: "IP",
						limit: args.requestsPerWindow,
						evaluationWindowSec: WINDOW_SECONDS,
					},
				},
				visibilityConfig: metric("rate"),
			},
			...GROUPS.map(({ name, counted }, index) => ({
				name,
				priority: index + 1,
				overrideAction: { none: {} },
				statement: {
					managedRuleGroupStatement: {
						vendorName: "AWS",
						name,
						ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
					},
				},
				visibilityConfig: metric(name),
			})),
		],
		visibilityConfig: metric("all"),
		tags: named(site, "firewall"),
	});
	declare("webAclAssociation", WebAclAssociation, "load-balancer-firewall-association", {
		resourceArn: args.balancerArn,
		webAclArn: acl.arn,
	});
	const logs = declare("logGroup", LogGroup, "load-balancer-firewall-logs", {
		name: `${LOG_PREFIX}${nameOf(site, NAME_RULES.cluster, "firewall")}`,
		retentionInDays: LOG_DAYS,
	});
	declare("webAclLoggingConfiguration", WebAclLoggingConfiguration, "load-balancer-firewall-logging", {
		resourceArn: acl.arn,
		logDestinationConfigs: [logs.arn],
		redactedFields: REDACTED.map((name) => ({ singleHeader: { name } })),
	});
}

/** Requests in the window the rule counts by, from the plan's rate a second for one address. */
export function windowOf(ratePerSecond: number): number {
	return Math.max(10, Math.ceil(ratePerSecond * WINDOW_SECONDS));
}

import { becomes, shrinks } from "../conditions.ts";
import { down, lost, NO_DOWNTIME, quiet, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, part, SDK, token } from "./source.ts";

const silent = { ...removed, undoWhy: "create it again; nobody is told meanwhile" };
const logGone = {
	...lost("lost", "what it logged is gone", down("none", null, "nothing reads from it", "documented")),
	route: "keep-then-retire",
} as const;

export const MONITORING_TYPES: readonly TypeRule[] = [
	part("cloudwatch.MetricAlarm", "alarm", from(`${CFN} AWS::CloudWatch::Alarm`), {
		kind: "alarm",
		remove: silent,
		uniqueBy: ["name"],
	}),
	part("cloudwatch.CompositeAlarm", "alarm over alarms", from(`${CFN} AWS::CloudWatch::CompositeAlarm`), {
		kind: "alarm",
		remove: silent,
		uniqueBy: ["alarmName"],
	}),
	part("cloudwatch.Dashboard", "dashboard", from(`${CFN} AWS::CloudWatch::Dashboard`), { uniqueBy: ["dashboardName"] }),
	part("cloudwatch.LogGroup", "log", from(`${CFN} AWS::Logs::LogGroup`, 91, 95), {
		kind: "data",
		remove: logGone,
		replace: replaced({
			downtime: NO_DOWNTIME,
			data: "lost",
			undo: "no",
			undoWhy: "the older lines are gone",
			route: "keep-then-retire",
		}),
		uniqueBy: ["name"],
	}),
	part("cloudwatch.LogDeliverySource", "what is logged", from(`${CFN} AWS::Logs::DeliverySource`), {
		heldBy: "a delivery still takes from it",
		uniqueBy: ["name"],
		remove: silent,
	}),
	part("cloudwatch.LogDeliveryDestination", "where logs go", from(`${CFN} AWS::Logs::DeliveryDestination`), {
		heldBy: "a delivery still leads to it",
		uniqueBy: ["name"],
		remove: silent,
	}),
	part("cloudwatch.LogDelivery", "way of logs", from(`${CFN} AWS::Logs::Delivery`), { remove: silent }),
	part("cloudwatch.LogMetricFilter", "count over a log", from(`${CFN} AWS::Logs::MetricFilter`), {
		within: "logGroupName",
		remove: silent,
	}),
	part("cloudwatch.LogResourcePolicy", "who may write a log", from(`${SDK} cloudwatch/logResourcePolicy.d.ts`), {
		kind: "grant",
	}),
	part("cloudwatch.EventRule", "rule on events", from(`${CFN} AWS::Events::Rule`), {
		remove: silent,
		uniqueBy: ["name"],
	}),
	part("cloudwatch.EventTarget", "where events go", from(`${SDK} cloudwatch/eventTarget.d.ts`), {
		within: "rule",
		remove: silent,
	}),
	part("cloudwatch.EventConnection", "login at an address", from(`${CFN} AWS::Events::Connection`), {
		remove: silent,
		uniqueBy: ["name"],
		heldBy: "an address still uses it",
	}),
	part("cloudwatch.EventApiDestination", "address that is told", from(`${CFN} AWS::Events::ApiDestination`), {
		remove: silent,
		uniqueBy: ["name"],
	}),
	part("sns.Topic", "topic that messages go to", from(`${CFN} AWS::SNS::Topic`, 87), {
		remove: { ...silent, undo: "partial", undoWhy: "subscribers must confirm again" },
		replace: replaced({
			downtime: NO_DOWNTIME,
			data: "none",
			undo: "partial",
			undoWhy: "subscribers must confirm again; nobody is told meanwhile",
		}),
		uniqueBy: ["name"],
	}),
	part("sns.TopicPolicy", "who may write to the topic", from(`${SDK} sns/topicPolicy.d.ts`), {
		kind: "grant",
		within: "arn",
		uniqueBy: ["arn"],
	}),
	part("sns.TopicSubscription", "who is told", from(`${CFN} AWS::SNS::Subscription`, 87), {
		within: "topic",
		remove: silent,
		replace: replaced({
			downtime: NO_DOWNTIME,
			data: "none",
			undo: "partial",
			undoWhy: "whoever is told must confirm again",
		}),
	}),
	part("cloudtrail.Trail", "log of what is done in the account", from(`${CFN} AWS::CloudTrail::Trail`), {
		remove: {
			...silent,
			risks: [{ risk: "recovery-gap", why: "what is done in the account is no longer written down" }],
		},
		uniqueBy: ["name"],
	}),
	part("budgets.Budget", "budget", from(`${CFN} AWS::Budgets::Budget`), { remove: silent, priced: ["limitAmount"] }),
	part("route53.HealthCheck", "check from outside", from(`${CFN} AWS::Route53::HealthCheck`), { remove: silent }),
	part("appautoscaling.Target", "what may grow by itself", from(`${CFN} AWS::ApplicationAutoScaling::ScalableTarget`), {
		uniqueBy: ["resourceId", "scalableDimension", "serviceNamespace"],
	}),
	part("appautoscaling.Policy", "rule by which it grows", from(`${CFN} AWS::ApplicationAutoScaling::ScalingPolicy`)),
];

export const MONITORING_RULES: readonly PropertyRule[] = [
	{
		type: token("cloudwatch.LogGroup"),
		paths: ["retentionInDays"],
		when: shrinks,
		effect: {
			...quiet,
			risks: [{ risk: "recovery-gap", why: "lines older than the new limit are deleted" }],
			undo: "partial",
			undoWhy: "older lines do not come back",
		},
		...from(`${SDK} cloudwatch/logGroup.d.ts`, 91),
	},
	inPlace(
		"cloudwatch.LogGroup",
		["retentionInDays", "kmsKeyId", "deletionProtectionEnabled", "tags"],
		from(`${CFN} AWS::Logs::LogGroup: in place`, 91),
	),
	{
		type: token("cloudwatch.LogGroup"),
		paths: ["skipDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} cloudwatch/logGroup.d.ts`),
	},
	inPlace(
		"cloudwatch.MetricAlarm",
		[
			"actionsEnabled",
			"alarmActions",
			"alarmDescription",
			"comparisonOperator",
			"datapointsToAlarm",
			"dimensions",
			"evaluateLowSampleCountPercentiles",
			"evaluationPeriods",
			"extendedStatistic",
			"insufficientDataActions",
			"metricName",
			"metricQueries",
			"namespace",
			"okActions",
			"period",
			"statistic",
			"tags",
			"threshold",
			"thresholdMetricId",
			"treatMissingData",
			"unit",
		],
		from(`${CFN} AWS::CloudWatch::Alarm: in place`),
	),
	inPlace(
		"cloudwatch.LogDeliverySource",
		["logType", "resourceArn", "tags"],
		from(`${CFN} AWS::Logs::DeliverySource: in place`),
	),
	inPlace("cloudwatch.LogDeliveryDestination", ["tags"], from(`${SDK}: tags are changed in place`)),
	inPlace(
		"cloudwatch.LogDelivery",
		["fieldDelimiter", "recordFields", "s3DeliveryConfigurations", "tags"],
		from(`${CFN} AWS::Logs::Delivery: in place`),
	),
	inPlace(
		"cloudwatch.CompositeAlarm",
		[
			"actionsEnabled",
			"actionsSuppressor",
			"alarmActions",
			"alarmDescription",
			"alarmRule",
			"insufficientDataActions",
			"okActions",
			"tags",
		],
		from(`${CFN} AWS::CloudWatch::CompositeAlarm: in place`),
	),
	inPlace("cloudwatch.Dashboard", ["dashboardBody"], from(`${CFN} AWS::CloudWatch::Dashboard: in place`)),
	inPlace(
		"cloudwatch.LogMetricFilter",
		["metricTransformation", "pattern", "name", "applyOnTransformedLogs"],
		from(`${CFN} AWS::Logs::MetricFilter: in place`),
	),
	inPlace(
		"cloudwatch.LogResourcePolicy",
		["policyDocument", "policyName"],
		from(`${SDK} cloudwatch/logResourcePolicy.d.ts`),
	),
	inPlace(
		"cloudwatch.EventRule",
		["description", "eventPattern", "scheduleExpression", "state", "roleArn", "tags", "isEnabled"],
		from(`${CFN} AWS::Events::Rule: in place`),
	),
	inPlace(
		"cloudwatch.EventTarget",
		["arn", "deadLetterConfig", "input", "inputPath", "inputTransformer", "retryPolicy", "roleArn", "sqsTarget"],
		from(`${SDK} cloudwatch/eventTarget.d.ts`),
	),
	inPlace(
		"cloudwatch.EventConnection",
		["authorizationType", "authParameters", "description", "invocationConnectivityParameters", "kmsKeyIdentifier"],
		from(`${CFN} AWS::Events::Connection: in place`),
	),
	inPlace(
		"cloudwatch.EventApiDestination",
		["connectionArn", "description", "httpMethod", "invocationEndpoint", "invocationRateLimitPerSecond"],
		from(`${CFN} AWS::Events::ApiDestination: in place`),
	),
	{
		type: token("sns.Topic"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "who may write to the topic changes" }] },
		...from(`${CFN} AWS::SNS::Topic: in place`),
	},
	inPlace(
		"sns.Topic",
		["displayName", "kmsMasterKeyId", "deliveryPolicy", "signatureVersion", "tags", "tracingConfig"],
		from(`${CFN} AWS::SNS::Topic: in place`, 87),
	),
	{
		type: token("sns.TopicPolicy"),
		paths: ["policy"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "the policy is not read here, so it counts as wider" }] },
		...from(`${SDK} sns/topicPolicy.d.ts: in place`),
	},
	inPlace(
		"sns.TopicSubscription",
		[
			"confirmationTimeoutInMinutes",
			"deliveryPolicy",
			"endpointAutoConfirms",
			"filterPolicy",
			"filterPolicyScope",
			"rawMessageDelivery",
			"redrivePolicy",
		],
		from(`${CFN} AWS::SNS::Subscription: in place`, 87),
	),
	{
		type: token("cloudtrail.Trail"),
		paths: ["enableLogging", "isMultiRegionTrail", "enableLogFileValidation", "includeGlobalServiceEvents"],
		when: becomes(false),
		effect: {
			...quiet,
			risks: [
				{ risk: "recovery-gap", why: "part of what is done in the account is no longer written down, or not proved" },
			],
		},
		...from(`${CFN} AWS::CloudTrail::Trail: in place`),
	},
	inPlace(
		"cloudtrail.Trail",
		[
			"advancedEventSelectors",
			"cloudWatchLogsGroupArn",
			"cloudWatchLogsRoleArn",
			"enableLogFileValidation",
			"enableLogging",
			"eventSelectors",
			"includeGlobalServiceEvents",
			"insightSelectors",
			"isMultiRegionTrail",
			"kmsKeyId",
			"s3BucketName",
			"s3KeyPrefix",
			"snsTopicName",
			"tags",
		],
		from(`${CFN} AWS::CloudTrail::Trail: in place`),
	),
	inPlace(
		"budgets.Budget",
		[
			"autoAdjustData",
			"budgetType",
			"costFilters",
			"costTypes",
			"limitAmount",
			"limitUnit",
			"name",
			"notifications",
			"plannedLimits",
			"tags",
			"timePeriodEnd",
			"timePeriodStart",
			"timeUnit",
		],
		from(`${SDK} budgets/budget.d.ts`),
	),
	inPlace(
		"route53.HealthCheck",
		[
			"disabled",
			"enableSni",
			"failureThreshold",
			"fqdn",
			"invertHealthcheck",
			"ipAddress",
			"measureLatency",
			"port",
			"referenceName",
			"regions",
			"requestInterval",
			"resourcePath",
			"searchString",
			"tags",
			"type",
		],
		from(`${SDK} route53/healthCheck.d.ts`),
	),
	inPlace(
		"appautoscaling.Target",
		["maxCapacity", "minCapacity", "roleArn", "suspendedState", "tags"],
		from(`${CFN} AWS::ApplicationAutoScaling::ScalableTarget: in place`),
	),
	inPlace(
		"appautoscaling.Policy",
		["policyType", "stepScalingPolicyConfiguration", "targetTrackingScalingPolicyConfiguration", "name"],
		from(`${SDK} appautoscaling/policy.d.ts`),
	),
];

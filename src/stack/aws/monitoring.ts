import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { HealthCheck } from "@pulumi/aws/route53/healthCheck.js";
import { getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { ERRORS } from "./alarms.ts";
import { declareTrail } from "./audit.ts";
import { declareBudget } from "./budget.ts";
import { EDGE_REGION } from "./cdnCertificate.ts";
import { AwsComponent } from "./child.ts";
import { declareDashboard } from "./dashboard.ts";
import { type Declare, placeIn } from "./declare.ts";
import { declareReceivers, type Receivers } from "./receivers.ts";
import { named, type Site } from "./site.ts";
import { type Thresholds, type Watch, type Watched, watchesOf } from "./watched.ts";

/** What is asked for from outside, every half minute. */
export interface Probe {
	/** Host name; null = the address is asked. */
	readonly name: Input<string> | null;
	/** Address, where there is no name. */
	readonly address: Input<string> | null;
	readonly path: string;
	readonly tls: boolean;
}

export interface MonitoringArgs {
	readonly site: Site;
	readonly receivers: Receivers;
	/** Levels by metric of the plan, such as `cpuPercent`. In place. */
	readonly thresholds: Thresholds;
	/** What there is to watch. */
	readonly targets: readonly Watched[];
	/** Name of the queue of messages that failed too often; null = there is no queue. */
	readonly failedQueue: Input<string> | null;
	/** ARN of the certificate the balancer shows; null = it shows none. */
	readonly certificateArn: Input<string> | null;
	readonly probe: Probe;
	/** Bill of a month above which people are told, in whole USD; null = nobody is. In place. */
	readonly budgetUsd: number | null;
	/** Whether who did what to the account is kept. */
	readonly audit: boolean;
}

/** An alarm as rows of this file say it. */
interface Ringing {
	readonly namespace: string;
	readonly metricName: string;
	readonly statistic: string;
	readonly dimensions: Readonly<Record<string, Input<string>>>;
	readonly comparisonOperator: string;
	readonly threshold: number;
	readonly says: string;
	readonly period: number;
	readonly evaluationPeriods: number;
	/** What no figure means. */
	readonly treatMissingData: "notBreaching" | "breaching" | "missing";
}

const LEVELS = ["warning", "critical"] as const;
const FIVE_MINUTES = 300;
const A_DAY = 86_400;
/** Figures in a row: half an hour rides out a deployment, five minutes are short enough to act on. */
const IN_A_ROW = { warning: 6, critical: 1 } as const;
/** Days before a certificate ends: renewal happens at 60, so 14 means it failed. */
const CERTIFICATE_DAYS = 14;

/**
 * Alarms of the plan at two levels, a page with what is watched, a check from outside, the bill, and who did what.
 * Without a receiver there are no alarms and no budget: they would be heard by nobody, and the stack says so in
 * `notWatched`.
 */
export class Monitoring extends AwsComponent {
	constructor(args: MonitoringArgs) {
		super("monitoring", "monitoring", args.site);
		const { site, receivers } = args;
		const declare: Declare = this.declare.bind(this);
		const watches = watchesOf(args.targets, args.thresholds);
		declareDashboard(declare, site, watches);
		const { accountId } = getCallerIdentityOutput({}, { parent: this });
		if (args.audit) declareTrail(declare, site, accountId);
		if (receivers.email.length > 0 || receivers.hooks.length > 0) {
			const told = (name: string, region: string) =>
				declareReceivers(declare, name, {
					site,
					region,
					accountId,
					receivers,
					alarmPrefix: `${getProject()}-${getStack()}-`,
				});
			const topic = told("monitoring-topic", site.region);
			for (const watch of watches) this.#watch(watch, topic);
			for (const balancer of args.targets.filter(({ target }) => target === "balancer")) {
				this.#errors(args.thresholds, balancer, topic);
			}
			this.#failures(args, topic);
			// Figures of checks from outside exist in one region only, and an alarm's topic is in its own.
			const edge = site.region === EDGE_REGION ? topic : told("monitoring-edge-topic", EDGE_REGION);
			this.#uptime(site, args.probe, edge);
			if (args.budgetUsd !== null) {
				declareBudget(declare, site, args.budgetUsd, { email: receivers.email, topicArn: topic });
			}
		}
		this.registerOutputs({});
	}

	#watch({ alarm, of, levels }: Watch, topic: Output<string>): void {
		for (const level of LEVELS) {
			this.#ring(`${of.name}-${alarm.name}-${level}`, topic, {
				namespace: alarm.namespace,
				metricName: alarm.metricName,
				statistic: alarm.stat,
				dimensions: of.dimensions,
				comparisonOperator: alarm.rings === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
				threshold: levels[level],
				says: `${level}: ${alarm.says}`,
				period: alarm.periodSeconds,
				evaluationPeriods: alarm.periodSeconds >= A_DAY ? 1 : IN_A_ROW[level],
				treatMissingData: "notBreaching",
			});
		}
	}

	/** Responses with an error in percent of all: two counts of the provider by the third. */
	#errors(thresholds: Thresholds, { name, dimensions }: Watched, topic: Output<string>): void {
		const threshold = thresholds[ERRORS.metric];
		if (threshold === undefined) return;
		const count = (id: string, metricName: string) => ({
			id,
			metric: { namespace: ERRORS.namespace, metricName, stat: "Sum", period: FIVE_MINUTES, dimensions },
		});
		for (const level of LEVELS) {
			this.declare("metricAlarm", MetricAlarm, `monitoring-${name}-${ERRORS.name}-${level}`, {
				comparisonOperator: "GreaterThanThreshold",
				threshold: threshold[level],
				evaluationPeriods: IN_A_ROW[level],
				treatMissingData: "notBreaching",
				metricQueries: [
					...ERRORS.errors.map((metric, index) => count(`errors${index + 1}`, metric)),
					count("all", ERRORS.all),
					{
						id: "share",
						expression: "IF(all > 0, 100 * (FILL(errors1, 0) + FILL(errors2, 0)) / all, 0)",
						label: "Responses with an error in percent",
						returnData: true,
					},
				],
				alarmDescription: `${level}: ${ERRORS.says}`,
				alarmActions: [topic],
				okActions: [topic],
			});
		}
	}

	/** What is wrong at any figure: work that failed for good, a certificate that was not renewed. */
	#failures({ failedQueue, certificateArn }: MonitoringArgs, topic: Output<string>): void {
		if (failedQueue !== null) {
			this.#ring("queue-failed", topic, {
				namespace: "AWS/SQS",
				metricName: "ApproximateNumberOfMessagesVisible",
				statistic: "Maximum",
				dimensions: { QueueName: failedQueue },
				comparisonOperator: "GreaterThanThreshold",
				threshold: 0,
				says: "critical: messages failed too often and were set aside",
				period: FIVE_MINUTES,
				evaluationPeriods: 1,
				treatMissingData: "notBreaching",
			});
		}
		if (certificateArn !== null) {
			this.#ring("certificate", topic, {
				namespace: "AWS/CertificateManager",
				metricName: "DaysToExpiry",
				statistic: "Minimum",
				dimensions: { CertificateArn: certificateArn },
				comparisonOperator: "LessThanThreshold",
				threshold: CERTIFICATE_DAYS,
				says: "critical: the certificate was not renewed and ends soon",
				period: A_DAY,
				evaluationPeriods: 1,
				treatMissingData: "missing",
			});
		}
	}

	#uptime(site: Site, { name, address, path, tls }: Probe, topic: Output<string>): void {
		const check = this.declare("healthCheck", HealthCheck, "monitoring-uptime", {
			type: tls ? "HTTPS" : "HTTP",
			...(name === null ? {} : { fqdn: name }),
			...(address === null ? {} : { ipAddress: address }),
			port: tls ? 443 : 80,
			resourcePath: path,
			requestInterval: 30,
			failureThreshold: 3,
			tags: named(site, "uptime"),
		});
		this.#ring(
			"uptime-down",
			topic,
			{
				namespace: "AWS/Route53",
				metricName: "HealthCheckStatus",
				statistic: "Minimum",
				dimensions: { HealthCheckId: check.id },
				comparisonOperator: "LessThanThreshold",
				threshold: 1,
				says: "critical: the application does not answer from outside",
				period: 60,
				evaluationPeriods: 2,
				treatMissingData: "breaching",
			},
			placeIn(site, EDGE_REGION),
		);
	}

	#ring(name: string, topic: Output<string>, ringing: Ringing, place: { readonly region?: string } = {}): void {
		const { says, statistic, ...what } = ringing;
		this.declare("metricAlarm", MetricAlarm, `monitoring-${name}`, {
			...place,
			...what,
			...(/^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic }),
			alarmDescription: says,
			alarmActions: [topic],
			okActions: [topic],
		});
	}
}

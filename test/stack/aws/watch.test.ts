import { beforeAll, describe, expect, test } from "vitest";
import type { DesiredResource, DesiredState } from "../../../src/changes/desired.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import { ref, resource } from "../../builders/desired.ts";
import { build, climb, LADDERS, tierOf } from "./built.ts";

/* Who is told what on AWS, over every ladder and tier. */

function alarmsOf(state: DesiredState): readonly DesiredResource[] {
	return state.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
}

function level(plan: Blueprint, metric: string, of: "warning" | "critical"): number {
	return Number(plan.settings[`thresholds.${metric}.${of}`]);
}

const GIB = 2 ** 30;
const LEVELS = ["warning", "critical"] as const;

describe.each(LADDERS)("$name", ({ sized }) => {
	let tiers: readonly { readonly tier: string; readonly state: DesiredState; readonly plan: Blueprint }[] = [];
	beforeAll(async () => {
		const built = await climb(sized);
		tiers = built.flatMap(({ tier, state }) =>
			sized.filter((blueprint) => blueprint.tier === tier).map((plan) => ({ tier, state, plan })),
		);
	}, 60_000);

	test("hosts ring at the plan's own levels of CPU, half an hour above the first, five minutes above the second", () => {
		for (const { tier, state, plan } of tiers) {
			const hosts = alarmsOf(state).filter(({ inputs }) => inputs.namespace === "AWS/EC2");
			expect(hosts.length, tier).toBeGreaterThan(0);
			expect(hosts.length % 2, tier).toBe(0);
			for (const { name, inputs } of hosts) {
				const which = name.endsWith("-warning") ? "warning" : "critical";
				expect(inputs, `${tier} ${name}`).toMatchObject({
					metricName: "CPUUtilization",
					threshold: level(plan, "cpuPercent", which),
					comparisonOperator: "GreaterThanThreshold",
					period: 300,
					evaluationPeriods: which === "warning" ? 6 : 1,
				});
			}
		}
	});

	test("the database rings at the plan's levels of memory, disk and connections, counted from what was bought", () => {
		for (const { tier, state, plan } of tiers) {
			const asked = plan.components.find(
				({ role, name, sku, settings }) =>
					role === "database" && name === "database" && sku !== "on-host" && settings.kind === undefined,
			);
			if (asked === undefined) continue;
			for (const which of LEVELS) {
				const ring = (what: string) => resource(state, `monitoring-database-${what}-${which}`, "MetricAlarm").inputs;
				const free = (whole: number, metric: string) =>
					Math.round(whole * GIB * (1 - level(plan, metric, which) / 100));
				expect(ring("memory"), tier).toMatchObject({
					metricName: "FreeableMemory",
					comparisonOperator: "LessThanThreshold",
					threshold: free(Number(asked.memoryGib), "memoryPercent"),
				});
				expect(ring("disk").threshold, tier).toBe(free(Number(asked.settings.storageGb), "diskPercent"));
				expect(ring("connections").threshold, tier).toBe(
					Math.floor((Number(asked.settings.maxConnections) * level(plan, "connectionsPercent", which)) / 100),
				);
			}
		}
	});

	test("a load balancer's answers ring by time and by errors where the plan has levels for them", () => {
		for (const { tier, state, plan } of tiers) {
			const balanced = plan.components.some(({ role }) => role === "load-balancer");
			const timed = plan.settings["thresholds.responseMs.warning"] !== undefined;
			const slow = alarmsOf(state).filter(({ name }) => name.startsWith("monitoring-load-balancer-p95-"));
			expect(slow.length, tier).toBe(balanced && timed ? 2 : 0);
			for (const { name, inputs } of slow) {
				const which = name.endsWith("-warning") ? "warning" : "critical";
				expect(inputs, tier).toMatchObject({
					extendedStatistic: "p95",
					threshold: level(plan, "responseMs", which) / 1000,
				});
			}
			const wrong = alarmsOf(state).filter(({ name }) => name.startsWith("monitoring-load-balancer-5xx-"));
			const counted = plan.settings["thresholds.errorPercent.warning"] !== undefined;
			expect(wrong.length, tier).toBe(balanced && counted ? 2 : 0);
		}
	});

	test("every metric with a level is watched, or it is said why not", () => {
		for (const { tier, state, plan } of tiers) {
			const told = JSON.stringify(state.outputs.notWatched);
			const metrics = Object.keys(plan.settings)
				.map((key) => /^thresholds\.(\w+)\.warning$/.exec(key)?.[1])
				.filter((metric) => metric !== undefined);
			const words: Readonly<Record<string, RegExp>> = {
				cpuPercent: /CPUUtilization/,
				memoryPercent: /FreeableMemory|memory and disk of hosts/,
				diskPercent: /FreeStorageSpace|memory and disk of hosts/,
				connectionsPercent: /DatabaseConnections|database connections/,
				queryMs: /database query time/,
				responseMs: /p95|response time/,
				responseAverageMs: /TargetResponseTime|average response time/,
				errorPercent: /Responses with an error|error rate/,
				filesPercent: /BucketSizeBytes|bucket storage/,
				databaseGb: /database-size|database-aurora-size|database size in GB/,
				products: /products/,
			};
			const heard = JSON.stringify(alarmsOf(state).map(({ name, inputs }) => [name, inputs])) + told;
			for (const metric of metrics) expect(heard, `${tier} ${metric}`).toMatch(words[metric] ?? /never/);
		}
	});

	test("all alarms go to a topic with a key of its own, which alarms may use, and which people are subscribed to", () => {
		for (const { tier, state } of tiers) {
			for (const { name, inputs } of alarmsOf(state)) {
				expect(inputs.alarmActions, `${tier} ${name}`).toEqual([ref("monitoring-topic", "arn")]);
			}
			expect(resource(state, "monitoring-topic", "Topic").inputs.kmsMasterKeyId).toBe(
				ref("monitoring-topic-key", "id"),
			);
			const key = resource(state, "monitoring-topic-key", "Key").inputs;
			expect(key.enableKeyRotation).toBe(true);
			expect(key.policy, tier).toContain("cloudwatch.amazonaws.com");
			const mail = resource(state, "monitoring-topic-ops@example.com", "TopicSubscription").inputs;
			expect(mail, tier).toMatchObject({ protocol: "email", endpoint: "ops@example.com" });
		}
	});

	test("a month that costs more than the estimate is told, before and when it does", () => {
		for (const { tier, state, plan } of tiers) {
			const budget = resource(state, "monitoring-budget", "Budget").inputs;
			expect(budget.limitAmount, tier).toBe(String(Math.ceil(plan.cost.maxMonthly)));
			expect(JSON.stringify(budget.notifications), tier).toMatch(/ACTUAL.*FORECASTED/);
			expect(JSON.stringify(budget.costFilters), tier).toContain(`user:tierstack$${plan.ladder}-prod`);
		}
	});

	test("the application is asked from outside, and a page shows what is watched", () => {
		for (const { tier, state } of tiers) {
			const check = resource(state, "monitoring-uptime", "HealthCheck").inputs;
			expect(check, tier).toMatchObject({ type: "HTTPS", port: 443, fqdn: "example.com", resourcePath: "/health" });
			expect(resource(state, "monitoring-dashboard", "Dashboard").inputs.dashboardName, tier).toMatch(/-prod$/);
		}
	});

	test("who did what to the account is kept exactly where the plan asks for it", () => {
		for (const { tier, state, plan } of tiers) {
			const trails = state.resources.filter(({ type }) => type === "aws:cloudtrail/trail:Trail");
			expect(trails.length, tier).toBe(plan.settings["monitoring.audit"] === true ? 1 : 0);
			for (const { inputs } of trails) {
				expect(inputs, tier).toMatchObject({ isMultiRegionTrail: true, enableLogFileValidation: true });
			}
		}
	});
});

test("a key whose data outlives the tier stays in the account when a smaller tier no longer declares it", async () => {
	const state = await build(tierOf("opex-manager", "enterprise"));
	for (const name of ["monitoring-audit-key", "database-key", "database-secondary-key"]) {
		expect(resource(state, name, "Key").retainOnDelete, name).toBe(true);
	}
	// Alarms keep nothing: what the topic's key encrypts is gone once it is sent.
	expect(resource(state, "monitoring-topic-key", "Key").retainOnDelete).toBe(false);
});

test("the page draws each figure with its two levels", async () => {
	const plan = tierOf("billify", "mvp");
	const { dashboardBody } = resource(
		await build({ ...plan, settings: { ...plan.settings, "thresholds.filesPercent.warning": null } }),
		"monitoring-dashboard",
		"Dashboard",
	).inputs;
	const { widgets } = JSON.parse(String(dashboardBody));
	expect(widgets.map(({ properties }: { properties: { title: string } }) => properties.title)).toEqual([
		"app-1: CPUUtilization",
		"database: CPUUtilization",
		"database: FreeableMemory",
		"database: FreeStorageSpace",
		"database: DatabaseConnections",
	]);
	expect(widgets[0].properties.annotations.horizontal).toEqual([
		{ label: "warning", value: 70 },
		{ label: "critical", value: 85 },
	]);
	expect(widgets[1].properties.metrics[0].slice(0, 3)).toEqual(["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier"]);
});

describe("receivers", () => {
	const plan = tierOf("wizamart", "large");

	test("without one there are no alarms and no budget, and the stack says so", async () => {
		const state = await build(plan, { config: { alerts: { email: [], slack: null, webhook: null } } });
		expect(alarmsOf(state)).toEqual([]);
		expect(state.resources.filter(({ type }) => /sns|budgets/.test(type))).toEqual([]);
		expect(state.outputs.notWatched).toEqual(["everything: no receiver of alarms is set (tierstack:alerts)"]);
	});

	test("a chat channel hears this stack's alarms by its hook, whose address is a secret", async () => {
		const slack = { channel: "#ops", urlSecret: "slackUrl" };
		const state = await build(plan, {
			config: { alerts: { email: [], slack, webhook: null }, secretNames: ["slackUrl"] },
		});
		const hook = resource(state, "monitoring-topic-slack-hook", "EventApiDestination").inputs;
		expect(hook.invocationEndpoint).toEqual({ "[secret]": expect.any(String) });
		expect(resource(state, "monitoring-topic-slack-rule", "EventRule").inputs.eventPattern).toContain(
			":alarm:tierstack-prod-",
		);
		expect(JSON.stringify(resource(state, "monitoring-topic-slack-target", "EventTarget").inputs)).toContain("#ops");
	});

	test("the team's own address hears them alone or beside others, as text, and its address is a secret", async () => {
		const webhook = { urlSecret: "pagerUrl" };
		const alerts = { email: [], slack: null, webhook };
		const alone = await build(plan, { config: { alerts, secretNames: ["pagerUrl"] } });
		expect(alarmsOf(alone).length).toBeGreaterThan(10);
		const hook = resource(alone, "monitoring-topic-webhook-hook", "EventApiDestination").inputs;
		expect(hook).toMatchObject({
			connectionArn: ref("monitoring-topic-webhook", "arn"),
			httpMethod: "POST",
			invocationEndpoint: { "[secret]": expect.any(String) },
		});
		expect(resource(alone, "monitoring-topic-webhook-rule", "EventRule").inputs.eventPattern).toContain(
			":alarm:tierstack-prod-",
		);
		const target = resource(alone, "monitoring-topic-webhook-target", "EventTarget").inputs;
		expect(target).toMatchObject({
			arn: ref("monitoring-topic-webhook-hook", "arn"),
			roleArn: ref("monitoring-topic-webhook-role", "arn"),
			inputTransformer: { inputTemplate: '{"text":"<state>: <says> (<name>)"}' },
		});
		expect(JSON.stringify(alone.outputs.notWatched)).not.toMatch(/webhook|no receiver/);
		expect(JSON.stringify(alone)).not.toMatch(/https:\/\/[^"]*pager/i);

		const slack = { channel: "#ops", urlSecret: "slackUrl" };
		const both = await build(plan, {
			config: { alerts: { email: [], slack, webhook }, secretNames: ["slackUrl", "pagerUrl"] },
		});
		const told = both.resources.filter(({ name }) => name.startsWith("monitoring-topic-"));
		expect(told.filter(({ type }) => type.endsWith(":EventTarget")).map(({ name }) => name)).toEqual([
			"monitoring-topic-slack-target",
			"monitoring-topic-webhook-target",
		]);
	});

	test("elsewhere than in us-east-1 the check from outside has a topic there, where its figures are", async () => {
		const state = await build({ ...plan, region: "eu-central-1" });
		expect(resource(state, "monitoring-edge-topic", "Topic").inputs.region).toBe("us-east-1");
		const down = resource(state, "monitoring-uptime-down", "MetricAlarm").inputs;
		expect(down).toMatchObject({ region: "us-east-1", alarmActions: [ref("monitoring-edge-topic", "arn")] });
	});

	test("the budget is the estimate with everything scaled out, kept with what was sized", () => {
		expect(plan.settings["monitoring.budgetDollars"]).toBe(Math.ceil(plan.cost.maxMonthly));
	});
});

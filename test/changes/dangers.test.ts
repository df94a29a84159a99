import { describe, expect, it } from "vitest";
import { compareStates } from "../../src/changes/compareStates.ts";
import type { DesiredResource } from "../../src/changes/desired.ts";
import type { PlainRecord } from "../../src/words.ts";
import { comparison, resource } from "./builders.ts";

/* Changes that look harmless, by type or by place, and are not; and their neighbours that are. */

const judged = (before: readonly DesiredResource[], after: readonly DesiredResource[]) =>
	compareStates(comparison(before, after));
const told = (before: readonly DesiredResource[], after: readonly DesiredResource[]) => {
	const { verdict, reasons } = judged(before, after);
	return [verdict, ...new Set(reasons.map(({ risk }) => risk))].join(" ");
};
const ref = (name: string, property: string) => `\${${name}.${property}}`;
const bucket = resource("aws:s3/bucket:Bucket", "files", { forceDestroy: false });
const lifecycle = (rules: readonly PlainRecord[]) =>
	resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "files-lifecycle", {
		bucket: ref("files", "bucket"),
		rules,
	});
const rule = (id: string, days: number, filter: PlainRecord = {}) => ({
	id,
	status: "Enabled",
	filter,
	expiration: { days },
});
const space = (lifecycleRules: readonly PlainRecord[]) => resource("SpacesBucket", "files", { lifecycleRules });

describe("rules by which a bucket deletes", () => {
	const logs = rule("logs", 30, { prefix: "logs/" });
	it.each([
		["a rule for other files, though a stricter one stands elsewhere", [logs], [logs, rule("all", 365)]],
		["a rule that was for some files and now is for all", [logs], [rule("logs", 30)]],
		["a rule that was switched off", [{ ...logs, status: "Disabled" }], [logs]],
		[
			"a rule that goes by a date",
			[rule("logs", 365)],
			[{ ...rule("logs", 0), expiration: { date: "2026-12-01T00:00:00Z" } }],
		],
	] as const)("lose data by %s", (_, before, after) => {
		expect(told([bucket, lifecycle(before)], [bucket, lifecycle(after)])).toBe("blocked data-loss");
	});

	it.each([
		["a rule within one that is as strict", [rule("all", 30)], [rule("all", 30), rule("tmp", 60, { prefix: "tmp/" })]],
		["a longer time", [rule("all", 30)], [rule("all", 60)]],
		["a rule that goes", [rule("all", 30), logs], [rule("all", 30)]],
	] as const)("lose nothing by %s", (_, before, after) => {
		expect(told([bucket, lifecycle(before)], [bucket, lifecycle(after)])).toBe("safe");
	});

	it("lose data where they come to a bucket that was there, and not with a new one", () => {
		expect(told([bucket], [bucket, lifecycle([rule("all", 30)])])).toBe("blocked data-loss");
		expect(told([], [bucket, lifecycle([rule("all", 30)])])).toBe("safe");
	});

	it("are read the same way where the bucket itself holds them", () => {
		const first = { id: "logs", enabled: true, prefix: "logs/", expiration: { days: 30 } };
		const all = { id: "all", enabled: true, expiration: { days: 365 } };
		expect(told([space([first])], [space([first, all])])).toBe("blocked data-loss");
		expect(told([space([first, all])], [space([first])])).toBe("safe");
	});
});

describe("what hosts read from a secret", () => {
	const version = (name: string, digest: string, dependsOn: readonly string[] = []) =>
		resource(
			"aws:secretsmanager/secretVersion:SecretVersion",
			name,
			{ secretId: "s-1", secretString: { "[secret]": digest } },
			{ dependsOn: [...dependsOn] },
		);
	it.each(["settings-app-host-value", "settings-app-secrets-value", "settings-worker-host-value"])(
		"restarts their services when it is %s",
		(name) => {
			const { reasons, downtime } = judged([version(name, "a")], [version(name, "b")]);
			expect(reasons.map(({ risk }) => risk)).toEqual(["downtime"]);
			expect(downtime).toEqual({ class: "brief", minutes: [0, 2] });
		},
	);

	it("restarts nothing when only the summary or another secret is written anew", () => {
		expect(told([version("settings-app-settings-value", "a")], [version("settings-app-settings-value", "b")])).toBe(
			"safe",
		);
		expect(told([version("cache-token-value", "a")], [version("cache-token-value", "b")])).toBe("safe");
	});

	it("is not another one because the document before it was written anew", () => {
		const first = version("settings-app-settings-value", "a");
		const second = version("settings-app-host-value", "c", [first.urn]);
		const { changes } = judged([first, second], [version("settings-app-settings-value", "b"), second]);
		expect(changes.map(({ name }) => name)).toEqual(["settings-app-settings-value"]);
	});
});

describe("who is let in, on AWS", () => {
	const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", { description: "web", vpcId: "vpc-1" });
	const from = (cidrIpv4: string, ports: readonly [number, number] = [443, 443]) =>
		resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `web-from-${cidrIpv4}-${ports[0]}`, {
			securityGroupId: ref("web", "id"),
			cidrIpv4,
			ipProtocol: "tcp",
			fromPort: ports[0],
			toPort: ports[1],
		});
	const risks = (before: readonly DesiredResource[], after: readonly DesiredResource[]) =>
		judged([group, ...before], [group, ...after]).reasons.map(({ risk }) => risk);

	it("are no more people when part of the internet takes the place of all of it: only those left out notice", () => {
		expect(risks([from("0.0.0.0/0")], [from("103.21.244.0/22"), from("104.16.0.0/13")])).toEqual(["downtime"]);
	});

	it.each([
		["a range beside the one there is", [from("10.0.0.0/8")], [from("10.0.0.0/8"), from("203.0.113.7/32")]],
		["another port for the same range", [from("0.0.0.0/0")], [from("0.0.0.0/0"), from("0.0.0.0/0", [22, 22])]],
		["a wider range", [from("10.0.0.0/16")], [from("10.0.0.0/16"), from("10.0.0.0/8")]],
		["somebody where nobody was let in", [], [from("10.0.0.0/8")]],
	] as const)("are more by %s", (_, before, after) => {
		expect(risks(before, after)).toEqual(["exposure"]);
	});

	it("is told of pages that may call a bucket by what they were allowed before", () => {
		const cors = (allowedOrigins: readonly string[]) =>
			resource("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "files-cors", {
				bucket: "files",
				corsRules: [{ allowedOrigins, allowedMethods: ["GET"] }],
			});
		const [one, both] = [cors(["https://a.example"]), cors(["https://a.example", "https://b.example"])];
		expect([told([both], [one]), told([one], [both])]).toEqual(["safe", "needs-acceptance exposure"]);
	});

	it("is another matter than a group that is only made anew: members keep the rules they had", () => {
		const host = (size: string) =>
			resource("aws:ec2/instance:Instance", "app-1", {
				instanceType: size,
				vpcSecurityGroupIds: [ref("web", "id")],
			});
		const other = resource("aws:ec2/securityGroup:SecurityGroup", "web", { description: "other", vpcId: "vpc-1" });
		const { reasons } = judged([group, host("t3.small")], [other, host("t3.small")]);
		expect(reasons.filter(({ urn }) => urn?.endsWith("app-1") === true)).toEqual([]);
	});
});

describe("a budget's limit, which follows the catalog's prices", () => {
	const budget = (limitAmount: string, timeUnit = "MONTHLY") =>
		resource("aws:budgets/budget:Budget", "monitoring-budget", { budgetType: "COST", timeUnit, limitAmount });
	const hash = (before: string, after: string, timeUnit?: string) =>
		judged([budget(before)], [budget(after, timeUnit)]).hash;

	it("is shown and does not move the hash; what else changes of it does", () => {
		expect(judged([budget("90")], [budget("95")]).changes.map(({ name }) => name)).toEqual(["monitoring-budget"]);
		expect(hash("90", "95")).toBe(hash("90", "90"));
		expect(hash("90", "95", "ANNUALLY")).toBe(hash("90", "97", "ANNUALLY"));
		expect(hash("90", "95", "ANNUALLY")).not.toBe(hash("90", "95"));
	});
});

describe("a name, on AWS", () => {
	const record = (name: string) =>
		resource("aws:route53/record:Record", name, { zoneId: "z", name, type: "CNAME", records: ["a"], ttl: 300 });
	it("leads nowhere when it goes, but for one that only proves a certificate", () => {
		expect(told([record("dns-shop.example.com")], [])).toBe("needs-acceptance downtime");
		expect(told([record("load-balancer-certificate-shop.example.com")], [])).toBe("safe");
		expect(told([record("cdn-certificate-record")], [])).toBe("safe");
		expect(told([record("dns-my-certificate-shop.example")], [])).toBe("needs-acceptance downtime");
	});
});

describe("the way to end something that holds data", () => {
	const routeOf = (type: string, name: string) =>
		judged([resource(type, name, {})], []).routes.map(({ steps }) => steps.join("\n"));
	it("names the component that the stack file can retire", () => {
		expect(routeOf("aws:rds/cluster:Cluster", "database-aurora")).toEqual([
			expect.stringContaining("retire: [{resource: database, backup: <id>}]"),
		]);
		expect(routeOf("SpacesBucket", "backups")).toEqual([expect.stringContaining("retire: [{resource: backup}]")]);
	});

	it("is an accepted loss where no component keeps it", () => {
		const [steps = ""] = routeOf("aws:cloudwatch/logGroup:LogGroup", "app-cluster-logs");
		expect(steps).toContain("risk data-loss, resource app-cluster-logs");
		expect(steps).not.toContain("retire:");
	});
});

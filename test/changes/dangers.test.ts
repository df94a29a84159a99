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

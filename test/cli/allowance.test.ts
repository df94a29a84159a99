import { describe, expect, it } from "vitest";
import type { Reason } from "../../src/changes/verdict.ts";
import { type Allowance, acceptancesFor } from "../../src/cli/promotion/allowance.ts";

const reason = (risk: Reason["risk"], name: string | null): Reason => ({
	risk,
	urn: name === null ? null : `urn:pulumi:prod::tierstack::some:type::${name}`,
	text: "why",
});
const allowance = (told: Partial<Allowance>): Allowance => ({
	risks: [],
	skipTier: false,
	reason: "agreed",
	by: "ada",
	until: "2026-12-05",
	backups: [],
	...told,
});
const move = { from: "large", to: "small" };
const accepted = (reasons: readonly Reason[], told: Partial<Allowance>) =>
	acceptancesFor(reasons, allowance(told), move).map(({ risk, resource, backup }) => [risk, resource, backup]);

describe("what is written for an answered risk", () => {
	it("is one narrow entry for each resource, the whole stack by its own name, and nothing that was not asked", () => {
		const reasons = [
			reason("downtime", "app-1"),
			reason("downtime", "app-1"),
			reason("cost", null),
			reason("unknown", "x"),
		];
		expect(accepted(reasons, { risks: ["downtime", "cost", "one-way"] })).toEqual([
			["downtime", "app-1", null],
			["cost", "stack", null],
		]);
		expect(acceptancesFor(reasons, allowance({ risks: ["cost"] }), move)).toEqual([
			{ risk: "cost", resource: "stack", ...move, by: "ada", reason: "agreed", until: "2026-12-05", backup: null },
		]);
	});

	it("names no reason and no person where nothing is to be written", () => {
		expect(accepted([reason("unknown", "x")], { risks: ["cost"], reason: null, by: null })).toEqual([]);
	});

	it("what the provider refuses is opened by nobody", () => {
		expect(accepted([reason("refused", "data"), reason("blocked", null)], { risks: ["data-loss", "unknown"] })).toEqual(
			[],
		);
	});
});

describe("losing data", () => {
	const one = [reason("data-loss", "cache")];
	const two = [...one, reason("data-loss", "queue")];

	it("rests on a backup, by its id, or by resource=id where several are lost", () => {
		expect(accepted(one, { risks: ["data-loss"], backups: ["snap-1"] })).toEqual([["data-loss", "cache", "snap-1"]]);
		expect(accepted(one, { risks: ["data-loss"], backups: ["none"] })).toEqual([["data-loss", "cache", "none"]]);
		expect(accepted(two, { risks: ["data-loss"], backups: ["queue=b=2", "cache=a"] })).toEqual([
			["data-loss", "cache", "a"],
			["data-loss", "queue", "b=2"],
		]);
	});

	it.each([
		[one, [], /cache loses data; name its backup: --backup <id>, or "none"/],
		[two, ["snap-1"], /queue loses data; name its backup: --backup queue=<id>/],
		[one, ["other=snap-1"], /cache loses data/],
		[one, ["cache="], /cache loses data/],
	])("without one it is refused: %#", (reasons, backups, message) => {
		expect(() => accepted(reasons, { risks: ["data-loss"], backups })).toThrow(message);
	});
});

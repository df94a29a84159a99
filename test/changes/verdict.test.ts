import { describe, expect, it } from "vitest";
import { compareStates } from "../../src/changes/compareStates.ts";
import type { ComparisonInput } from "../../src/changes/input.ts";
import { acceptanceResource } from "../../src/changes/verdict.ts";
import { withJoin } from "../../src/changes/withJoin.ts";
import type { Acceptance } from "../../src/config/stackConfig.ts";
import type { Risk } from "../../src/words.ts";
import { blueprint, comparison, component, resource, side, urnOf } from "./builders.ts";

const host = (size: string) => resource("Droplet", "app-1", { region: "fra1", size, resizeDisk: false });
const capacities = {
	"s-1vcpu-1gb": { vcpu: 1, memoryGib: 1, diskGb: 25 },
	"s-2vcpu-2gb": { vcpu: 2, memoryGib: 2, diskGb: 60 },
};
const database = resource("DatabaseCluster", "database", {
	engine: "pg",
	version: "17",
	size: "db-s-1vcpu-1gb",
	nodeCount: 1,
});
const resized = (told: Partial<ComparisonInput> = {}) =>
	compareStates(comparison([host("s-1vcpu-1gb")], [host("s-2vcpu-2gb")], { capacities, ...told }));
const dropped = (told: Partial<ComparisonInput> = {}) => compareStates(comparison([database], [], told));

function acceptance(risk: Risk, name: string, told: Partial<Acceptance> = {}): Acceptance {
	const whom = { by: "ops@example.com", reason: "agreed", until: "2026-12-31", backup: null };
	return { risk, resource: name, from: "starter", to: "small", ...whom, ...told };
}

describe("what a stack tolerates unasked", () => {
	it.each([
		["nothing: ten minutes are too many", 0, "needs-acceptance"],
		["nine minutes: ten are too many", 9, "needs-acceptance"],
		["ten minutes: ten are not", 10, "safe"],
	] as const)("%s", (_, downtimeMinutes, verdict) => {
		expect(resized({ tolerate: { downtimeMinutes, monthlyUsd: 0 } }).verdict).toBe(verdict);
	});

	it("counts minutes that nobody knows as too many, however much is tolerated", () => {
		const balancer = (type: string) => resource("LoadBalancer", "load-balancer", { region: "fra1", type });
		const { verdict, reasons } = compareStates(
			comparison([balancer("REGIONAL")], [balancer("GLOBAL")], { tolerate: { downtimeMinutes: 1e6, monthlyUsd: 1e6 } }),
		);
		expect(verdict).toBe("needs-acceptance");
		expect(reasons.map(({ risk }) => risk)).toEqual(["downtime"]);
	});

	it.each([
		[10, "needs-acceptance"],
		[20, "safe"],
	] as const)("%s USD a month more, when it becomes 20 more", (monthlyUsd, expected) => {
		const at = (usd: number, tier: string, value: number) =>
			side([resource("MonitorAlert", "cpu", { value })], {
				blueprint: blueprint({ tier, components: [component({ monthlyUsd: usd, unitMonthlyUsd: usd })] }),
			});
		const input = comparison([], [], { tolerate: { downtimeMinutes: 0, monthlyUsd } });
		const { verdict, cost } = compareStates({ ...input, from: at(10, "starter", 1), to: at(30, "small", 2) });
		expect(cost.delta).toBe(20);
		expect(verdict).toBe(expected);
	});

	it("asks about what is added without a confirmed price", () => {
		const unpriced = component({
			role: "database",
			name: "database",
			sku: "db",
			monthlyUsd: null,
			unitMonthlyUsd: null,
		});
		const to = side([database], { blueprint: blueprint({ tier: "small", components: [unpriced] }) });
		const { reasons } = compareStates({ ...comparison([], []), to });
		expect(reasons).toContainEqual({ risk: "cost", urn: null, text: "no confirmed price: database/database" });
	});
});

describe("an acceptance", () => {
	const needed = acceptance("downtime", "app-1");
	it("that names risk, resource and both tiers is used, and told", () => {
		const changes = resized({ accept: [needed] });
		expect(changes.verdict).toBe("safe");
		expect(changes.reasons).toEqual([]);
		expect(changes.accepted).toEqual([{ risk: "downtime", resource: "app-1", until: "2026-12-31" }]);
		expect(changes.unused).toEqual([]);
	});

	it.each([
		["not needed by this move", { risk: "cost", resource: "stack" }, "not-needed"],
		["of another resource of this move", { resource: "app-2" }, "not-needed"],
		["of another move", { from: "medium", to: "large" }, "another-move"],
		["of the way back", { from: "small", to: "starter" }, "another-move"],
		["whose last day is over", { until: "2026-11-20" }, "lapsed"],
	] as const)("%s is reported", (_, told, why) => {
		const { backup, by, reason, ...entry } = { ...needed, ...told };
		expect(resized({ accept: [{ ...entry, backup, by, reason }] }).unused).toEqual([{ ...entry, why }]);
	});

	it("that brought the stack to its tier is silent until the next promotion takes it out", () => {
		const stands = side([host("s-1vcpu-1gb")], { blueprint: blueprint({ tier: "small" }) });
		const still = compareStates({ ...comparison([], []), from: stands, to: stands, accept: [needed] });
		expect([still.verdict, still.unused]).toEqual(["none", []]);
	});

	it.each([
		["another risk", { risk: "one-way" }],
		["another resource", { resource: "app-2" }],
		["another tier left", { from: "medium" }],
		["another tier entered", { to: "large" }],
		["a day that has passed", { until: "2026-11-20" }],
	] as const)("of %s is not used", (_, told) => {
		expect(resized({ accept: [{ ...needed, ...told }] }).verdict).toBe("needs-acceptance");
	});

	it("holds through its last day", () => {
		expect(resized({ accept: [{ ...needed, until: "2026-11-21" }] }).verdict).toBe("safe");
	});

	it("of a lesser risk does not cover a greater one", () => {
		const accept = [needed, acceptance("one-way", "app-1")];
		expect(resized({ accept, diskGbByUrn: { [urnOf("Droplet", "app-1")]: 80 } }).verdict).toBe("blocked");
	});

	it.each([
		["without a backup", null, "blocked"],
		["with a backup", "dump-7", "needs-acceptance"],
		["with no backup on purpose", "none", "needs-acceptance"],
	] as const)("of losing data %s", (_, backup, verdict) => {
		expect(dropped({ accept: [acceptance("data-loss", "database", { backup })] }).verdict).toBe(verdict);
	});

	it("of losing data is given by retiring the thing with a backup, and not by retiring it without one", () => {
		const told = (backup: string | null) => dropped({ retire: [{ resource: "database", backup }] }).verdict;
		expect([told("dump-7"), told("none"), told(null)]).toEqual(["needs-acceptance", "blocked", "blocked"]);
	});

	it("of losing data is given by the component's name to all that carries it", () => {
		const gone = [resource("SpacesBucket", "backups", {}), resource("DatabaseCluster", "database-aurora", {})];
		const retire = ["backup", "database"].map((name) => ({ resource: name, backup: "copy-7" }));
		const { reasons } = compareStates(comparison(gone, [], { retire }));
		expect(reasons.map(({ risk }) => risk)).not.toContain("data-loss");
	});

	it("of losing data is not given by retiring what is replaced: nobody ends that", () => {
		const born = (image: string) => resource("Droplet", "app-1", { region: "fra1", size: "s-1vcpu-1gb", image });
		const retire = [{ resource: "app", backup: "snapshot-7" }];
		const { verdict, reasons } = compareStates(comparison([born("a")], [born("b")], { retire }));
		expect(verdict).toBe("blocked");
		expect(reasons.map(({ risk }) => risk)).toContain("data-loss");
	});

	it("opens nothing that is refused", () => {
		const shrink = (size: number) => resource("Volume", "data", { region: "fra1", size });
		const risks: readonly Risk[] = ["downtime", "one-way", "data-loss", "cost", "exposure", "unknown", "recovery-gap"];
		const accept = risks.map((risk) => acceptance(risk, "data", { backup: "all" }));
		expect(compareStates(comparison([shrink(50)], [shrink(20)], { accept })).verdict).toBe("blocked");
	});

	it("of the whole stack's risks names the stack", () => {
		expect(acceptanceResource({ urn: null })).toBe("stack");
		expect(acceptanceResource({ urn: urnOf("Droplet", "app-1") })).toBe("app-1");
	});
});

describe("what nothing opens", () => {
	it.each([
		["ladder", { ladder: "other" }],
		["provider", { provider: "aws" }],
		["region", { region: "ams3" }],
	] as const)("another %s on a deployed stack is blocked, with the way to a new stack", (key, told) => {
		const to = side([host("s-1vcpu-1gb")], { blueprint: blueprint({ tier: "small", ...told }) });
		const { verdict, reasons, routes } = compareStates({ ...comparison([host("s-1vcpu-1gb")], []), to });
		expect(verdict).toBe("blocked");
		expect(reasons[0]?.text).toContain(key);
		expect(routes.map(({ title }) => title)).toEqual(["A new stack beside this one"]);
	});

	it("is no matter between two providers of a ladder's diff", () => {
		const to = side([], { blueprint: blueprint({ provider: "aws" }) });
		expect(compareStates({ ...comparison([], []), stack: null, to }).reasons).toEqual([]);
	});

	it.each([
		["replace", "blocked"],
		["delete", "blocked"],
		["update", "needs-acceptance"],
		["create", "safe"],
	] as const)("an unexplained %s in the engine's preview is %s", (op, verdict) => {
		const tag = resource("Tag", "tag", { name: "a" });
		const told = compareStates(comparison([tag], [resource("Tag", "tag", { name: "b" }), resource("Vpc", "net", {})]));
		const found = told.changes.map((change) => ({ ...change, op }));
		const joined = withJoin(
			{ ...told, changes: [], reasons: [] },
			Object.fromEntries(found.map(({ urn }) => [urn, "unexplained" as const])),
			found,
		);
		expect(joined.verdict).toBe(verdict);
		expect(joined.layer).toBe("engine");
		expect(joined.changes.map(({ join }) => join)).toEqual(found.map(() => "unexplained"));
	});
});

describe("the recovery that a tier promises", () => {
	const cell = (rtoMinutes: number | null, rpoMinutes: number | null) =>
		({ scenario: "zone", rtoMinutes, rpoMinutes, mechanism: "", basis: "estimate", met: null }) as const;
	it.each([
		["comes back later", cell(60, 5), cell(120, 5), ["recovery-gap"]],
		["loses more", cell(60, 5), cell(60, 10), ["recovery-gap"]],
		["is no longer known", cell(60, 5), cell(null, 5), ["recovery-gap"]],
		["becomes better", cell(60, 5), cell(30, 5), []],
		["was never known", cell(null, null), cell(60, 5), []],
	] as const)("%s", (_, before, after, risks) => {
		const at = (recovery: typeof before, tier: string) =>
			side([], { blueprint: blueprint({ tier, recovery: [recovery] }) });
		const { reasons } = compareStates({ ...comparison([], []), from: at(before, "starter"), to: at(after, "small") });
		expect(reasons.map(({ risk }) => risk)).toEqual(risks);
	});
});

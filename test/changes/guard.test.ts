import { describe, expect, it } from "vitest";
import {
	cutDeployed,
	type DeployedResource,
	isAsRecorded,
	isPartial,
	oldState,
	strangers,
} from "../../src/changes/deployed.ts";
import type { DesiredResource } from "../../src/changes/desired.ts";
import { decide, type GuardInput, needsModel, type Recorded } from "../../src/changes/guard.ts";
import { recordedFrom } from "../../src/guard/recorded.ts";
import type { Component } from "../../src/sizing/blueprint.ts";
import { packRecord } from "../../src/stack/record.ts";
import { blueprint, component, resource, side, state, urnOf } from "./builders.ts";

const host = (size: string) => resource("Droplet", "app-1", { region: "fra1", size, resizeDisk: false });
const database = resource("DatabaseCluster", "database", {
	engine: "pg",
	version: "17",
	size: "db-s-1vcpu-1gb",
	nodeCount: 1,
});
const capacities = {
	small: { vcpu: 1, memoryGib: 1, diskGb: 25 },
	large: { vcpu: 2, memoryGib: 2, diskGb: 60 },
};
const starter = blueprint({ components: [component()] });
const small = blueprint({ tier: "small", components: [component()] });

function recorded(...resources: readonly DesiredResource[]): Recorded {
	return { kind: "record", blueprint: starter, kept: [], state: state(...resources), program: "p1" };
}

function deployedAs(...resources: readonly { urn: string; type: string; inputs: DeployedResource["capacity"] }[]) {
	const entries = resources.map(({ urn, type, inputs }) => [urn, { type, outputs: inputs }] as const);
	return { kind: "read", resources: cutDeployed(Object.fromEntries(entries)) } as const;
}

function guard(told: Partial<GuardInput> = {}): GuardInput {
	return {
		mode: "up",
		stack: "lab",
		recorded: recorded(host("small")),
		deployed: deployedAs(host("small")),
		program: "p1",
		desired: side([host("large")], { blueprint: small }),
		rules: { tolerate: { downtimeMinutes: 0, monthlyUsd: 0 }, accept: [], today: "2026-11-21", capacities },
		...told,
	};
}

const answered = (resourceName: string, risk: "unknown" | "downtime" = "unknown") => [
	{
		risk,
		resource: resourceName,
		from: "starter",
		to: "small",
		by: "ops",
		reason: "seen",
		until: "2026-12-31",
		backup: null,
	},
];

describe("the guard before the first resource", () => {
	it.each([
		["a first run goes on", { recorded: { kind: "none" }, deployed: deployedAs() }, "first-run", "pass"],
		[
			"nothing changed goes on without a word",
			{ desired: side([host("small")], { blueprint: starter }) },
			"nothing-changed",
			"pass",
		],
		["a risk nobody accepted stops", {}, "compared", "stop"],
		["the same in a preview is logged and goes on", { mode: "preview" }, "compared", "warn"],
		[
			"an unreadable state stops",
			{ deployed: { kind: "unreadable", why: "no such invoke" } },
			"state-unreadable",
			"stop",
		],
		[
			"an unreadable state in a preview is logged",
			{ mode: "preview", deployed: { kind: "unreadable", why: "no such invoke" } },
			"state-unreadable",
			"warn",
		],
		[
			"a record of a newer version stops",
			{ recorded: { kind: "unreadable", why: "schema tierstack.record/9" } },
			"record-unreadable",
			"stop",
		],
		["an imported stack stops", { recorded: { kind: "none" } }, "imported", "stop"],
		[
			"what earlier runs left open cannot be read: stops",
			{ unfinishedUnread: "no CLI", desired: side([host("small")], { blueprint: starter }) },
			"state-unreadable",
			"stop",
		],
		[
			"a stack of a version that recorded no inputs stops",
			{ recorded: { kind: "record", blueprint: starter, kept: [], state: null, program: "p0" } },
			"imported",
			"stop",
		],
	] as const)("%s", (_, told, name, action) => {
		const decision = decide(guard(told));
		expect([decision.case, decision.action]).toEqual([name, action]);
		expect(decision.says === "").toBe(action === "pass");
	});

	it("goes on with an unreadable state once somebody answers for it", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		expect(decide(guard({ deployed: { kind: "unreadable", why: "x" }, rules })).action).toBe("pass");
	});

	it("compares sizes though the record cannot be read: somebody's word for the rest opens no other risk", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		const recordedAs = { kind: "unreadable", why: "x" } as const;
		const grown = decide(guard({ recorded: recordedAs, rules }));
		expect([grown.case, grown.action]).toEqual(["record-unreadable", "stop"]);
		expect(grown.changes?.reasons.map(({ risk }) => risk)).toContain("downtime");
		const same = side([host("small")], { blueprint: small });
		expect(decide(guard({ recorded: recordedAs, rules, desired: same })).action).toBe("pass");
	});

	it.each([
		["a create of data that was cut off", "creating", database, "stop"],
		["a change of data that failed half way", "failed", database, "stop"],
		["a create of what holds nothing", "creating", host("small"), "pass"],
		["an update of data that was cut off: the engine does it again", "updating", database, "pass"],
	] as const)("%s: %s", (_, operation, { urn, type }, action) => {
		const quiet = { desired: side([host("small")], { blueprint: starter }), recorded: recorded(host("small")) };
		const decision = decide(guard({ ...quiet, unfinished: [{ urn, type, operation }] }));
		expect(decision.action).toBe(action);
		expect(decision.ways.length).toBe(action === "stop" ? 1 : 0);
		expect(decide(guard({ ...quiet, mode: "preview", unfinished: [{ urn, type, operation }] })).action).toBe(
			action === "stop" ? "warn" : "pass",
		);
	});

	it("goes on with a first run that did not finish, and stops when what is there would be resized or go", () => {
		const app = {
			urn: "urn:pulumi:lab::tierstack::tierstack:digitalocean:App::app",
			type: "tierstack:digitalocean:App",
		};
		const begun = (...there: readonly DesiredResource[]) =>
			decide(
				guard({
					recorded: { kind: "none" },
					deployed: deployedAs({ ...app, inputs: {} }, ...there),
					desired: side([{ ...host("small"), urn: app.urn, type: app.type, custom: false }, host("small"), database], {
						blueprint: small,
					}),
				}),
			);
		expect([begun().case, begun().action]).toEqual(["first-run", "pass"]);
		expect(begun(host("small")).action).toBe("pass");
		expect(begun(host("large")).action).toBe("stop");
		expect(begun(resource("Volume", "data", { size: 20 })).changes?.verdict).toBe("blocked");
	});

	it("takes no stack for a first run whose last update came to its end", () => {
		const app = { urn: urnOf("App", "app"), type: "tierstack:digitalocean:App", inputs: {} };
		const component = { ...host("small"), urn: app.urn, type: app.type, custom: false };
		const same = {
			deployed: deployedAs(app, host("small")),
			desired: side([component, host("small")], { blueprint: small }),
		};
		const told = (finished: boolean) => decide(guard({ ...same, recorded: { kind: "none", finished } }));
		expect([told(true).case, told(true).action]).toEqual(["imported", "stop"]);
		expect([told(false).case, told(false).action]).toEqual(["first-run", "pass"]);
	});

	it("sees without a record what cannot be changed in place, though nobody knows what it was", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		const volumeIn = (region: string) => resource("Volume", "data", { region, size: 20, tags: [region] });
		const hostIn = (region: string) => resource("Droplet", "app-1", { ...host("small").inputs, region });
		const deployed = deployedAs(hostIn("fra1"), volumeIn("fra1"));
		const to = (region: string) => side([hostIn(region), volumeIn(region)], { blueprint: small });
		const imported = { recorded: { kind: "none" }, rules, deployed } as const;
		const decision = decide(guard({ ...imported, desired: to("ams3") }));
		expect(decision.action).toBe("stop");
		const seen = decision.changes?.changes.map(({ name, op, props }) => {
			return [name, op, ...props.filter(({ path }) => path === "region").map(({ old }) => old)];
		});
		expect(seen).toEqual([
			["app-1", "replace", "(another)"],
			["data", "replace", "(another)"],
		]);
		expect(decision.changes?.reasons).toContainEqual(expect.objectContaining({ risk: "data-loss" }));
		expect(decide(guard({ ...imported, desired: to("fra1") })).action).toBe("pass");
	});

	it("trusts no imported thing to be what it does not tell", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		const volume = (rest: Record<string, string>) => resource("Volume", "data", { region: "fra1", size: 20, ...rest });
		const deployed = deployedAs(volume({}));
		const desired = side([volume({ initialFilesystemType: "ext4" })], { blueprint: small });
		const decision = decide(guard({ recorded: { kind: "none" }, rules, deployed, desired }));
		expect([decision.action, decision.changes?.changes.map(({ op }) => op)]).toEqual(["stop", ["replace"]]);
	});

	it("goes on though nobody knows what is left open, once somebody answers, and compares all the same", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		const unread = { unfinishedUnread: "no CLI", rules };
		expect(decide(guard({ ...unread, desired: side([host("small")], { blueprint: small }) })).action).toBe("pass");
		const resized = decide(guard(unread));
		expect([resized.case, resized.action]).toEqual(["compared", "stop"]);
	});

	it("goes on with an imported stack once accepted, and still stops for what it can see", () => {
		const rules = { ...guard().rules, accept: answered("stack") };
		const imported = { recorded: { kind: "none" }, rules } as const;
		expect(decide(guard({ ...imported, desired: side([host("small")], { blueprint: small }) })).action).toBe("pass");
		const resized = decide(guard(imported));
		expect(resized.action).toBe("stop");
		expect(resized.changes?.changes.map(({ name }) => name)).toEqual(["app-1"]);
	});

	it("goes on when the risk is accepted", () => {
		const rules = { ...guard().rules, accept: answered("app-1", "downtime") };
		expect(decide(guard({ rules })).action).toBe("pass");
	});

	it("sees the rest of a tier change after an update that failed or was aimed at one resource", () => {
		const old = [host("small"), database];
		const now = [host("large"), database];
		const half = guard({
			recorded: recorded(...old),
			deployed: deployedAs(...now),
			desired: side(
				[
					host("large"),
					resource("DatabaseCluster", "database", { ...database.inputs, nodeCount: 2, size: "db-s-2vcpu-4gb" }),
				],
				{ blueprint: small },
			),
		});
		const { changes } = decide(half);
		expect(changes?.changes.map(({ name }) => name)).toEqual(["database"]);
	});

	it("is as strict on the way down", () => {
		const down = guard({
			recorded: recorded(host("large")),
			deployed: deployedAs(host("large")),
			desired: side([host("small")], { blueprint: small }),
		});
		expect(decide(down).action).toBe("stop");
		const known = deployedAs({ ...host("large"), inputs: { size: "large", disk: 60 } });
		expect(decide({ ...down, deployed: known }).changes?.verdict).toBe("blocked");
		const born = deployedAs({ ...host("large"), inputs: { size: "large", disk: 25 } });
		expect(decide({ ...down, deployed: born }).changes?.verdict).toBe("needs-acceptance");
	});

	it("blocks the end of something stateful that is deployed and neither declared nor kept", () => {
		const orphan = guard({
			deployed: deployedAs(host("small"), database),
			desired: side([host("small")], { blueprint: starter }),
		});
		const { action, changes } = decide(orphan);
		expect(action).toBe("stop");
		expect(changes?.verdict).toBe("blocked");
		expect(changes?.routes.map(({ resource: name, title }) => [name, title])).toEqual([
			["database", "Keep it, back it up, retire it"],
		]);
	});
});

describe("whether the model has to run", () => {
	const now = { blueprint: starter, kept: [], program: "p1" };
	it.each([
		["a quiet update", recorded(), now, false],
		["another program", recorded(), { ...now, program: "p2" }, true],
		[
			"another size",
			recorded(),
			{ ...now, blueprint: blueprint({ components: [component({ sku: "s-4vcpu-8gb" })] }) },
			true,
		],
		["something kept", recorded(), { ...now, kept: [component({ name: "data" })] }, true],
		["no record", { kind: "none" } as const, now, true],
		[
			"other prices alone",
			recorded(),
			{
				...now,
				blueprint: blueprint({ components: [component({ monthlyUsd: 1, unitMonthlyUsd: 1, why: "cheaper" })] }),
			},
			false,
		],
	])("%s", (_, record, state_, runs) => {
		expect(needsModel(record, state_)).toBe(runs);
	});
});

describe("what a stack's outputs tell of its record", () => {
	it.each([
		["nothing: no update came to its end", { text: null, finished: false }, { kind: "none", finished: false }],
		["other outputs alone", { text: null, finished: true }, { kind: "none", finished: true }],
		["a first update in parts", { text: "", finished: true }, { kind: "none", finished: false }],
		["no answer", { text: null, finished: false, why: "no such stack" }, { kind: "unreadable", why: "no such stack" }],
	])("%s", (_, found, expected) => {
		expect(recordedFrom(found)).toEqual(expected);
	});

	it("each of two kinds has its own price; an older record's price is taken where there is one kind alone", async () => {
		const cache = (kind: string | null) =>
			component({ role: "cache", name: "cache", sku: "node", settings: kind === null ? {} : { kind } });
		const pricesIn = async (unitUsd: Record<string, number>, own: Component, ...kept: Component[]) => {
			const of = { schema: "tierstack.record/1", blueprint: blueprint({ components: [own] }), kept, unitUsd } as const;
			const read = recordedFrom({ text: await packRecord(of), finished: true });
			if (read.kind !== "record") throw new Error(read.kind);
			return [...read.blueprint.components, ...read.kept].map(({ unitMonthlyUsd }) => unitMonthlyUsd);
		};
		const [one, cluster] = [cache(null), cache("cluster")];
		expect(await pricesIn({ "cache/cache": 20, "cache/cache/cluster": 30 }, cluster, one)).toEqual([30, 20]);
		expect(await pricesIn({ "cache/cache": 30 }, cluster)).toEqual([30]);
		expect(await pricesIn({ "cache/cache": 20 }, cluster, one)).toEqual([null, 20]);
	});

	it("damage is told, and not thrown", () => {
		expect(recordedFrom({ text: "damaged", finished: true }).kind).toBe("unreadable");
	});
});

describe("what is deployed", () => {
	it("is cut to types and sizes: no secret of the engine's answer stays", () => {
		const cut = cutDeployed({
			[database.urn]: {
				type: database.type,
				outputs: { size: "db-s-1vcpu-1gb", nodeCount: 1, password: "SENTINEL", uri: "postgres://u:SENTINEL@h" },
			},
			[urnOf("Certificate", "c")]: {
				type: "digitalocean:index/certificate:Certificate",
				outputs: { privateKey: "SENTINEL" },
			},
			[urnOf("other:x:Y", "y")]: { type: "other:x:Y", outputs: { token: "SENTINEL" } },
		});
		expect(JSON.stringify(cut)).not.toContain("SENTINEL");
		expect(cut[database.urn]?.capacity).toEqual({ size: "db-s-1vcpu-1gb", nodeCount: 1 });
	});

	it("is as recorded only when nothing is missing, resized or strange", () => {
		const recordedState = state(host("small"), database);
		const as = (...there: readonly DesiredResource[]) => isAsRecorded(recordedState, deployedAs(...there).resources);
		expect(as(host("small"), database)).toBe(true);
		expect(as(host("large"), database)).toBe(false);
		expect(as(host("small"))).toBe(false);
		expect(as(host("small"), database, resource("Volume", "data", { size: 20 }))).toBe(false);
	});

	it("shows which part of an update was left out: not made, not resized", () => {
		const [before, now] = [deployedAs(host("small")).resources, state(host("large"), database)];
		const left = (...after: readonly DesiredResource[]) =>
			isPartial(before, deployedAs(...after).resources, state(host("small")), now);
		expect(left(host("large"), database)).toBe(false);
		expect(left(host("large"))).toBe(true);
		expect(left(host("small"), database)).toBe(true);
		// Deletes come last, when the program is done.
		expect(left(host("large"), database, resource("Volume", "data", { size: 20 }))).toBe(false);
		// No size, and left out all the same.
		const tagged = (...tags: string[]) => resource("Volume", "data", { size: 20, tags });
		const [was, is] = [state(tagged("a")), state(tagged("b"))];
		const leftTag = (tag: string) =>
			isPartial(deployedAs(tagged("a")).resources, deployedAs(tagged(tag)).resources, was, is);
		expect([leftTag("a"), leftTag("b")]).toEqual([true, false]);
		// What the cloud calls otherwise than the program does is not left out.
		expect(left(host("LARGE"), database)).toBe(false);
	});

	it("corrects the record: sizes as deployed, what is gone is absent, strangers are named", () => {
		const { resources } = deployedAs(host("large"), resource("Volume", "data", { size: 20 }));
		const old = oldState(state(host("small"), database), resources);
		expect(old.resources.map(({ name, inputs }) => [name, inputs.size])).toEqual([["app-1", "large"]]);
		expect(strangers(state(host("small")), resources)).toEqual([urnOf("Volume", "data")]);
	});
});

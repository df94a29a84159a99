import { describe, expect, test } from "vitest";
import { z } from "zod";
import { accepts, DEV_TO_SMALL } from "./acceptances.ts";
import { deployedOn, expectDone } from "./sampleStack.ts";
import { Workspace } from "./workspace.ts";

const viewSchema = z.object({
	changes: z.object({
		layer: z.string(),
		base: z.object({ kind: z.string() }),
		verdict: z.string(),
		changes: z.array(z.object({ name: z.string(), op: z.string(), join: z.string().nullable() })),
		reasons: z.array(z.object({ risk: z.string(), urn: z.string().nullable(), text: z.string() })),
		routes: z.array(z.object({ resource: z.string(), steps: z.array(z.string()) })),
	}),
	drift: z.array(
		z.object({
			name: z.string(),
			what: z.string(),
			props: z.array(z.object({ path: z.string(), old: z.unknown(), new: z.unknown() })),
		}),
	),
	byCloud: z.array(z.object({ urn: z.string(), says: z.string() })),
	unfinished: z.array(z.object({ operation: z.string(), says: z.string() })),
	note: z.string().nullable(),
});

/** `tierstack preview dev --engine`, its exit code and what it says. */
async function view(workspace: Workspace) {
	const before = workspace.account.calls();
	const run = await workspace.tierstack(["preview", "dev", "--engine", "--json", "--exit-code"]);
	expect(workspace.account.calls(), "a preview changes nothing").toEqual(before);
	expect(run.output.startsWith("{"), run.output).toBe(true);
	return { code: run.code, ...viewSchema.parse(JSON.parse(run.output)) };
}

/** Somebody edits the engine's state: the file that `pulumi stack import` reads. */
async function editState(workspace: Workspace, edit: (resources: Record<string, unknown>[]) => void): Promise<void> {
	const { output } = await workspace.run(["stack", "export", "--stack", "dev"]);
	const state = JSON.parse(output);
	edit(state.deployment.resources);
	workspace.writeFile("state.json", JSON.stringify(state));
	expectDone(await workspace.run(["stack", "import", "--stack", "dev", "--file", "state.json"]));
}

describe("tierstack preview --engine", () => {
	test("before the first update: everything is a create that the engine plans as well", async () => {
		const workspace = new Workspace();
		await workspace.createStack("dev");
		workspace.copyStackFile("dev");
		const first = await view(workspace);
		expect(first.code).toBe(2);
		expect(new Set(first.changes.changes.map(({ op, join }) => `${op} ${join}`))).toEqual(
			new Set(["create explained"]),
		);
	});

	test("tells intent, drift and the cloud's own doing apart", async () => {
		const workspace = await deployedOn("small");
		const quiet = await view(workspace);
		expect([quiet.code, quiet.changes.changes, quiet.drift]).toEqual([0, [], []]);

		// At the console: another size, an uptime check deleted. By the cloud: storage grew.
		workspace.account.atTheConsole("Droplet", { size: "s-8vcpu-16gb" });
		workspace.account.atTheConsole("UptimeCheck", "delete");
		workspace.account.atTheConsole("DatabaseCluster", { storageSizeMib: "40960" });
		workspace.editStackFile("dev", { "tierstack:tier": "medium" });
		const moved = await view(workspace);
		expect(moved.changes).toMatchObject({ layer: "engine", base: { kind: "deployed" } });
		expect(moved.code).toBe(3);
		expect(moved.changes.changes.length).toBeGreaterThan(2);
		expect(moved.changes.changes.filter(({ join }) => join !== "explained")).toEqual([]);
		expect(moved.drift.map(({ name, what }) => `${name} ${what}`).sort()).toEqual([
			"app-1 changed",
			"monitoring-uptime gone",
		]);
		expect(moved.drift.find(({ name }) => name === "app-1")?.props).toEqual([
			{ path: "size", old: "s-4vcpu-8gb", new: "s-8vcpu-16gb" },
		]);

		const told = await workspace.tierstack(["preview", "dev", "--engine"]);
		expect(told.code).toBe(0);
		expect(told.output).toContain("against what is deployed");
		expect(told.output).toContain("changes are in the engine's plan as expected");
		expect(told.output).toContain("size: the program set s-4vcpu-8gb, the cloud has s-8vcpu-16gb");
		expect(told.output).toContain("monitoring-uptime (UptimeCheck): deleted in the cloud");
	});

	test("a replacement that nothing explains is exit 4, and so is what the provider refuses in the plan", async () => {
		const workspace = await deployedOn("starter");
		await editState(workspace, (resources) => {
			for (const { type, inputs, outputs } of resources) {
				if (type !== "digitalocean:index/droplet:Droplet") continue;
				for (const side of [inputs, outputs])
					if (typeof side === "object") Object.assign(side ?? {}, { vpcUuid: "another" });
			}
		});
		const strange = await view(workspace);
		expect(strange.code).toBe(4);
		expect(strange.changes.changes.find(({ name }) => name === "app-1")).toMatchObject({
			op: "replace",
			join: "unexplained",
		});
		expect(strange.changes.reasons[0]).toMatchObject({ risk: "blocked", text: expect.stringContaining("replace") });
	});

	test("a volume grown at the console is named with the way to keep it: refreshed, it is refused, and the pin is offered", async () => {
		const workspace = await deployedOn("starter");
		workspace.account.atTheConsole("Volume", { size: 300 });
		const grown = await workspace.tierstack(["preview", "dev", "--engine"]);
		expect(grown.code).toBe(1);
		expect(grown.output).toContain("data differs in the cloud and could not be set back");
		expect(grown.output).toContain("can only be expanded and not shrunk");
		expect(grown.output).toContain("pulumi refresh --stack dev");

		// It fails by the provider's word too, and the state has the size afterwards.
		expect((await workspace.refresh("dev")).output).toContain("can only be expanded and not shrunk");
		const known = await workspace.tierstack(["preview", "dev", "--engine", "--exit-code"]);
		expect(known.code, known.output).toBe(4);
		expect(known.output).toContain("refused data: a volume never shrinks");
		expect(known.output).toMatch(/tierstack pin dev app\.storageGb=300 --until \d{4}-\d\d-\d\d/);
	});

	test("a stack nobody made, and a login nobody has, are one sentence", async () => {
		const workspace = new Workspace();
		workspace.copyStackFile("dev");
		const none = await workspace.tierstack(["preview", "dev", "--engine"]);
		expect(none.code).toBe(1);
		expect(none.output).toContain("no stack named 'dev' found");
		const closed = await workspace.tierstack(["preview", "dev", "--engine"], { env: { PATH: "" } });
		expect(closed.output).toContain("there is no `pulumi` on PATH");
	});
});

describe("what an earlier run left open", () => {
	test("a create of a database cut off by a kill: refused until it is told what became of it, then finished", async () => {
		const workspace = await deployedOn("starter");
		const accept = accepts("starter", "small", ...DEV_TO_SMALL);
		workspace.editStackFile("dev", { "tierstack:tier": "small", "tierstack:accept": accept });
		workspace.account.orderFaults({
			operation: "create",
			type: "DatabaseCluster",
			action: { kind: "hang", done: true },
		});
		await workspace.killInside("dev", "create DatabaseCluster database");
		workspace.account.clearFaults();
		expectDone(await workspace.run(["cancel", "--yes", "--stack", "dev"]));

		const [cluster] = workspace.account.resources("DatabaseCluster");
		const calls = workspace.account.calls().length;
		const up = await workspace.up("dev");
		expect(up.code, up.output).not.toBe(0);
		expect(up.output).toContain("an earlier run ended while creating database");
		expect(up.output).toContain("--clear-pending-creates");
		expect(workspace.account.calls().length).toBe(calls);

		const open = await view(workspace);
		expect(open.code).toBe(4);
		expect(open.unfinished).toContainEqual(expect.objectContaining({ operation: "creating" }));
		expect(open.changes.routes[0]?.steps.join(" ")).toContain("--clear-pending-creates");
		const doctor = await workspace.tierstack(["doctor", "dev"]);
		expect(doctor.output).toContain("an earlier run ended while creating database");

		// As the steps say: what the cut-off run left is new and empty, and goes.
		workspace.account.atTheConsole("DatabaseCluster", "delete");
		expectDone(
			await workspace.run(["refresh", "--clear-pending-creates", "--yes", "--skip-preview", "--stack", "dev"]),
		);
		expectDone(await workspace.up("dev"));
		const [made, ...more] = workspace.account.resources("DatabaseCluster");
		expect([made === undefined, more]).toEqual([false, []]);
		expect(made?.id).not.toBe(cluster?.id);
	});

	test("a resize that failed half way: the state lies, `up` says so and waits for a refresh", async () => {
		const workspace = await deployedOn("medium");
		const accept = accepts(
			"medium",
			"large",
			["downtime", "load-balancer"],
			["downtime", "network-address"],
			["one-way", "network-address"],
			["recovery-gap", "stack"],
			["cost", "stack"],
		);
		workspace.editStackFile("dev", { "tierstack:tier": "large", "tierstack:accept": accept });
		workspace.account.orderFaults({
			operation: "update",
			type: "DatabaseCluster",
			action: { kind: "error", status: 500 },
		});
		expect((await workspace.up("dev")).code).not.toBe(0);
		workspace.account.clearFaults();
		const before = workspace.account.resources("DatabaseCluster")[0]?.state.size;

		const up = await workspace.up("dev");
		expect(up.code, up.output).not.toBe(0);
		expect(up.output).toContain("the last change of database failed half way");
		expect((await view(workspace)).code).toBe(4);
		expect(workspace.account.resources("DatabaseCluster")[0]?.state.size).toBe(before);

		expectDone(await workspace.refresh("dev"));
		expectDone(await workspace.up("dev"));
		expect(workspace.account.resources("DatabaseCluster")[0]?.state.size).not.toBe(before);
	});
});

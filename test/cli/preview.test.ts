import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, sandbox, stackText } from "./run.ts";

let project: Sandbox;
beforeEach(() => {
	project = sandbox({ "Pulumi.dev.yaml": stackText() });
});
afterEach(() => {
	project.remove();
});

/** The first line of the change set that a preview or diff prints. */
const verdictLine = (out: string) => /^(NOTHING TO CHANGE|SAFE|NEEDS ACCEPTANCE|BLOCKED),.*$/m.exec(out)?.[0];

const patience = 60_000;

describe("tierstack preview", () => {
	it("without git everything is a create, and it says so", { timeout: patience }, async () => {
		const { code, out, err } = await project.run("preview dev");
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toMatch(/^wizamart starter on digitalocean fra1 \(single\): \$/);
		expect(verdictLine(out)).toContain("against nothing, as no earlier version is in git: all creates");
		expect(out).toContain("Note: there is no git history here, so everything shows as a create");
		expect(out).toMatch(/\d+ create, 0 update, 0 replace, 0 delete, 0 unchanged/);
	});

	it("counts customers by plan from the stack file, and as much from its lock", { timeout: patience }, async () => {
		const counted = (clients: string) => stackText({ tier: "large" }, "tierstack:workload:", `  clients: ${clients}`);
		project.write("Pulumi.dev.yaml", counted("{ essential: 300, professional: 60 }"));
		const fresh = JSON.parse((await project.run("preview dev --json")).out).blueprint;
		expect(fresh.workload).toMatchObject({ clients: 360, products: 90_000, images: 330_000, orders: 60_000 });
		const resized = await project.run("promote dev --resize --yes --accept cost,downtime --reason growth");
		expect({ code: resized.code, err: resized.err }).toEqual({ code: 0, err: "" });
		const { blueprint, note } = JSON.parse((await project.run("preview dev --json")).out);
		expect([blueprint.workload, blueprint.cost]).toEqual([fresh.workload, fresh.cost]);
		expect(note).not.toContain("lock");

		project.write("Pulumi.dev.yaml", counted("{ essentil: 300 }"));
		const wrong = await project.run("preview dev");
		expect(wrong.code).toBe(1);
		expect(wrong.err).toMatch(
			/^error: Pulumi\.dev\.yaml:\d+: .*unknown plan "essentil"; .*did you mean "essential"\?\n$/,
		);
	});

	it("a stack file that is not committed has no base either", { timeout: patience }, async () => {
		rmSync(join(project.dir, "Pulumi.dev.yaml"));
		project.commit();
		project.write("Pulumi.dev.yaml", stackText());
		const { changes, note } = JSON.parse((await project.run("preview dev --json")).out);
		expect(changes.base).toEqual({ kind: "none", ref: null });
		expect(note).toBe("Pulumi.dev.yaml is not committed yet, so everything shows as a create");
	});

	it("a stack with a compose file is previewed, and a file that is missing is one sentence", {
		timeout: patience,
	}, async () => {
		project.write("Pulumi.dev.yaml", stackText({}, "tierstack:app: {compose: compose.yaml}"));
		const missing = await project.run("preview dev");
		expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('no readable file "compose.yaml"')]);
		project.write("compose.yaml", "services: {web: {image: 'example/web:1'}}\n");
		const { code, out } = await project.run("preview dev --json");
		expect(code).toBe(0);
		const names = JSON.parse(out).changes.changes.map(({ name }: { name: string }) => name);
		expect(names).toContain("settings-app-host");
	});

	it("a committed file without edits changes nothing", { timeout: patience }, async () => {
		project.commit();
		const { code, out } = await project.run("preview dev --exit-code");
		expect(code).toBe(0);
		expect(verdictLine(out)).toMatch(/^NOTHING TO CHANGE, against git [0-9a-f]+, not against what is deployed$/);
	});

	it("an edited tier line is a move from the committed tier, and CI hears of it", { timeout: patience }, async () => {
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		const { code, out } = await project.run("preview dev --json --exit-code");
		const { blueprint, changes, note } = JSON.parse(out);
		expect(blueprint.tier).toBe("small");
		expect([changes.from.tier, changes.to.tier, changes.base.kind, note]).toEqual(["starter", "small", "git", null]);
		expect(changes.changes.map((change: { name: string }) => change.name)).toContain("database");
		expect(code).toBe({ "needs-acceptance": 3, blocked: 4, safe: 2, none: 0 }[String(changes.verdict)]);
		expect((await project.run("preview dev --json")).out).toBe(out);
	});

	it("an edited ladder is compared with the committed ladder", { timeout: patience }, async () => {
		project.commit();
		const path = join(project.dir, "tiers/wizamart.yaml");
		const text = readFileSync(path, "utf8");
		const raised = text.replace("swapGib: ", "swapGib: 1");
		expect(raised).not.toBe(text);
		project.write("tiers/wizamart.yaml", raised);
		const { changes } = JSON.parse((await project.run("preview dev --json")).out);
		expect(changes.base.kind).toBe("git");
		expect(changes.totals.update + changes.totals.same).toBeGreaterThan(0);
		expect(changes.totals.create).toBe(0);
	});

	it("a committed file that cannot be read is no base, and the reason is told", { timeout: patience }, async () => {
		project.write("Pulumi.dev.yaml", stackText({ tier: "startr" }));
		project.commit();
		project.write("Pulumi.dev.yaml", stackText());
		const { changes, note } = JSON.parse((await project.run("preview dev --json")).out);
		expect(changes.base.kind).toBe("none");
		expect(note).toMatch(/^the version in git [0-9a-f]+ cannot be used \(unknown tier "startr"; .*\), so everything/);
	});

	it("--next adds the move to the next tier, and says when there is none", { timeout: patience }, async () => {
		project.commit();
		const next = JSON.parse((await project.run("preview dev --next --json")).out).next;
		expect([next.from.tier, next.to.tier, next.base.kind]).toEqual(["starter", "small", "tier"]);
		project.write("Pulumi.dev.yaml", stackText({ tier: "enterprise" }));
		project.commit();
		expect((await project.run("preview dev --next")).out).toContain("enterprise is the last tier of wizamart");
	});

	it("shows no secret and no trace of one", { timeout: patience }, async () => {
		const sentinel = "v1:hunter2hunter2";
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({}, "tierstack:secrets:", `  APP_KEY: { secure: "${sentinel}" }`));
		for (const line of ["preview dev", "preview dev --json"]) {
			const { code, out, err } = await project.run(line);
			expect({ code, err }).toEqual({ code: 0, err: "" });
			expect(out).not.toContain("hunter2");
		}
	});
});

describe("tierstack diff", () => {
	it("a ladder's tiers on a provider, without a stack file", { timeout: patience }, async () => {
		const { code, out } = await project.run("diff wizamart starter small --provider digitalocean");
		expect(code).toBe(0);
		expect(out).toMatch(
			/^(NEEDS ACCEPTANCE|BLOCKED), tier against tier, not against what is deployed\nwizamart starter -> small /,
		);
		expect(out).toMatch(/update \(interrupts\) +app-1 +restart/);
		expect(out).toMatch(/size: s-2vcpu-4gb -> s-4vcpu-8gb/);
		expect(out).toMatch(/create +database /);
		expect(out).toMatch(/To do by hand\n {2}Move the rows from SQLite/);
		expect(out.split("\n").filter((line) => line.length > 100 && !line.startsWith("Next:"))).toEqual([]);
	});

	it("a stack to another tier gives the same change set as editing its line", { timeout: patience }, async () => {
		project.commit();
		const moved = JSON.parse((await project.run("diff dev --to small --json")).out);
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		const { changes } = JSON.parse((await project.run("preview dev --json")).out);
		expect(moved.hash).toBe(changes.hash);
		expect(moved.stack).toBe("dev");
	});
});

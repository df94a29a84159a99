import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, sandbox, stackText } from "./run.ts";

let project: Sandbox;
beforeEach(() => {
	project = sandbox({ "Pulumi.prod.yaml": stackText({ tier: "small" }) });
});
afterEach(() => {
	project.remove();
});

const patience = 60_000;
const read = (file: string) => readFileSync(join(project.dir, file), "utf8");
const lock = () => JSON.parse(read("tierstack.prod.lock.json"));
const hasLock = () => project.git("ls-files", "--others", "--cached").includes("tierstack.prod.lock.json");
const ANSWERED = ["--accept", "cost,downtime,one-way", "--reason", "agreed: the night of the 14th", "--by", "ada"];
const promote = (...words: readonly string[]) => project.run(["promote", "prod", ...words]);

describe("tierstack promote, refused", () => {
	it("without an answer to its risks: shows the change set, writes nothing, and prints the command that goes on", {
		timeout: patience,
	}, async () => {
		const before = read("Pulumi.prod.yaml");
		const { code, out, err } = await promote();
		expect({ code, err }).toEqual({ code: 3, err: "" });
		expect(out).toContain("prod: wizamart small -> medium (digitalocean fra1)");
		expect(out).toContain("Refused, nothing is written\n  - not accepted: cost, downtime, one-way\n");
		expect(out).toMatch(/Next:\n {2}tierstack promote prod medium --accept cost,downtime,one-way --reason "<why>"\n$/);
		expect(read("Pulumi.prod.yaml")).toBe(before);
	});

	it("is answered risk by risk: what is left is named, what was said stays in the command", {
		timeout: patience,
	}, async () => {
		const { code, out } = await promote(
			"medium",
			"--accept",
			"cost",
			"--accept",
			"one-way",
			"--reason",
			"a",
			"--by",
			"b",
		);
		expect(code).toBe(3);
		expect(out).toContain("not accepted: downtime\n");
		expect(out).toContain("tierstack promote prod medium --accept cost,downtime,one-way");
	});

	it("passing over a tier takes a word of its own", { timeout: patience }, async () => {
		project.write(
			"Pulumi.prod.yaml",
			stackText({ tier: "small" }, "tierstack:tolerate: {downtimeMinutes: 600, monthlyUsd: 9000}"),
		);
		const { code, out } = await promote("large", "--json");
		expect(code).toBe(3);
		const { because, next, outcome } = JSON.parse(out);
		expect(outcome).toBe("refused");
		expect(because[0]).toBe("large passes over medium: go tier by tier, or accept it");
		expect(next[0]).toMatch(/^tierstack promote prod large --accept (.*,)?skip-tier --reason/);
	});

	it("a volume that would shrink is blocked, and the pin that keeps it is the way", { timeout: patience }, async () => {
		const { code, out } = await promote("starter", "--accept", "downtime,unknown,recovery-gap", ...ANSWERED.slice(2));
		expect(code).toBe(4);
		expect(out).toContain("  - refused data: a volume never shrinks: the plan itself fails\n");
		expect(out).toMatch(
			/Next:\n {2}tierstack pin prod app\.storageGb=250 --until 2027-02-19\n {2}tierstack promote prod starter/,
		);
		const pinned = await project.run("pin prod app.storageGb=250 --until 2027-02-19 --yes");
		expect(pinned.code, pinned.err).toBe(0);
		const back = await promote("starter", "--accept", "downtime,unknown,recovery-gap", ...ANSWERED.slice(2), "--yes");
		expect(back.code, back.out).toBe(0);
		expect(lock().for.tier).toBe("starter");
		expect(lock().blueprint.components.find(({ name }: { name: string }) => name === "data").settings.storageGb).toBe(
			250,
		);
	});

	it.each([
		[["nosuch"], /unknown tier "nosuch"; allowed: starter, small, medium/],
		[["--accept", "downtme"], /--accept: unknown risk "downtme"; allowed: .*skip-tier; did you mean "downtime"\?/],
		[["--accept", "cost,downtime,one-way", "--by", "ada"], /--reason: is missing; what is accepted is written down/],
		[["--accept", "cost", "--reason", "x", "--until", "2026-11-20"], /--until: must be today \(2026-11-21\) or later/],
		[["--until", "31.12.2026"], /--until: must be a date as "YYYY-MM-DD", found "31.12.2026"/],
		[["small"], /prod is on small already; tierstack promote prod --resize sizes it afresh/],
		[["medium", "--resize"], /--resize: sizes the tier the stack is on afresh/],
		[ANSWERED, /there is nobody to ask; --yes writes it, --dry-run only shows it/],
		[[...ANSWERED, "--json"], /nobody asks; --yes writes it/],
	])("a mistake is one sentence: %s", { timeout: patience }, async (words, message) => {
		const before = read("Pulumi.prod.yaml");
		const { code, out, err } = await promote(...words);
		expect(code).toBe(1);
		expect(err + out).toMatch(message);
		expect(read("Pulumi.prod.yaml")).toBe(before);
	});

	it("what no word opens and no pin holds leads to its safer route, not to a command that would fail", {
		timeout: patience,
	}, async () => {
		const risks = "cost,downtime,one-way,unknown,exposure,recovery-gap";
		for (const [ladder, from, to] of [
			["django", "10k", "100k"],
			["opex-manager", "medium", "large"],
		] as const) {
			project.write("Pulumi.prod.yaml", stackText({ ladder, tier: from }));
			const { code, out } = await promote(to, "--accept", risks, "--reason", "x", "--by", "ada", "--json", "--dry-run");
			const { because, next, changes } = JSON.parse(out);
			const refused = changes.reasons.filter(({ risk }: { risk: string }) => risk === "refused");
			expect(code).toBe(refused.length === 0 ? 0 : 4);
			for (const each of because) expect(each).toMatch(/^refused \S+: /);
			if (refused.length > 0) expect(next).toEqual([expect.stringMatching(/^take the safer route of /)]);
		}
	});

	it("a lock that a merge left damaged stops a promotion, and --resize writes it anew", {
		timeout: patience,
	}, async () => {
		project.write("tierstack.prod.lock.json", "<<<<<<< HEAD\n");
		const refused = await promote(...ANSWERED, "--yes");
		expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("tierstack promote prod --resize")]);
		const { code, out } = await promote("--resize", "--yes");
		expect(code).toBe(0);
		expect(out).toContain("the lock cannot be read, so what stood in it is not known");
		expect(lock().for.tier).toBe("small");
	});

	it("the last tier has none above", async () => {
		project.write("Pulumi.prod.yaml", stackText({ tier: "enterprise" }));
		expect((await promote()).err).toContain("enterprise is the last tier of wizamart; name a lower one");
	});
});

describe("tierstack promote, written", () => {
	it("one line, the acceptances and the lock; then the next command and the way back", {
		timeout: patience,
	}, async () => {
		project.commit();
		const { code, out } = await promote(...ANSWERED, "--yes");
		expect(code).toBe(0);
		const changed = project.git("diff", "--unified=0", "Pulumi.prod.yaml").split("\n").slice(4);
		expect(changed.filter((line) => line.startsWith("-"))).toEqual(["-  tierstack:tier: small"]);
		expect(changed.filter((line) => line.startsWith("+"))[0]).toBe("+  tierstack:tier: medium");
		const entries = [...read("Pulumi.prod.yaml").matchAll(/- risk: (.*)\n +resource: (.*)\n/g)].map((each) =>
			each.slice(1),
		);
		expect(entries.toSorted()).toEqual([
			["cost", "stack"],
			["downtime", "app-1"],
			["downtime", "database"],
			["one-way", "data"],
		]);
		expect(read("Pulumi.prod.yaml")).toContain(
			'      from: small\n      to: medium\n      by: ada\n      reason: "agreed: the night of the 14th"\n      until: "2026-12-05"\n',
		);
		expect(out).toContain(
			[
				"Written: Pulumi.prod.yaml, tierstack.prod.lock.json",
				"Next:",
				'  git add Pulumi.prod.yaml tierstack.prod.lock.json && git commit -m "Promote prod from small to medium"',
				"  pulumi preview --stack prod",
				"  pulumi up --stack prod",
				"Way back:",
				"  tierstack pin prod app.storageGb=650 --until 2027-02-19",
				'  tierstack promote prod small --accept downtime,recovery-gap,unknown --reason "<why>"',
				"",
			].join("\n"),
		);
		expect([lock().schema, lock().for.tier]).toEqual(["tierstack.lock/1", "medium"]);

		// What was written is what was shown: the preview accepts it and has nothing to ask.
		const preview = JSON.parse((await project.run("preview prod --json --exit-code")).out);
		expect([preview.changes.verdict, preview.changes.reasons, preview.note]).toEqual(["safe", [], null]);

		// The next promotion takes them out again: their move is made.
		const next = await promote(
			"--accept",
			"cost,downtime,one-way,exposure,unknown,recovery-gap,data-loss",
			"--reason",
			"x",
			"--by",
			"ada",
			"--yes",
		);
		expect(next.code, next.out).toBe(0);
		expect(read("Pulumi.prod.yaml")).not.toContain("to: medium");
		expect(read("Pulumi.prod.yaml")).toContain("to: large");
	});

	it("a dry run says the same and writes nothing", { timeout: patience }, async () => {
		project.commit();
		const { code, out } = await promote(...ANSWERED, "--dry-run");
		expect(code).toBe(0);
		expect(out).toContain("  - tierstack:tier: small -> medium\n");
		expect(out).toContain("Dry run: nothing is written; the same without --dry-run writes Pulumi.prod.yaml,");
		expect(project.git("status", "--porcelain")).toBe("");
	});

	it("asks at a terminal, and a no ends with an error so that a script stops", { timeout: patience }, async () => {
		const asked: string[] = [];
		const answering = (answer: string) => ({
			ask: async (question: string) => {
				asked.push(question);
				return answer;
			},
		});
		const before = read("Pulumi.prod.yaml");
		const no = await project.run(["promote", "prod", ...ANSWERED], answering(""));
		expect([no.code, no.out.endsWith("Nothing is written\n"), read("Pulumi.prod.yaml")]).toEqual([1, true, before]);
		const yes = await project.run(["promote", "prod", ...ANSWERED], answering("y"));
		expect([yes.code, read("Pulumi.prod.yaml").includes("tier: medium")]).toEqual([0, true]);
		expect(asked).toEqual(Array(2).fill("Write Pulumi.prod.yaml and tierstack.prod.lock.json? [y/N] "));
	});

	it("a file that somebody changes while the question is open stays as it is, lock included", {
		timeout: patience,
	}, async () => {
		project.commit();
		const other = stackText({ tier: "small" }, "tierstack:months: 3");
		const ask = async () => {
			project.write("Pulumi.prod.yaml", other);
			return "yes";
		};
		const { code, err } = await project.run(["promote", "prod", ...ANSWERED], { ask });
		expect([code, err]).toEqual([
			1,
			expect.stringContaining("was changed by somebody else meanwhile; nothing is written"),
		]);
		expect([read("Pulumi.prod.yaml"), hasLock()]).toEqual([other, false]);
	});

	it("the same command again gives the same bytes, and JSON tells what was written", {
		timeout: patience,
	}, async () => {
		const before = read("Pulumi.prod.yaml");
		const first = await promote(...ANSWERED, "--yes", "--json");
		const [file, kept] = [read("Pulumi.prod.yaml"), read("tierstack.prod.lock.json")];
		expect(JSON.parse(first.out)).toMatchObject({
			schema: "tierstack.promotion/1",
			outcome: "written",
			written: ["Pulumi.prod.yaml", "tierstack.prod.lock.json"],
			back: [expect.stringContaining("tierstack pin prod"), expect.stringContaining("tierstack promote prod small")],
		});
		project.write("Pulumi.prod.yaml", before);
		project.delete("tierstack.prod.lock.json");
		expect((await promote(...ANSWERED, "--yes", "--json")).out).toBe(first.out);
		expect([read("Pulumi.prod.yaml"), read("tierstack.prod.lock.json")]).toEqual([file, kept]);
	});

	it("--resize writes the lock of the tier it is on, and the stack file keeps every byte", {
		timeout: patience,
	}, async () => {
		const before = read("Pulumi.prod.yaml");
		const { code, out } = await promote("--resize", "--yes");
		expect(code).toBe(0);
		expect(out).toContain("NOTHING TO CHANGE");
		expect(out).toContain("Written: tierstack.prod.lock.json\n");
		expect([read("Pulumi.prod.yaml"), lock().for.tier]).toEqual([before, "small"]);
	});

	it("a lower tier is the same command: what it no longer asks for but holds data stays", {
		timeout: patience,
	}, async () => {
		project.write("Pulumi.prod.yaml", stackText({ tier: "large" }));
		const { changes, next } = JSON.parse((await promote("medium", "--json")).out);
		expect(changes.kept.length).toBeGreaterThan(0);
		expect(changes.totals.delete).toBeGreaterThan(0);
		const [, risks = ""] = /--accept (\S+)/.exec(next[0]) ?? [];
		const { code } = await promote("medium", "--accept", risks, "--reason", "x", "--by", "ada", "--yes");
		expect(code).toBe(0);
		expect(lock().for.tier).toBe("medium");
	});
});

describe("the plan's own cloud", () => {
	it("a tier documented on the other one is sized here, said so, with the steps to a new stack", {
		timeout: patience,
	}, async () => {
		project.write("Pulumi.prod.yaml", stackText({ ladder: "django", tier: "10k" }));
		const { code, out } = await promote("100k", "--json");
		expect([3, 4]).toContain(code);
		const { changes, notes, route } = JSON.parse(out);
		expect([changes.from.provider, changes.to.provider, changes.to.region]).toEqual([
			"digitalocean",
			"digitalocean",
			"fra1",
		]);
		expect(notes).toContain(
			"the plan has 100k on aws; prod stays on digitalocean and is sized there: moving is a new stack",
		);
		expect(route.steps[0]).toContain("Pulumi.prod-next.yaml");
	});

	it("a tier this cloud cannot carry is told with the way to the other one", async () => {
		project.write("Pulumi.prod.yaml", stackText({ ladder: "django", tier: "1m" }));
		const { code, err } = await promote();
		expect(code).toBe(1);
		expect(err).toContain("digitalocean cannot carry the database of tier 10m");
		expect(err).toContain(
			"the plan has 10m on aws: write Pulumi.prod-next.yaml with provider aws, region us-east-1, tier 10m, and look: tierstack preview prod-next",
		);
	});
});

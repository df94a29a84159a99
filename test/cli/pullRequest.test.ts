import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseStackFile } from "../../src/config/parseStackFile.ts";
import { knownWords, ladderFolder } from "../../src/knownWords.ts";
import { lockStack } from "../../src/sizeStack.ts";
import { renderLock } from "../../src/sizing/lock/lock.ts";
import { type Sandbox, type Seen, sandbox, stackText } from "./run.ts";

interface StackVerdict {
	readonly stack: string;
	readonly changeSet: { readonly verdict: string };
}

const patience = { timeout: 120_000 };

let project: Sandbox;
beforeEach(() => {
	project = sandbox({ "Pulumi.dev.yaml": stackText(), "Pulumi.prod.yaml": stackText({ tier: "small" }) });
});
afterEach(() => {
	project.remove();
});

const read = (path: string) => readFileSync(join(project.dir, path), "utf8");

/** Changes a file that must hold what is changed. */
function edit(path: string, from: string, to: string): void {
	const text = read(path);
	expect(text, path).toContain(from);
	project.write(path, text.replace(from, to));
}

/** Puts the program itself into the project, as in a clone of it. */
function addProgram(): void {
	cpSync(resolve("src"), join(project.dir, "src"), { recursive: true });
	for (const file of ["package.json", "package-lock.json", "tsconfig.json"])
		cpSync(resolve(file), join(project.dir, file));
	project.write(".gitignore", "node_modules\ndist\n");
	symlinkSync(resolve("node_modules"), join(project.dir, "node_modules"));
}

/** Takes a dollar off a row's price. */
function cheaper(path: string, sku: string): void {
	const row = new RegExp(`("sku":"${sku}".*?"monthlyUsd":)(\\d+)`);
	const text = read(path);
	expect(text).toMatch(row);
	project.write(
		path,
		text.replace(row, (_match, before: string, price: string) => `${before}${Number(price) - 1}`),
	);
}

/** The file as the program that runs has it. */
const asHere = (path: string) => cpSync(resolve(path), join(project.dir, path));

function lockOfDev() {
	const ladders = ladderFolder(join(project.dir, "tiers"));
	return lockStack(parseStackFile(read("Pulumi.dev.yaml"), "Pulumi.dev.yaml", knownWords(ladders)), ladders);
}

async function pr(options = ""): Promise<Seen> {
	project.commit();
	return project.run(`pr --base HEAD^ ${options}`);
}

/** Commits have another name in every run, and digests follow every edit of what hosts run; the rest stays. */
const withoutDigests = (text: string) =>
	text
		.replace(/\b[0-9a-f]{64}\b/g, "<digest>")
		.replace(/text of \d+ characters, sha256 [0-9a-f]+/g, "text of <n> characters, sha256 <digest>")
		.replace(/\b[0-9a-f]{40}\b/g, "<sha>")
		.replace(/\b[0-9a-f]{7,12}\b/g, "<short>");

describe("tierstack pr writes what a reviewer reads", () => {
	/** What each pull request changes, after a commit with dev on starter and prod on small. */
	const PULL_REQUESTS: Readonly<
		Record<string, { readonly before?: () => void; readonly edit: () => void; readonly code: number }>
	> = {
		"tier-promotion": {
			edit: () => project.write("Pulumi.prod.yaml", stackText({ tier: "medium" })),
			code: 3,
		},
		"ladder-edit": {
			edit: () => edit("tiers/wizamart.yaml", "swapGib: 1", "swapGib: 2"),
			code: 3,
		},
		"catalog-price-change": {
			before: () => {
				addProgram();
				cheaper("src/catalog/digitalocean/droplets.json", "s-4vcpu-8gb");
			},
			edit: () => asHere("src/catalog/digitalocean/droplets.json"),
			code: 3,
		},
		"program-edit": {
			before: () => {
				addProgram();
				edit("src/stack/digitalocean/app.ts", "gracefulShutdown: true", "gracefulShutdown: false");
			},
			edit: () => asHere("src/stack/digitalocean/app.ts"),
			code: 2,
		},
		"new-stack": {
			edit: () => project.write("Pulumi.shop.yaml", stackText({ ladder: "billify", tier: "mvp" })),
			code: 2,
		},
		"deleted-stack": { edit: () => project.delete("Pulumi.prod.yaml"), code: 3 },
		"broken-now": {
			edit: () => project.write("Pulumi.prod.yaml", stackText({ tier: "smal" })),
			code: 1,
		},
		"broken-before": {
			before: () => {
				project.commit();
				project.write("Pulumi.prod.yaml", "config: [\n");
			},
			edit: () => project.write("Pulumi.prod.yaml", stackText({ tier: "medium" })),
			code: 3,
		},
		"nothing-changed": { edit: () => edit("Pulumi.dev.yaml", "config:", "# reviewed\nconfig:"), code: 0 },
		"no-stack-touched": { edit: () => project.write("docs/note.md", "A note.\n"), code: 0 },
	};

	it.each(Object.entries(PULL_REQUESTS))("%s", patience, async (name, told) => {
		told.before?.();
		project.commit();
		told.edit();
		const { code, out, err } = await pr("--exit-code");
		expect({ code, err }).toEqual({ code: told.code, err: "" });
		await expect(withoutDigests(out)).toMatchFileSnapshot(`golden/pullRequest/${name}.md`);
	});
});

describe("tierstack pr", () => {
	it("compares with where the branch left the base, whatever was merged there since", patience, async () => {
		project.commit();
		project.git("switch", "--quiet", "--create", "feature");
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		project.commit();
		project.git("switch", "--quiet", "--create", "other", "HEAD^");
		project.write("Pulumi.prod.yaml", stackText({ tier: "medium" }));
		project.commit();
		project.git("switch", "--quiet", "feature");
		const { stacks } = JSON.parse((await project.run("pr --base other --json")).out);
		expect(stacks.map(({ stack }: { stack: string }) => stack)).toEqual(["dev"]);
		expect(stacks[0].changeSet.from.tier).toBe("starter");
	});

	it("writes its JSON with the schema's name, the same bytes each time", patience, async () => {
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		const first = await pr("--json");
		const report = JSON.parse(first.out);
		expect(report.schema).toBe("tierstack.pr/1");
		expect([report.base, report.head]).toEqual([
			expect.stringMatching(/^[0-9a-f]{40}$/),
			expect.stringMatching(/^[0-9a-f]{40}$/),
		]);
		expect((await project.run("pr --base HEAD^ --json")).out).toBe(first.out);
	});

	it("writes to a file when it is told one, and says in a sentence when it cannot", patience, async () => {
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		expect(await pr("--out document.md")).toEqual({ code: 0, out: "", err: "" });
		expect(read("document.md")).toContain("`dev` needs acceptance");
		const { code, err } = await project.run("pr --base HEAD^ --out missing/document.md");
		expect([code, err]).toEqual([
			1,
			expect.stringContaining('--out: "missing/document.md" cannot be written (ENOENT)'),
		]);
	});

	it("counts the commits alone, and names what is not committed", patience, async () => {
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "medium" }));
		const { out } = await project.run("pr --base HEAD^");
		expect(out).toContain("wizamart starter → small");
		expect(out).toContain("`Pulumi.dev.yaml` has edits that are not committed; they are not in here.");
	});

	it("asks for the lock when the edited line made it stale", patience, async () => {
		project.write("tierstack.dev.lock.json", renderLock(lockOfDev()));
		project.commit();
		project.write("Pulumi.dev.yaml", stackText({ tier: "small" }));
		const { stacks } = JSON.parse((await pr("--json")).out);
		expect(stacks[0].notes).toEqual([
			"tierstack.dev.lock.json was made for something else (tier starter -> small), so the stack is sized afresh; " +
				"tierstack promote dev --resize writes it anew",
		]);
	});

	it("does not move a locked stack by a ladder edit", patience, async () => {
		project.write("tierstack.dev.lock.json", renderLock(lockOfDev()));
		project.commit();
		edit("tiers/wizamart.yaml", "swapGib: 1", "swapGib: 2");
		const { stacks } = JSON.parse((await pr("--json")).out);
		const verdicts = stacks.map(({ stack, changeSet }: StackVerdict) => [stack, changeSet.verdict]);
		expect(verdicts).toEqual([
			["dev", "none"],
			["prod", "needs-acceptance"],
		]);
	});

	it("tells that nothing is known when the base's program does not run", patience, async () => {
		addProgram();
		project.write("src/cli/main.ts", "export const runCli = ;\n");
		project.commit();
		asHere("src/cli/main.ts");
		const { code, out } = await pr("--exit-code");
		expect(code).toBe(1);
		expect(out).toContain("`dev` and `prod` could not be previewed");
		expect(out).toMatch(
			/the program of [0-9a-f]+ could not be run \(.*\), so what the edit of the program changes is not known/,
		);
	});

	it("leaves no checkout behind", patience, async () => {
		addProgram();
		edit("src/stack/digitalocean/app.ts", "gracefulShutdown: true", "gracefulShutdown: false");
		project.commit();
		asHere("src/stack/digitalocean/app.ts");
		await pr();
		expect(project.git("worktree", "list").trim().split("\n")).toHaveLength(1);
	});

	it.each([
		["pr", "missing option --base; usage: tierstack pr [options]"],
		[
			"pr --base nowhere",
			'--base: git knows no commit "nowhere"; in CI, check out with the whole history (fetch-depth: 0)',
		],
		["pr --base HEAD extra", "too many arguments; usage: tierstack pr [options]"],
	])("%s is one sentence", patience, async (line, sentence) => {
		project.commit();
		const { code, err } = await project.run(line);
		expect([code, err.trim()]).toEqual([1, expect.stringContaining(sentence)]);
	});

	it("says that there is no history", patience, async () => {
		const { code, err } = await project.run("pr --base main");
		expect([code, err]).toEqual([
			1,
			expect.stringContaining("there is no git history here, so there are no commits to show"),
		]);
	});
});

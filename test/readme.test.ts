import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Sandbox, sandbox } from "./cli/run.ts";

/*
 * What the README shows is what the commands print. A block below `<!-- file: name -->` is written into the project; in
 * one below `<!-- shown -->` each line that starts with `$ ` is run, and what follows has to be its output, where a line
 * of three dots stands for any number of lines.
 */

const README = readFileSync("README.md", "utf8");
const BLOCK = /<!-- (file|shown)(?:: ([^>]*))? -->\n```\w*\n([\s\S]*?)\n```/g;

interface Command {
	readonly line: string;
	readonly shown: readonly string[];
}

function commandsOf(block: string): readonly Command[] {
	const commands: { line: string; shown: string[] }[] = [];
	for (const line of block.split("\n")) {
		if (line.startsWith("$ ")) commands.push({ line: line.slice(2), shown: [] });
		else commands.at(-1)?.shown.push(line);
	}
	return commands;
}

/** The shown lines as a pattern of the whole output. */
function patternOf(shown: readonly string[]): RegExp {
	const lines = shown.map((line) =>
		line === "..." ? "(?:.*\\n)*?" : `${line.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\n`,
	);
	return new RegExp(`^${lines.join("")}$`);
}

/** The words of a command line as a shell splits them. */
function wordsOf(line: string): string[] {
	return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

async function hold(project: Sandbox, { line, shown }: Command, code: number): Promise<void> {
	const [program, ...words] = wordsOf(line);
	if (program === "git") {
		expect(project.git(...words)).toBe("");
		return;
	}
	expect([program, words[0]], line).toEqual(["npx", "tierstack"]);
	const seen = await project.run(words.slice(1));
	expect({ code: seen.code, err: seen.err }, line).toEqual({ code, err: "" });
	if (!patternOf(shown).test(`${seen.out.trim()}\n`)) expect(seen.out, `README.md: $ ${line}`).toBe(shown.join("\n"));
}

it("shows what the commands print", { timeout: 120_000 }, async () => {
	const own = ["dev", "prod"].map((stack) => `Pulumi.${stack}.yaml`);
	const project = sandbox(Object.fromEntries(own.map((file) => [file, readFileSync(file, "utf8")])));
	try {
		project.commit();
		project.git("branch", "--move", "main");
		let held = 0;
		for (const [, kind, word = "", body = ""] of README.matchAll(BLOCK)) {
			if (kind === "file") project.write(word, `${body}\n`);
			else {
				const code = word === "" ? 0 : Number(word.replace("exit ", ""));
				for (const command of commandsOf(body)) {
					await hold(project, command, code);
					held += 1;
				}
			}
		}
		expect(held).toBeGreaterThan(8);
	} finally {
		project.remove();
	}
});

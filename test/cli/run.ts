import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Io } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/main.ts";

/** What a user sees of one command line. */
export interface Seen {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** A project in a folder of its own: the shipped ladders and the files of the test. */
export interface Sandbox {
	readonly dir: string;
	write(path: string, text: string): void;
	delete(path: string): void;
	/** Commits everything there is, in a repository made for it. */
	commit(): void;
	/** Runs git in the project. */
	git(...args: readonly string[]): string;
	/** Runs a command line as the bin would, in the project's folder. */
	run(
		line: string | readonly string[],
		told?: Partial<Pick<Io, "cwd" | "env" | "today" | "stdin" | "ask">>,
	): Promise<Seen>;
	remove(): void;
}

export function sandbox(files: Readonly<Record<string, string>> = {}): Sandbox {
	const dir = mkdtempSync(join(tmpdir(), "tierstack-"));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	};
	write("Pulumi.yaml", "name: tierstack\nruntime: nodejs\n");
	cpSync(resolve("tiers"), join(dir, "tiers"), { recursive: true });
	for (const [path, text] of Object.entries(files)) write(path, text);
	const git = (...args: readonly string[]) =>
		execFileSync("git", ["-C", dir, "-c", "user.name=ada", "-c", "user.email=ada@example.com", ...args], {
			encoding: "utf8",
		});
	return {
		dir,
		write,
		delete: (path) => rmSync(join(dir, path)),
		commit: () => {
			git("init", "--quiet");
			git("add", "--all");
			git("commit", "--quiet", "--allow-empty", "--message", "state");
		},
		git,
		run: async (line, told = {}) => {
			let out = "";
			let err = "";
			const io: Io = {
				stdout: (text) => {
					out += text;
				},
				stderr: (text) => {
					err += text;
				},
				stdin: async () => "",
				ask: null,
				cwd: dir,
				today: "2026-11-21",
				env: { PATH: process.env.PATH },
				style: { color: false, width: 100 },
				...told,
			};
			const code = await runCli(typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line, io);
			return { code, out, err };
		},
		remove: () => rmSync(dir, { recursive: true }),
	};
}

/** A stack file with the four keys, and lines below them. */
export function stackText(told: Readonly<Record<string, string>> = {}, ...lines: readonly string[]): string {
	const keys = { ladder: "wizamart", tier: "starter", provider: "digitalocean", region: "fra1", ...told };
	const own = Object.entries(keys).map(([key, value]) => `  tierstack:${key}: ${value}`);
	return `${["config:", ...own, ...lines.map((line) => `  ${line}`)].join("\n")}\n`;
}

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inject, onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { EmulatedAccount } from "./emulatedAccount.ts";
import { type Run, readEvents } from "./events.ts";
import type { Program } from "./inside/program.ts";
import { type Servers, serveInside } from "./inside/servers.ts";

const PROJECT_FOLDER = resolve(import.meta.dirname, "../..");
const DEFAULT_LIMIT_MS = 120_000;
const LOOK_MS = 50;
const QUIET_MS = 3_000;

/**
 * The engine writes the whole state before and after every step, which is two thirds of the time of an `up`. Only for
 * programs of a test's own: ours asks the state, before it ends, whether every step was done.
 */
const STATE_AT_THE_END = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
/** What matters as soon as somebody kills it. */
const STATE_AFTER_EACH_STEP = { PULUMI_EXPERIMENTAL: "false", PULUMI_SKIP_CHECKPOINTS: "false" };

export interface RunOptions {
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** Milliseconds after which the CLI is killed and the run fails. */
	readonly limit?: number;
	/** Called with the process once it runs: to kill it in the middle. */
	readonly started?: (pid: number) => void;
}

export interface WorkspaceOptions {
	/** JavaScript (CommonJS) to run instead of the project's own program. */
	readonly program?: string;
	/**
	 * A program to run inside the test's own process, and the emulated clouds beside it: a third of the time. What is
	 * told by processes (a kill, a crash, a plugin that stays behind) cannot be seen so.
	 */
	readonly inside?: Program;
	/** Account to share with another workspace. */
	readonly account?: EmulatedAccount;
}

/**
 * A temporary project folder with a `file://` backend, a passphrase and an emulated account, driven by the plain CLI.
 * The program itself stays where it is: `main` points at it.
 */
export class Workspace {
	readonly folder: string;
	readonly account: EmulatedAccount;
	/** What the CLI runs with: backend, passphrase, plugins, credentials of the emulated cloud. */
	readonly env: NodeJS.ProcessEnv;
	readonly #inside: Program | null;
	#servers: Promise<Servers> | null = null;
	#logs = 0;
	#lastCalls = { count: 0, since: 0 };

	constructor(options: WorkspaceOptions = {}) {
		this.folder = mkdtempSync(join(tmpdir(), "tierstack-engine-"));
		onTestFinished(() => rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 }));
		this.account = options.account ?? new EmulatedAccount(join(this.folder, "account"));
		for (const name of ["backend", "home"]) mkdirSync(join(this.folder, name));
		this.#inside = options.inside ?? null;
		const program = options.inside === undefined ? options.program : "";
		this.#writeProject(program);
		this.env = this.#environment(program === undefined ? {} : STATE_AT_THE_END);
	}

	/** Writes `Pulumi.<stack>.yaml`; the salt of an existing stack stays. `config` keys as in the stack file. */
	writeStackFile(stack: string, config: Readonly<Record<string, unknown>>): void {
		const path = join(this.folder, `Pulumi.${stack}.yaml`);
		const { config: _, ...kept } = readYaml(path);
		// The engine reads an unquoted date as a timestamp.
		writeFileSync(path, stringify({ ...kept, config }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
	}

	readStackFile(stack: string): string {
		return readFileSync(join(this.folder, `Pulumi.${stack}.yaml`), "utf8");
	}

	/** Changes some keys of a stack file, as a promotion does. */
	editStackFile(stack: string, changes: Readonly<Record<string, unknown>>): void {
		const { config } = readYaml(join(this.folder, `Pulumi.${stack}.yaml`));
		this.writeStackFile(stack, { ...asRecord(config), ...changes });
	}

	/** Takes a stack file of the project as it is. */
	copyStackFile(stack: string): void {
		const { config } = readYaml(join(PROJECT_FOLDER, `Pulumi.${stack}.yaml`));
		this.writeStackFile(stack, asRecord(config));
	}

	/** Any other file the program reads. */
	writeFile(name: string, text: string): void {
		writeFileSync(join(this.folder, name), text);
	}

	async createStack(stack: string): Promise<void> {
		const run = await this.run(["stack", "init", stack, "--no-select"]);
		if (run.code !== 0) throw new Error(`stack init failed:\n${run.output}`);
	}

	preview(stack: string, options: RunOptions = {}): Promise<Run> {
		return this.#deploy("preview", stack, options, ["--suppress-progress"]);
	}

	/** `pulumi up` without the preview before it, which costs as much again and is asked for by itself. */
	up(stack: string, options: RunOptions = {}): Promise<Run> {
		return this.#deploy("up", stack, options, ["--yes", "--skip-preview", "--suppress-progress"]);
	}

	refresh(stack: string, options: RunOptions = {}): Promise<Run> {
		return this.#deploy("refresh", stack, options, ["--yes", "--skip-preview", "--suppress-progress"]);
	}

	destroy(stack: string, options: RunOptions = {}): Promise<Run> {
		return this.#deploy("destroy", stack, options, ["--yes", "--skip-preview", "--suppress-progress"]);
	}

	/** Runs `up` and kills the CLI (SIGKILL) as soon as `call` has reached the cloud. */
	killInside(stack: string, call: string): Promise<void> {
		return this.killWhen(stack, () => this.account.calls().includes(call));
	}

	/**
	 * Runs `up` and kills the CLI (SIGKILL) as soon as something holds. The engine writes its checkpoint before it asks
	 * for a step, so a pending operation is on disk by the time the provider is asked.
	 */
	async killWhen(stack: string, holds: () => boolean): Promise<void> {
		let pid = 0;
		const up = this.up(stack, {
			env: STATE_AFTER_EACH_STEP,
			started: (started) => {
				pid = started;
			},
		});
		await this.until(holds);
		process.kill(pid, "SIGKILL");
		await up;
	}

	/** Whether no call has reached the cloud for a while: what still runs is not between asking and recording. */
	isQuiet(): boolean {
		const calls = this.account.calls().length;
		if (calls !== this.#lastCalls.count) this.#lastCalls = { count: calls, since: Date.now() };
		return Date.now() - this.#lastCalls.since > QUIET_MS;
	}

	/** Waits until something holds in the account; the test's own time limit ends a wait in vain. */
	async until(holds: () => boolean): Promise<void> {
		while (!holds()) await wait(LOOK_MS);
	}

	/** Processes that still serve this workspace's account. */
	async leftoverPlugins(): Promise<string[]> {
		const mark = `TIERSTACK_EMULATED_ACCOUNT=${this.account.folder}`;
		const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
		return pids.filter((pid) => readIfThere(`/proc/${pid}/environ`).split("\0").includes(mark));
	}

	async #deploy(command: string, stack: string, options: RunOptions, own: readonly string[]): Promise<Run> {
		const log = join(this.folder, `events-${this.#logs++}.json`);
		const run = await this.run(
			[command, "--stack", stack, "--event-log", log, ...own, ...(options.args ?? [])],
			options,
		);
		return { ...run, ...readEvents(readIfThere(log)) };
	}

	/** Any command of the CLI. */
	async run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
		const env = { ...(await this.#attached()), ...options.env };
		return this.#spawn(inject("engine").cli, [...args, "--non-interactive", "--color", "never"], { ...options, env });
	}

	/** Our own command line, in the workspace's folder, with its backend and login. */
	tierstack(args: readonly string[], options: RunOptions = {}): Promise<Run> {
		return this.#spawn(process.execPath, [join(PROJECT_FOLDER, "src/boot.cjs"), ...args], options);
	}

	/** What makes the CLI attach to this process. */
	async #attached(): Promise<Readonly<Record<string, string>>> {
		if (this.#inside === null) return {};
		this.#servers ??= serveInside(this.account.folder, this.env, this.#inside).then((servers) => {
			onTestFinished(servers.stop);
			return servers;
		});
		return (await this.#servers).env;
	}

	#spawn(command: string, args: readonly string[], options: RunOptions): Promise<Run> {
		const started = Date.now();
		const child = spawn(command, [...args], {
			cwd: this.folder,
			env: { ...this.env, ...options.env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		if (child.pid !== undefined) options.started?.(child.pid);
		let output = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream.on("data", (bytes: Buffer) => {
				output += bytes.toString();
			});
		}
		return new Promise((done, fail) => {
			const limit = setTimeout(() => {
				child.kill("SIGKILL");
				fail(new Error(`${args.join(" ")} took too long:\n${output}`));
			}, options.limit ?? DEFAULT_LIMIT_MS);
			child.on("error", fail);
			child.on("close", (code) => {
				clearTimeout(limit);
				done({ code, output, steps: [], diagnostics: [], seconds: (Date.now() - started) / 1000 });
			});
		});
	}

	#writeProject(program: string | undefined): void {
		if (program === undefined) {
			const project = readYaml(join(PROJECT_FOLDER, "Pulumi.yaml"));
			const main = join(PROJECT_FOLDER, String(project.main));
			writeFileSync(join(this.folder, "Pulumi.yaml"), stringify({ ...project, main }));
			// So that the command line finds a project here.
			symlinkSync(join(PROJECT_FOLDER, "tiers"), join(this.folder, "tiers"));
			return;
		}
		const runtime = { name: "nodejs", options: { typescript: false } };
		writeFileSync(join(this.folder, "Pulumi.yaml"), stringify({ name: "trial", runtime, main: "program.cjs" }));
		writeFileSync(join(this.folder, "program.cjs"), program);
		symlinkSync(join(PROJECT_FOLDER, "node_modules"), join(this.folder, "node_modules"));
	}

	#environment(state: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
		const { cli, plugins } = inject("engine");
		return {
			...process.env,
			...state,
			PATH: [plugins, dirname(cli), process.env.PATH].join(delimiter),
			PULUMI_HOME: join(this.folder, "home"),
			PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
			PULUMI_CONFIG_PASSPHRASE: "emulated",
			PULUMI_SKIP_UPDATE_CHECK: "true",
			// Shows the flag --event-log.
			PULUMI_DEBUG_COMMANDS: "true",
			PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
			TIERSTACK_EMULATED_ACCOUNT: this.account.folder,
			DIGITALOCEAN_TOKEN: "emulated-token",
			SPACES_ACCESS_KEY_ID: "emulated-access-key",
			SPACES_SECRET_ACCESS_KEY: "emulated-secret-key",
		};
	}
}

function readYaml(path: string): Record<string, unknown> {
	return asRecord(parse(readIfThere(path)) ?? {});
}

function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null ? { ...value } : {};
}

function readIfThere(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && ["ENOENT", "ESRCH", "EACCES"].includes(String(error.code)))
			return "";
		throw error;
	}
}

import type { Style } from "../render/style.ts";

/** Everything of the outside that a command may touch, so that tests can hold it. */
export interface Io {
	stdout(text: string): void;
	stderr(text: string): void;
	/** Standard input as text, for `--workload -`. */
	stdin(): Promise<string>;
	/** Asks the person at the terminal; null when there is none to answer. */
	readonly ask: ((question: string) => Promise<string>) | null;
	readonly cwd: string;
	/** ISO date, UTC: acceptances and pins end by it. */
	readonly today: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly style: Style;
}

/** Lines longer than this are hard to read on any screen. */
const WIDEST = 120;

/** The process itself. Colour only on a terminal, and never with NO_COLOR (no-color.org). */
export function processIo(): Io {
	const { stdout, stderr, env } = process;
	// A reader that has seen enough (`| head`) closes the pipe; that is no error.
	stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
	});
	return {
		stdout: (text) => {
			stdout.write(text);
		},
		stderr: (text) => {
			stderr.write(text);
		},
		stdin: readStdin,
		ask: process.stdin.isTTY === true && stdout.isTTY === true ? askTerminal : null,
		cwd: process.cwd(),
		today: new Date().toISOString().slice(0, 10),
		env,
		style: {
			color: stdout.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb",
			width: stdout.isTTY === true ? Math.min(stdout.columns, WIDEST) : 100,
		},
	};
}

async function askTerminal(question: string): Promise<string> {
	const { createInterface } = await import("node:readline/promises");
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return await terminal.question(question);
	} finally {
		terminal.close();
	}
}

async function readStdin(): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString("utf8");
}

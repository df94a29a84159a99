/** One thing the user can mend, told in one sentence. */
export interface Problem {
	/** File the problem is in, relative to the project; null when it came from the command line. */
	readonly file: string | null;
	/** 1-based line, when the file is text and the place is known. */
	readonly line: number | null;
	/** Dotted key or argument, such as `tierstack:tier`. */
	readonly key: string | null;
	/** The whole sentence: what was found, what is allowed, the nearest match. No file or line: the renderer adds them. */
	readonly message: string;
}

/** A mistake of the user: every problem at once, no stack trace, exit code 1. */
export class UserError extends Error {
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[]) {
		super(problems.map(describeProblem).join("\n"));
		this.name = "UserError";
		this.problems = problems;
	}
}

/** A mistake of ours: the message asks the user to report it. */
export class BugError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "BugError";
	}
}

/** `Pulumi.dev.yaml:4: tierstack:tier: unknown tier ...` */
export function describeProblem(problem: Problem): string {
	const place = problem.file === null ? "" : `${problem.file}${problem.line === null ? "" : `:${problem.line}`}: `;
	const key = problem.key === null ? "" : `${problem.key}: `;
	return `${place}${key}${problem.message}`;
}

/** A problem of the command line or of a value without a file. */
export function problem(message: string, at: Partial<Omit<Problem, "message">> = {}): Problem {
	return { file: at.file ?? null, line: at.line ?? null, key: at.key ?? null, message };
}

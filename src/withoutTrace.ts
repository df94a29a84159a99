import { RunError } from "@pulumi/pulumi/errors.js";

/** What a user is told from inside an update: a few sentences; a trace would be pages in the engine's output. */
export function withoutTrace(message: string): RunError {
	const told = new RunError(message);
	delete told.stack;
	return told;
}

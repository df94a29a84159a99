import { RunError } from "@pulumi/pulumi/errors.js";
import { problem, UserError } from "../errors.ts";

/**
 * A user's mistake that only the cloud's answer shows, while outputs are worked out. Nothing catches what is thrown
 * there but the engine's own runtime, which prints a trace of every error but this kind.
 *
 * @param key of the stack file.
 */
export function lateProblem(message: string, key: string): RunError {
	const told = new RunError(new UserError([problem(message, { key })]).message);
	delete told.stack;
	return told;
}

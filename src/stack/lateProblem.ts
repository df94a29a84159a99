import type { RunError } from "@pulumi/pulumi/errors.js";
import { problem, UserError } from "../errors.ts";
import { withoutTrace } from "../withoutTrace.ts";

/**
 * A user's mistake that only the cloud's answer shows, while outputs are worked out. Nothing catches what is thrown
 * there but the engine's own runtime, which prints a trace of every error but this kind.
 *
 * @param key of the stack file.
 */
export function lateProblem(message: string, key: string): RunError {
	return withoutTrace(new UserError([problem(message, { key })]).message);
}

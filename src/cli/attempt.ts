import { type Problem, UserError } from "../errors.ts";

/** Runs a check whose problems join a list, so that one run tells all of them; null when there were some. */
export function attempt<Value>(check: () => Value, problems: Problem[]): Value | null {
	try {
		return check();
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		problems.push(...error.problems);
		return null;
	}
}

/** The same for a line of a table: what came of it, or why nothing did. */
export function attemptLine<Value>(
	check: () => Value,
): { value: Value; problem: null } | { value: null; problem: string } {
	const problems: Problem[] = [];
	const value = attempt(check, problems);
	return value === null
		? { value: null, problem: problems.map(({ message }) => message).join("; ") }
		: { value, problem: null };
}

import type { Blueprint, RecoveryCell } from "../sizing/blueprint.ts";

/** Scenarios after which service comes back later, or with more data lost, than before; one clause each. */
export function worseScenarios(before: Blueprint, after: Blueprint): readonly string[] {
	return after.recovery.flatMap((cell) => {
		const was = before.recovery.find(({ scenario }) => scenario === cell.scenario);
		if (was === undefined) return [];
		const parts = [
			...worse("back", was.rtoMinutes, cell.rtoMinutes),
			...worse("data lost", was.rpoMinutes, cell.rpoMinutes),
		];
		return parts.length === 0 ? [] : [`${words(cell)}: ${parts.join(", ")}`];
	});
}

/** Not known is worse than any number. */
function worse(what: string, was: number | null, is: number | null): readonly string[] {
	if (was === null || (is !== null && is <= was)) return [];
	return [`${what} ${was} -> ${is ?? "not known"} minutes`];
}

function words({ scenario }: RecoveryCell): string {
	return scenario.replaceAll("-", " ");
}

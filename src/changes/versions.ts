/**
 * Negative when `left` is older: `16` < `17`, `1.33.4-do.0` < `1.34.1-do.0`. Parts that are no numbers count by their
 * digits. null = one of them is no version.
 */
export function compareVersions(left: string, right: string): number | null {
	const [before, after] = [partsOf(left), partsOf(right)];
	if (before.length === 0 || after.length === 0) return null;
	for (let index = 0; index < Math.max(before.length, after.length); index++) {
		const step = (before[index] ?? 0) - (after[index] ?? 0);
		if (step !== 0) return step;
	}
	return 0;
}

function partsOf(version: string): number[] {
	if (!/^\d/.test(version)) return [];
	return version
		.split(/[.-]/)
		.map((part) => part.replaceAll(/\D/g, ""))
		.filter((digits) => digits !== "")
		.map(Number);
}

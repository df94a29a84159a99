/** `1.33.1-do.0` -> comparable numbers. */
function versionParts(version: string): number[] {
	return version.split(/[.-]/).map((part) => Number.parseInt(part.replaceAll(/\D/g, "") || "0", 10));
}

export function isOlder(version: string, than: string): boolean {
	const [left, right] = [versionParts(version), versionParts(than)];
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const step = (left[index] ?? 0) - (right[index] ?? 0);
		if (step !== 0) return step < 0;
	}
	return false;
}

/** 1..count: slot numbers are names, and the last one goes first. */
export function numbered(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index + 1);
}

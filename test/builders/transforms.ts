import { afterAll, beforeAll } from "vitest";
import { transforms } from "../../src/transforms.ts";

/** Puts transforms in the place of the project's for the tests of a file, and gives those back. */
export function useTransforms(those: Partial<typeof transforms>): void {
	const before = { ...transforms };
	beforeAll(() => {
		Object.assign(transforms, those);
	});
	afterAll(() => {
		Object.assign(transforms, before);
	});
}

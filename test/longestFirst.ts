import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, the longest first. */
const LONG: readonly string[] = [
	"ladders/aws/climb",
	"guardHistories",
	"ladders/aws/wizamart",
	"enginePreview",
	"ladders/climb",
	"faults",
	"promote",
	"ladders/aws/opexManager",
	"migrations",
	"guard",
	"ladders/wizamart",
	"emulator",
	"ladders/aws/django",
].map((name) => `/test/engine/${name}.test.ts`);

/**
 * Vitest starts with the files that took longest the last time, which a clean clone does not know of: a long one that is
 * started last keeps one core waiting for the other.
 */
export class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const place = ({ moduleId }: TestSpecification) => {
			const found = LONG.findIndex((name) => moduleId.endsWith(name));
			return found < 0 ? LONG.length : found;
		};
		return (await super.sort(files)).sort((left, right) => place(left) - place(right));
	}
}

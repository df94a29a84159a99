import { describe, expect, it } from "vitest";
import { nearestMatch, unknownWord } from "../src/nearest.ts";

describe("the nearest match", () => {
	const tiers = ["starter", "small", "medium", "large"];

	it.each([
		["startr", "starter"],
		["smal", "small"],
		["LARGE", "large"],
		["meduim", "medium"],
	])("takes %s for a slip of %s", (found, meant) => {
		expect(nearestMatch(found, tiers)).toBe(meant);
	});

	it("sees two swapped letters of a short word", () => {
		expect(nearestMatch("dve", ["dev", "prod"])).toBe("dev");
	});

	it("suggests nothing for a word of its own", () => {
		expect(nearestMatch("gigantic", tiers)).toBeNull();
	});

	it("names what is allowed, and the hint only when there is one", () => {
		expect(unknownWord("tier", "startr", tiers)).toBe(
			'unknown tier "startr"; allowed: starter, small, medium, large; did you mean "starter"?',
		);
		expect(unknownWord("tier", "gigantic", tiers)).toBe(
			'unknown tier "gigantic"; allowed: starter, small, medium, large',
		);
	});
});

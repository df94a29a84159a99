import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublic, isWide } from "../src/addressRanges.ts";

describe("address ranges", () => {
	it.each([
		["0.0.0.0/0", true],
		["::/0", true],
		["0.0.0.0/1", true],
		["128.0.0.0/1", true],
		["::/1", true],
		["8000::/1", true],
		["203.0.0.0/15", true],
		["2000::/3", true],
		["10.0.0.0/7", true],
		["192.168.0.0/13", true],
		["fc00::/6", true],
		["anything", true],
		["203.0.113.7/x", true],
		["203.0.113.7/24/8", true],
		["203.0.113.7/33", true],
		["203.0.0.0/16", false],
		["203.0.113.7", false],
		["10.0.0.0/8", false],
		["172.16.0.0/12", false],
		["fd00::/8", false],
		["2001:db8::/32", false],
		["2001:db8::1", false],
	])("%s is wide: %s", (range, wide) => {
		expect(isWide(range)).toBe(wide);
	});

	it.each([
		["203.0.113.7", true],
		["0.0.0.0/0", true],
		["10.0.0.0/7", true],
		["nonsense", true],
		["10.1.2.3/32", false],
		["192.168.0.0/16", false],
		["100.64.0.0/10", false],
		["fd00::1", false],
	])("%s is reached from the internet: %s", (range, open) => {
		expect(isPublic(range)).toBe(open);
	});

	it("a wide one stays wide, wherever it begins and however much wider it is made", () => {
		const octet = fc.integer({ min: 0, max: 255 });
		fc.assert(
			fc.property(
				octet,
				octet,
				fc.integer({ min: 0, max: 32 }),
				fc.integer({ min: 0, max: 32 }),
				(a, b, some, other) => {
					const [wider, narrower] = [Math.min(some, other), Math.max(some, other)];
					if (isWide(`${a}.${b}.0.0/${narrower}`)) expect(isWide(`${a}.${b}.0.0/${wider}`)).toBe(true);
				},
			),
		);
	});
});

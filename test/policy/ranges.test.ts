import { describe, expect, it } from "vitest";
import { isPublic, isWide, portsOf } from "../../src/policy/ranges.ts";

describe("address ranges", () => {
	it.each([
		["0.0.0.0/0", true],
		["::/0", true],
		["0.0.0.0/1", true],
		["203.0.0.0/15", true],
		["2000::/3", true],
		["anything", true],
		["203.0.113.7/x", true],
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
		["nonsense", true],
		["10.1.2.3/32", false],
		["192.168.0.0/16", false],
		["100.64.0.0/10", false],
		["fd00::1", false],
	])("%s is reached from the internet: %s", (range, open) => {
		expect(isPublic(range)).toBe(open);
	});

	it.each([
		["22", [22, 22]],
		["8000-9000", [8000, 9000]],
		["all", [0, 65535]],
		["0", [0, 65535]],
		[null, [0, 65535]],
	])("port range %s is %j", (written, ports) => {
		expect(portsOf(written)).toEqual(ports);
	});
});

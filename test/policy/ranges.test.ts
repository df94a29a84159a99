import { describe, expect, it } from "vitest";
import { portsOf } from "../../src/policy/ranges.ts";

describe("port ranges", () => {
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

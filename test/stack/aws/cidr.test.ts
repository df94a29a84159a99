import { isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { neighbourRange, zoneRanges } from "../../../src/stack/aws/cidr.ts";

/** First and last address of a range, as numbers. */
function span(range: string): { readonly from: number; readonly to: number } {
	const [address = "", bits = ""] = range.split("/");
	expect(isIPv4(address), range).toBe(true);
	const from = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
	return { from, to: from + 2 ** (32 - Number(bits)) - 1 };
}

/** Any network a stack file may name: private, 16 to 24 bits, starting at its own network. */
const networks = fc
	.tuple(fc.constantFrom([10, 0, 8], [172, 16, 12], [192, 168, 16]), fc.integer({ min: 16, max: 24 }), fc.nat())
	.map(([[first = 0, second = 0, base = 0], bits, seed]) => {
		const start = (first * 256 + second) * 65_536;
		const blocks = 2 ** (bits - base);
		const value = start + (seed % blocks) * 2 ** (32 - bits);
		return `${[24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".")}/${bits}`;
	});

describe("the address plan", () => {
	test("of the default network", () => {
		expect(zoneRanges("10.0.0.0/16")).toEqual([
			{ private: "10.0.0.0/19", public: "10.0.128.0/20", isolated: "10.0.192.0/20" },
			{ private: "10.0.32.0/19", public: "10.0.144.0/20", isolated: "10.0.208.0/20" },
			{ private: "10.0.64.0/19", public: "10.0.160.0/20", isolated: "10.0.224.0/20" },
		]);
	});

	test("gives every kind in every zone a range of its own, inside the network, as large as AWS takes", () => {
		fc.assert(
			fc.property(networks, (network) => {
				const whole = span(network);
				const parts = zoneRanges(network).flatMap((zone) => Object.values(zone));
				expect(parts).toHaveLength(9);
				const spans = parts.map(span).sort((left, right) => left.from - right.from);
				for (const [index, { from, to }] of spans.entries()) {
					expect(from).toBeGreaterThanOrEqual(whole.from);
					expect(to).toBeLessThanOrEqual(whole.to);
					expect(from).toBeGreaterThan(spans[index - 1]?.to ?? -1);
					// A subnet has 28 bits at most, and starts at its own network.
					const size = to - from + 1;
					expect(size).toBeGreaterThanOrEqual(16);
					expect(from % size).toBe(0);
				}
			}),
		);
	});

	test("puts the second region's network beside the first, and never on public addresses", () => {
		expect(neighbourRange("10.0.0.0/16")).toBe("10.1.0.0/16");
		expect(neighbourRange("10.1.0.0/16")).toBe("10.0.0.0/16");
		expect(neighbourRange("192.168.0.0/16")).toBe("10.0.0.0/16");
		fc.assert(
			fc.property(networks, (network) => {
				const [own, other] = [span(network), span(neighbourRange(network))];
				expect(other.to < own.from || other.from > own.to).toBe(true);
				expect(/^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/.test(neighbourRange(network))).toBe(true);
			}),
		);
	});
});

import { describe, expect, test } from "vitest";
import { OWN_TRAFFIC_GB, weighEndpoint } from "../../../src/stack/aws/endpoints.ts";
import type { Plain } from "../../../src/words.ts";
import { build, LADDERS, tierOf } from "./built.ts";

function notesOf(value: Plain | undefined): readonly string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

/* Buckets have an endpoint that is free. Endpoints of other services are paid by the hour, zone by zone. */

describe("an endpoint of a service of AWS", () => {
	test("costs $7.30 a zone and month, and pays off where it saves $0.035 a GB: above 209, 418 and 626 GB", () => {
		const weighed = [1, 2, 3].map((zones) => weighEndpoint(zones));
		expect(weighed.map((each) => each?.monthlyUsd)).toEqual([7.3, 14.6, expect.closeTo(21.9, 9)]);
		expect(weighed.map((each) => Math.ceil(each?.paysAboveGb ?? 0))).toEqual([209, 418, 626]);
	});

	test("pays off in no tier by what the stack's own programs exchange with it, or else it would have to be laid", () => {
		const shares = LADDERS.flatMap(({ sized }) =>
			sized.flatMap(({ components }) => {
				const zones = Number(components.find(({ role }) => role === "network")?.settings.natGateways ?? 0);
				const machines = components.filter(({ name }) => ["app", "worker", "workers"].includes(name));
				const hosts = machines.reduce((sum, { count }) => sum + count.max, 0);
				const paysAboveGb = weighEndpoint(zones)?.paysAboveGb;
				if (zones === 0 || paysAboveGb === undefined) return [];
				return Object.values(OWN_TRAFFIC_GB).map((gb) => (hosts * gb) / paysAboveGb);
			}),
		);
		expect(shares.length).toBeGreaterThan(5);
		expect(Math.max(...shares)).toBeLessThan(1);
		expect(Math.max(...shares)).toBeGreaterThan(0);
	});

	test("is told of, with what would make it pay, wherever gateways are paid for, and laid nowhere", async () => {
		const state = await build(tierOf("opex-manager", "large"));
		const told = notesOf(state.outputs.notes).filter((note) => note.startsWith("network: what goes to buckets"));
		expect(told).toEqual([expect.stringContaining("$21.90 a month and pay off above 626 GB")]);
		const endpoints = state.resources.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
		expect(endpoints.map(({ inputs }) => inputs.vpcEndpointType)).toEqual(["Gateway"]);
		const single = await build(tierOf("wizamart", "starter"));
		expect(notesOf(single.outputs.notes).join()).not.toContain("passes the gateways by");
	});
});

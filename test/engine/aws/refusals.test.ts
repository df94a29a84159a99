import { expect, test } from "vitest";
import { Lab } from "./lab.ts";
import { REFUSALS } from "./refusals.ts";
import { COMPUTE_SCENARIOS } from "./scenarios/compute.ts";
import { DATABASES_SCENARIOS } from "./scenarios/databases.ts";
import { NAMES_SCENARIOS } from "./scenarios/names.ts";
import { NETWORK_SCENARIOS } from "./scenarios/network.ts";
import { STORAGE_SCENARIOS } from "./scenarios/storage.ts";

const SCENARIOS = [
	...NAMES_SCENARIOS,
	...NETWORK_SCENARIOS,
	...COMPUTE_SCENARIOS,
	...STORAGE_SCENARIOS,
	...DATABASES_SCENARIOS,
];

test.each(SCENARIOS)("AWS refuses who $does", async ({ act, says, source }) => {
	expect(REFUSALS.filter((row) => source.test(row.source))).toHaveLength(1);
	await expect(act(new Lab())).rejects.toThrow(says);
});

test("every refusal is tried above", () => {
	const untried = REFUSALS.filter((row) => !SCENARIOS.some(({ source }) => source.test(row.source)));
	expect(untried.map((row) => row.source)).toEqual([]);
});

import { expect, test } from "vitest";
import { Lab } from "./lab.ts";
import { REFUSALS } from "./refusals.ts";
import { ACCESS_SCENARIOS } from "./scenarios/access.ts";
import { COMPUTE_SCENARIOS } from "./scenarios/compute.ts";
import { DATABASES_SCENARIOS } from "./scenarios/databases.ts";
import { FILES_SCENARIOS } from "./scenarios/files.ts";
import { NAMES_SCENARIOS } from "./scenarios/names.ts";
import { NETWORK_SCENARIOS } from "./scenarios/network.ts";

const SCENARIOS = [
	...ACCESS_SCENARIOS,
	...NAMES_SCENARIOS,
	...COMPUTE_SCENARIOS,
	...DATABASES_SCENARIOS,
	...NETWORK_SCENARIOS,
	...FILES_SCENARIOS,
];

test.each(SCENARIOS)("the cloud refuses who $does", async ({ act, says, source }) => {
	const status = Number(/^\^(\d+)/.exec(says.source)?.[1]);
	expect(REFUSALS.filter((row) => source.test(row.source) && row.status === status)).toHaveLength(1);
	await expect(act(new Lab())).rejects.toThrow(says);
});

test("every refusal is tried above", () => {
	const untried = REFUSALS.filter((row) => !SCENARIOS.some(({ source }) => source.test(row.source)));
	expect(untried.map((row) => row.source)).toEqual([]);
});

import { defineConfig } from "vitest/config";
import { announceMissingEngine, missingEngine } from "./test/engine/missingEngine.ts";
import { LongestFirst } from "./test/longestFirst.ts";

announceMissingEngine();

/**
 * Files at a time, the same number for every suite that runs in parallel: two fill the two cores that the gate has,
 * and engine tests wait for the CLI and its plugins most of the time.
 */
const WORKERS = 2;

/**
 * Nothing is isolated where `isolate` is off: files that run in one worker share its modules, as half of the time of a
 * suite went into loading them anew. So a test replaces no module (`vi.mock`), and gives back what it changes.
 *
 * One project a suite: `unit` is pure and fast, `model` runs the program under Pulumi's mocks, `engine` drives the
 * real Pulumi engine with an emulated cloud, `host` boots a real Linux root (needs root rights), `scan` runs
 * published scanners over the workflows and over what every tier declares (needs Go and pip).
 */
export default defineConfig({
	test: {
		passWithNoTests: missingEngine() !== null,
		sequence: { sequencer: LongestFirst },
		projects: [
			{
				test: {
					name: "unit",
					isolate: false,
					maxWorkers: WORKERS,
					// Property tests with hundreds of cases: seconds alone, more on a busy machine.
					testTimeout: 60_000,
					include: [
						"test/{catalog,tiers,config,sizing,changes,render,cli,host,policy}/**/*.test.ts",
						"test/workflows/scripts/**/*.test.ts",
						"test/*.test.ts",
					],
					exclude: ["test/host/boot/**"],
				},
			},
			{
				test: {
					name: "model",
					isolate: false,
					maxWorkers: WORKERS,
					include: ["test/{model,stack}/**/*.test.ts"],
					testTimeout: 60_000,
				},
			},
			{
				test: {
					name: "engine",
					isolate: false,
					include: missingEngine() === null ? ["test/engine/**/*.test.ts"] : [],
					globalSetup: "test/engine/globalSetup.ts",
					testTimeout: 300_000,
					hookTimeout: 900_000,
					maxWorkers: WORKERS,
					// After the fast suites: a mistake they find is told within minutes.
					sequence: { groupOrder: 1 },
				},
			},
			{
				test: {
					name: "host",
					include: ["test/host/boot/**/*.test.ts"],
					testTimeout: 600_000,
					hookTimeout: 900_000,
					fileParallelism: false,
					sequence: { groupOrder: 2 },
				},
			},
			{
				test: {
					name: "scan",
					maxWorkers: WORKERS,
					sequence: { groupOrder: 3 },
					include: ["test/workflows/scan/**/*.test.ts", "test/scan/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 600_000,
				},
			},
		],
	},
});

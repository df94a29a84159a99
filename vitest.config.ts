import { defineConfig } from "vitest/config";
import { announceMissingEngine, missingEngine } from "./test/engine/missingEngine.ts";

announceMissingEngine();

/**
 * One project a suite: `unit` is pure and fast, `model` runs the program under Pulumi's mocks, `engine` drives the
 * real Pulumi engine with an emulated cloud, `host` boots a real Linux root (needs root rights), `scan` runs
 * published scanners over the workflows and over what every tier declares (needs Go and pip).
 */
export default defineConfig({
	test: {
		passWithNoTests: missingEngine() !== null,
		projects: [
			{
				test: {
					name: "unit",
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
			{ test: { name: "model", include: ["test/{model,stack}/**/*.test.ts"], testTimeout: 30_000 } },
			{
				test: {
					name: "engine",
					include: missingEngine() === null ? ["test/engine/**/*.test.ts"] : [],
					globalSetup: "test/engine/globalSetup.ts",
					testTimeout: 300_000,
					hookTimeout: 900_000,
					// Each test waits for the CLI and its plugins most of the time: two files fill two cores.
					maxWorkers: 2,
				},
			},
			{
				test: {
					name: "host",
					include: ["test/host/boot/**/*.test.ts"],
					testTimeout: 600_000,
					hookTimeout: 900_000,
					fileParallelism: false,
				},
			},
			{
				test: {
					name: "scan",
					include: ["test/workflows/scan/**/*.test.ts", "test/scan/**/*.test.ts"],
					testTimeout: 120_000,
					hookTimeout: 600_000,
				},
			},
		],
	},
});

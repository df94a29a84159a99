import { defineConfig } from "vitest/config";

/**
 * One project a suite: `unit` is pure and fast, `model` runs the program under Pulumi's mocks, `engine` drives the
 * real Pulumi engine with an emulated cloud, `host` boots a real Linux root (needs root rights).
 */
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: "unit",
					include: ["test/{catalog,tiers,config,sizing,changes,render,cli,host}/**/*.test.ts", "test/*.test.ts"],
					exclude: ["test/host/boot/**"],
				},
			},
			{ test: { name: "model", include: ["test/{model,stack}/**/*.test.ts"], testTimeout: 30_000 } },
			{
				test: {
					name: "engine",
					include: ["test/engine/**/*.test.ts"],
					testTimeout: 300_000,
					hookTimeout: 900_000,
					fileParallelism: false,
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
		],
	},
});

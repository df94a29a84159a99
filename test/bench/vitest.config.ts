import { defineConfig } from "vitest/config";

/** Measurements that drive the real engine: `npm run bench` runs them, no suite does. */
export default defineConfig({
	root: new URL("../..", import.meta.url).pathname,
	test: {
		include: ["test/bench/*.bench.ts"],
		globalSetup: "test/engine/globalSetup.ts",
		testTimeout: 300_000,
		fileParallelism: false,
	},
});

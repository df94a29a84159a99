// What one call of sizing costs, in process: the first of a tier, with its catalog and ladder still to be read, and the
// median of many after it. Printed, never asserted: times differ between machines.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".cache", "bench-sizing.mjs");
mkdirSync(join(root, ".cache"), { recursive: true });
const entry = `
export { catalogFor } from "./src/catalog/catalog.ts";
export { plainRequest } from "./src/sizing/request.ts";
export { sizeTier } from "./src/sizing/sizeTier.ts";
export { loadLadder, ladderNames } from "./src/tiers/load.ts";
`;
await build({
	stdin: { contents: entry, resolveDir: root, loader: "ts" },
	bundle: true,
	platform: "node",
	format: "esm",
	outfile: out,
	logLevel: "error",
	banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
const { catalogFor, ladderNames, loadLadder, plainRequest, sizeTier } = await import(pathToFileURL(out).href);

const CALLS = Number(process.env.CALLS ?? 50);

function time(run) {
	const started = performance.now();
	run();
	return performance.now() - started;
}

const folder = join(root, "tiers");
console.log("tier                           cold ms  warm ms (median)");
for (const name of ladderNames(folder)) {
	for (const provider of ["digitalocean", "aws"]) {
		const top = loadLadder(folder, name).tiers.filter(
			({ database }) => provider === "aws" || database.kind !== "aurora",
		);
		const tier = top.at(-1).id;
		const call = () => {
			const ladder = loadLadder(folder, name);
			return sizeTier(plainRequest({ ladder, tier, catalog: catalogFor(provider), region: ladder.regions[provider] }));
		};
		const cold = time(call);
		const ladder = loadLadder(folder, name);
		const request = plainRequest({ ladder, tier, catalog: catalogFor(provider), region: ladder.regions[provider] });
		const warm = Array.from({ length: CALLS }, () => time(() => sizeTier(request))).sort((left, right) => left - right);
		const middle = warm[Math.floor(CALLS / 2)];
		console.log(
			`${`${name} ${tier} ${provider}`.padEnd(34)} ${cold.toFixed(1).padStart(4)}  ${middle.toFixed(2).padStart(7)}`,
		);
	}
}

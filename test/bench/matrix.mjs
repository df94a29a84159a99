// What the whole matrix of the model costs, in process: every ladder on both clouds, every ordered pair of tiers, the
// old side built once a tier and the new one afresh for each pair, as what is kept differs. Well under a minute is
// wanted. Printed, never asserted: times differ between machines.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".cache", "bench-matrix.cjs");
mkdirSync(join(root, ".cache"), { recursive: true });
await build({
	entryPoints: [join(root, "test/changes/models.ts")],
	bundle: true,
	platform: "node",
	format: "cjs",
	outfile: out,
	external: ["@pulumi/*"],
	logLevel: "error",
});
process.chdir(root);
const { LADDERS, compareSides, realTiers, sideAfter } = createRequire(import.meta.url)(out);

console.log("model matrix      tiers  pairs  resources a side  seconds  ms a pair");
const total = { pairs: 0, seconds: 0 };
for (const provider of ["digitalocean", "aws"]) {
	const started = performance.now();
	let [tierCount, pairs, resources] = [0, 0, 0];
	for (const ladder of LADDERS) {
		const { tiers } = await realTiers(ladder, provider);
		tierCount += tiers.length;
		for (const from of tiers) {
			for (const to of tiers.filter((each) => each !== from)) {
				const after = await sideAfter(from, to);
				compareSides(from.side, after);
				pairs++;
				resources += after.state.resources.length;
			}
		}
	}
	const seconds = (performance.now() - started) / 1000;
	total.pairs += pairs;
	total.seconds += seconds;
	print(provider, tierCount, pairs, Math.round(resources / pairs), seconds);
}
print("all", "", total.pairs, "", total.seconds);

function print(name, tiers, pairs, resources, seconds) {
	const cells = [
		`${tiers}`.padStart(5),
		`${pairs}`.padStart(6),
		`${resources}`.padStart(17),
		seconds.toFixed(1).padStart(8),
	];
	console.log(`${name.padEnd(17)}${cells.join(" ")} ${((seconds * 1000) / pairs).toFixed(0).padStart(10)}`);
}

// Compiles the program and the command line with esbuild: `node src/build.cjs <folder> <build>`. A process of its own,
// because esbuild runs plugins only asynchronously and whoever loads the program waits for it synchronously.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");
const { load } = require("./load.cjs");
const { slimPulumi } = require("./slimPulumi.cjs");

const root = path.dirname(__dirname);
const [folder, build] = process.argv.slice(2);

/** One a cloud, with everything a stack may have, and one that reads a stack file. */
const WARMING = [
	"diff dev --to small",
	"diff wizamart scale enterprise --provider digitalocean",
	"diff wizamart scale enterprise --provider aws",
];

const shared = {
	absWorkingDir: root,
	bundle: true,
	platform: "node",
	target: "node20",
	format: "cjs",
	sourcemap: true,
	sourcesContent: false,
	minifyWhitespace: true,
	minifySyntax: true,
	logLevel: "error",
	define: { TIERSTACK_BUILD: JSON.stringify(build) },
};

compile().then(warmUp, (error) => {
	// esbuild has told what is wrong with a source.
	if (error.errors === undefined) console.error(error.message);
	process.exitCode = 1;
});

async function compile() {
	const plugins = [slimPulumi, shippedLadders(await readLadders())];
	await Promise.all([
		// The command line carries its own copy of Pulumi's library: one file to load is what makes it start fast.
		esbuild.build({
			...shared,
			entryPoints: ["src/cli/main.ts"],
			outfile: path.join(folder, "cli.cjs"),
			plugins,
		}),
		// The program must share the SDK with the language host that runs it, so there it stays outside.
		esbuild.build({
			...shared,
			entryPoints: ["src/index.ts"],
			outfile: path.join(folder, "program.cjs"),
			// Pulumi's language host maps the stack of every error, and takes most of a minute for one line of a bundle. A
			// map that the file does not name is there for who reads a stack, and not in the way.
			sourcemap: "external",
			external: ["@pulumi/pulumi/*"],
			plugins,
		}),
	]);
}

/** Every ladder of tiers/ as the program's own reader takes it, by what `src/tiers/shipped.ts` finds it under. */
async function readLadders() {
	const outfile = path.join(folder, "ladders.cjs");
	await esbuild.build({ ...shared, entryPoints: ["src/tiers/load.ts"], outfile, sourcemap: false });
	const { ladderNames, parseLadder, shippedKey } = require(outfile);
	fs.rmSync(outfile);
	const ladders = {};
	for (const name of ladderNames(path.join(root, "tiers"))) {
		const [text, file] = [fs.readFileSync(path.join(root, "tiers", `${name}.yaml`), "utf8"), `tiers/${name}.yaml`];
		const ladder = readable(() => parseLadder(text, file));
		if (ladder === undefined) continue;
		const json = JSON.stringify(ladder);
		assert.deepStrictEqual(JSON.parse(json), ladder, `the ladder ${name} is more than JSON can say`);
		ladders[shippedKey(text, file)] = json;
	}
	return ladders;
}

/** A ladder with mistakes is read again where it is used, which tells them. */
function readable(read) {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** Puts the ladders in the place of the empty list. */
function shippedLadders(ladders) {
	return {
		name: "shipped-ladders",
		setup(bundle) {
			bundle.onLoad({ filter: /[\\/]src[\\/]tiers[\\/]shipped\.ts$/ }, () => ({
				contents: `export const SHIPPED = ${JSON.stringify(ladders)};`,
			}));
		},
	};
}

/**
 * Runs the commands people wait for, so that the machine code load.cjs writes when this process ends holds what they
 * need: left to whichever command comes first, `tiers` would leave the model to be compiled at every later diff. One
 * that is not possible here, because a team has other ladders, prints nothing and warms the less.
 */
async function warmUp() {
	const { runCli } = load(path.join(folder, "cli.cjs"));
	const silent = {
		stdout() {},
		stderr() {},
		stdin: async () => "",
		ask: null,
		env: {},
		style: { color: false, width: 100 },
	};
	for (const line of WARMING) await runCli(line.split(" "), { ...silent, cwd: root, today: "2026-01-01" });
}

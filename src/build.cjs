// Compiles the program and the command line with esbuild: `node src/build.cjs <folder> <build>`. A process of its own,
// because esbuild runs plugins only asynchronously and whoever loads the program waits for it synchronously.
"use strict";
const path = require("node:path");
const esbuild = require("esbuild");
const { slimPulumi } = require("./slimPulumi.cjs");

const root = path.dirname(__dirname);
const [folder, build] = process.argv.slice(2);

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

Promise.all([
	// The command line carries its own copy of Pulumi's library: one file to load is what makes it start fast.
	esbuild.build({
		...shared,
		entryPoints: ["src/cli/main.ts"],
		outfile: path.join(folder, "cli.cjs"),
		plugins: [slimPulumi],
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
		plugins: [slimPulumi],
	}),
]).catch(() => {
	// esbuild has told what is wrong.
	process.exitCode = 1;
});

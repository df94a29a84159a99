// What `pulumi preview --policy-pack src/policy` loads: compiles the rules in memory (they are few, it takes less than
// a tenth of a second) and starts the pack. Nothing is written, so no old rules can ever be enforced.
"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");
const esbuild = require("esbuild");

const entry = path.join(__dirname, "pack.ts");
const [compiled] = esbuild.buildSync({
	entryPoints: [entry],
	bundle: true,
	write: false,
	platform: "node",
	target: "node20",
	format: "cjs",
	external: ["@pulumi/*"],
	sourcemap: "inline",
	logLevel: "error",
}).outputFiles;

const pack = { exports: {} };
const load = vm.runInThisContext(`(function (module, exports, require) {${compiled.text}\n})`, { filename: entry });
load(pack, pack.exports, createRequire(entry));
// The engine starts the pack in the project's folder, but the SDK looks for its package.json in the working folder.
const folders = [process.cwd(), path.resolve(__dirname, "../..")];
process.chdir(__dirname);
pack.exports.startPack(folders);

#!/usr/bin/env node
// The one door to the compiled code. Run by hand (or as the bin `tierstack`) it is the command line; loaded by
// `pulumi preview` or `pulumi up` it is the program. Before that it compiles src/ when a source, a ladder or the
// lockfile differs from what was compiled: the output stands in a folder named by their hash, so that an old build can
// never be deployed.
"use strict";
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { load } = require("./load.cjs");

const root = path.dirname(__dirname);
const dist = path.join(root, "dist");

/** Files under a folder, sorted, so that the hash does not depend on the file system's order. */
function filesUnder(folder) {
	return fs
		.readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/** Hash of everything the compiled code is made from. */
function sourceHash() {
	const hash = createHash("sha256");
	for (const file of [...filesUnder(__dirname), ...filesUnder(path.join(root, "tiers"))]) {
		hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
	}
	return hash
		.update(fs.readFileSync(path.join(root, "package-lock.json")))
		.digest("hex")
		.slice(0, 16);
}

/** Compiles into a folder of its own and moves it into place whole: two processes may do so at the same time. */
function compile(target) {
	fs.mkdirSync(dist, { recursive: true });
	const work = fs.mkdtempSync(path.join(dist, ".compiling-"));
	const { status } = spawnSync(process.execPath, [path.join(__dirname, "build.cjs"), work, path.basename(target)], {
		stdio: ["ignore", "inherit", "inherit"],
	});
	try {
		if (status !== 0) throw new Error("src/ does not compile; esbuild's messages are above");
		for (const old of fs.readdirSync(dist)) {
			if (!old.startsWith(".compiling-")) fs.rmSync(path.join(dist, old), { recursive: true, force: true });
		}
		fs.renameSync(work, target);
	} catch (error) {
		fs.rmSync(work, { recursive: true, force: true });
		if (!fs.existsSync(target)) throw error;
	}
}

const target = path.join(dist, sourceHash());
if (!fs.existsSync(target)) compile(target);

if (require.main === module) {
	load(path.join(target, "cli.cjs"))
		.runCli(process.argv.slice(2))
		.then((code) => {
			process.exitCode = code;
		});
} else {
	const { run } = require(path.join(target, "program.cjs"));
	module.exports = () => run(root);
}

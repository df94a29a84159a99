// Loads what build.cjs compiled, as fast as V8 can.
"use strict";
const fs = require("node:fs");
const module_ = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

/**
 * Loads a compiled file with the machine code V8 made of it the last time, which halves the time to start. Node 22 can
 * do so by itself; the cache that Node 20 gets here is written when a process without one ends, mostly by build.cjs.
 */
function load(file) {
	if (module_.enableCompileCache) {
		module_.enableCompileCache(path.join(path.dirname(file), "cache"));
		return require(file);
	}
	const cache = `${file}.v8`;
	const cachedData = fs.existsSync(cache) ? fs.readFileSync(cache) : undefined;
	const script = new vm.Script(module_.wrap(fs.readFileSync(file, "utf8")), {
		filename: file,
		cachedData,
		importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
	});
	const loaded = { exports: {} };
	script.runInThisContext()(loaded.exports, module_.createRequire(file), loaded, file, path.dirname(file));
	if (cachedData === undefined || script.cachedDataRejected) {
		process.once("exit", () => {
			fs.writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
			fs.renameSync(`${cache}.${process.pid}`, cache);
		});
	}
	return loaded.exports;
}

module.exports = { load };

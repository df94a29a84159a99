// An esbuild plugin: takes the parts of Pulumi's SDK that are used, for our code and the providers' packages alike. The
// whole of it loads a compiler, a package manager and the engine's client, which costs a second at each start.
"use strict";
const path = require("node:path");

const PARTS = {
	"@pulumi/pulumi": ["config", "errors", "metadata", "output", "resource"],
	"@pulumi/pulumi/runtime": ["config", "invoke", "mocks", "resource", "rpc", "settings", "stack"],
};

/** What stands in the SDK's main module under a name of its own. */
const NAMED = {
	"@pulumi/pulumi": {
		asset: "@pulumi/pulumi/asset/index.js",
		log: "@pulumi/pulumi/log/index.js",
		runtime: "@pulumi/pulumi/runtime",
	},
	"@pulumi/pulumi/runtime": {},
};

function slimModule(name) {
	const prefix = name === "@pulumi/pulumi" ? name : "@pulumi/pulumi/runtime";
	const parts = PARTS[name].map((part) => `Object.assign(exports, require("${prefix}/${part}.js"));`);
	const named = Object.entries(NAMED[name]).map(([key, module]) => `exports.${key} = require("${module}");`);
	return [...parts, ...named].join("\n");
}

module.exports.slimPulumi = {
	name: "slim-pulumi",
	setup(bundle) {
		bundle.onResolve({ filter: /^@pulumi\/pulumi(\/runtime)?$/ }, (args) => ({ path: args.path, namespace: "slim" }));
		bundle.onLoad({ filter: /.*/, namespace: "slim" }, (args) => ({
			contents: slimModule(args.path),
			resolveDir: path.dirname(__dirname),
		}));
	},
};

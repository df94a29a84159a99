#!/usr/bin/env node
/*
 * Writes the dictionary that records of a cloud's stacks are packed after: what the program says of each resource, in
 * any shipped ladder, once, and one blueprint a ladder.
 *
 *   node src/stack/recordDictionary.mjs aws > src/stack/aws/recordDictionary<number>.json
 *
 * A dictionary that a version was released with stays as it is: records are read by it. A new one is a file of its own,
 * with a name of its own in recordPacking.ts; it is worth having when the test of the records' size says so.
 */
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LINE = 120;

/** The program's own code, compiled. */
async function program() {
	const outfile = join(root, ".cache", "record-dictionary.cjs");
	mkdirSync(join(root, ".cache"), { recursive: true });
	const contents = `
		export { parseEngineConfig } from "./src/config/engineConfig.ts";
		export { knownWords, ladderFolder } from "./src/knownWords.ts";
		export { buildModel } from "./src/model/buildModel.ts";
		export { sizeStack } from "./src/sizeStack.ts";
		export { recordOf, recordText } from "./src/stack/record.ts";
		export { beginningOf } from "./src/stack/recordPacking.ts";
		export { spelled, unspelled } from "./src/stack/recordSpelling.ts";
	`;
	await build({
		stdin: { contents, resolveDir: root, loader: "ts" },
		bundle: true,
		platform: "node",
		// The engine's own packages are CommonJS, and do not tell another kind of module all their names.
		format: "cjs",
		outfile,
		external: ["@pulumi/*"],
		logLevel: "error",
	});
	return createRequire(import.meta.url)(outfile);
}

/** The text of the record that a tier's first update leaves; null where the cloud cannot carry the tier. */
async function textOf(code, ladders, provider, ladder, tier) {
	const values = {
		"tierstack:ladder": ladder.name,
		"tierstack:tier": tier.id,
		"tierstack:provider": provider,
		"tierstack:region": provider === "digitalocean" ? "fra1" : ladder.regions[provider],
		"tierstack:domain": JSON.stringify(["example.com"]),
		"tierstack:alerts": JSON.stringify({ email: ["ops@example.com"] }),
	};
	const config = code.parseEngineConfig(values, [], "prod", code.knownWords(ladders));
	const blueprint = sized(() => code.sizeStack(config, ladders));
	if (blueprint === null) return null;
	const input = { blueprint, kept: [], retiring: [], config };
	const { outputs: _, ...state } = await code.buildModel(input, { stack: "prod", project: "tierstack" });
	return code.recordText(code.recordOf({ ...input, remember: { state: { ...state, outputs: {} }, program: "" } }));
}

function sized(size) {
	try {
		return size();
	} catch (error) {
		if (error.problems === undefined) throw error;
		return null;
	}
}

/** Resources as the text has them, and what else it says. */
function partsOf(code, text) {
	const own = JSON.parse(text.slice(0, text.indexOf("\n")));
	const marked = (value) => code.spelled(JSON.stringify(value), own).split("\n")[1];
	const { state, ...rest } = JSON.parse(code.unspelled(text));
	return { resources: state.resources.map(marked), rest: marked({ ...rest, state: { ...state, resources: [] } }) };
}

/** What each resource is told apart by: chain of types and name. */
const keyOf = (resource) => resource.split(",", 2).join();

const [, , provider = ""] = process.argv;
const code = await program();
const ladders = code.ladderFolder(join(root, "tiers"));
const resources = new Map();
const rests = [];
for (const name of ladders.names) {
	const ladder = ladders.load(name);
	const texts = [];
	for (const tier of [...ladder.tiers].reverse()) texts.push(await textOf(code, ladders, provider, ladder, tier));
	const parts = texts.filter((text) => text !== null).map((text) => partsOf(code, text));
	for (const resource of parts.flatMap((each) => each.resources)) {
		if (!resources.has(keyOf(resource))) resources.set(keyOf(resource), resource);
	}
	if (parts[0] !== undefined) rests.push(parts[0].rest);
}
const text = [...resources.values(), ...rests].join(",");
const stream = code.beginningOf(text).match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
const says = `${resources.size} resources and ${rests.length} blueprints of the shipped ladders; recordDictionary.mjs wrote it`;
process.stdout.write(`${JSON.stringify({ says, stream }, null, "\t")}\n`);

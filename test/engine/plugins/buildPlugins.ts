import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { slimPulumi } from "../../../src/slimPulumi.cjs";
import { cacheFolder, isExecutable } from "../pulumiCli.ts";

/** Executables by name and the module each one runs. */
const PLUGINS: Readonly<Record<string, string>> = {
	"pulumi-resource-aws": "../aws/main.ts",
	"pulumi-resource-digitalocean": "../digitalocean/main.ts",
	"pulumi-resource-kubernetes": "../kubernetes/main.ts",
	"pulumi-language-nodejs": "languageNodejs.ts",
};

/**
 * Bundles the plugins into a folder named by their content, for the front of PATH. The language host is left out
 * when the CLI has its own beside it. Several test runs may do this at the same time.
 */
export async function buildPlugins(cliPath: string): Promise<string> {
	const names = Object.keys(PLUGINS).filter((name) => !isExecutable(join(dirname(cliPath), name)));
	const bundles = await Promise.all(names.map(async (name) => ({ name, code: await bundle(PLUGINS[name] ?? name) })));
	const stamp = createHash("sha256");
	for (const { name, code } of bundles) stamp.update(name).update(code);
	stamp.update(process.execPath);
	const folder = join(cacheFolder(), "engine", stamp.digest("hex").slice(0, 16));
	if (existsSync(folder)) return folder;
	const draft = `${folder}.${process.pid}`;
	mkdirSync(draft, { recursive: true });
	for (const { name, code } of bundles) {
		writeFileSync(join(draft, `${name}.cjs`), code);
		writeFileSync(join(draft, name), `#!/bin/sh\nexec '${process.execPath}' "$(dirname "$0")/${name}.cjs" "$@"\n`);
		chmodSync(join(draft, name), 0o755);
	}
	try {
		renameSync(draft, folder);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}

/** Compiles a program for `pulumi` to run as the project's own is: the SDK stays outside, as the engine's runtime has it. */
export function compileProgram(entry: string): Promise<string> {
	return bundle(entry, { plugins: [slimPulumi], external: ["@pulumi/pulumi/*"] });
}

async function bundle(entry: string, rest: BuildOptions = {}): Promise<string> {
	const result = await build({
		entryPoints: [resolve(import.meta.dirname, entry)],
		...rest,
		bundle: true,
		write: false,
		platform: "node",
		target: "node20",
		format: "cjs",
		logLevel: "error",
	});
	return result.outputFiles.map((file) => file.text).join("");
}

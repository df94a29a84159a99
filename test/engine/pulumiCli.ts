import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

/** Version the project is tested with; built from Go modules when the machine has no `pulumi`. */
export const PULUMI_VERSION = "v3.250.0";
const PROJECT_FOLDER = resolve(import.meta.dirname, "../..");
const BUILD_PATIENCE_MS = 20 * 60_000;

/** Where the CLI comes from; `none` says in one clause what is missing. */
export type CliSource =
	| { readonly kind: "found"; readonly path: string }
	| { readonly kind: "build"; readonly go: string; readonly path: string }
	| { readonly kind: "none"; readonly why: string };

/** Folder for what the engine suite builds once: `TIERSTACK_CACHE`, else `.cache` in the project. */
export function cacheFolder(): string {
	return process.env.TIERSTACK_CACHE ?? join(PROJECT_FOLDER, ".cache");
}

/** Looks, without building: `TIERSTACK_PULUMI`, then PATH, then the cache, then a Go to build with. */
export function locateCli(): CliSource {
	const named = process.env.TIERSTACK_PULUMI;
	if (named !== undefined) {
		return isExecutable(named)
			? { kind: "found", path: named }
			: { kind: "none", why: `TIERSTACK_PULUMI names "${named}", which cannot be run` };
	}
	const installed = findOnPath("pulumi");
	if (installed !== null) return { kind: "found", path: installed };
	const path = join(cacheFolder(), "pulumi", PULUMI_VERSION, "pulumi");
	if (isExecutable(path)) return { kind: "found", path };
	const go = findOnPath("go");
	if (go !== null) return { kind: "build", go, path };
	return { kind: "none", why: "there is neither a `pulumi` nor a `go` to build it with on PATH" };
}

/** Path of a CLI that runs, built now when it has to be (about three minutes, once). */
export function provideCli(source: CliSource): string {
	switch (source.kind) {
		case "found":
			return source.path;
		case "build":
			return build(source.go, source.path);
		case "none":
			throw new Error(`no Pulumi CLI: ${source.why}`);
	}
}

function build(go: string, path: string): string {
	const folder = join(dirname(path), "build");
	const draft = `${path}.${process.pid}`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, "go.mod"),
		`module tierstack.invalid/cli\n\ngo 1.25\n\nrequire github.com/pulumi/pulumi/pkg/v3 ${PULUMI_VERSION}\n`,
	);
	console.log(`Building the Pulumi CLI ${PULUMI_VERSION} from Go modules, once, into ${dirname(path)} ...`);
	const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${PULUMI_VERSION}`;
	execFileSync(
		go,
		["build", "-mod=mod", "-o", draft, "-ldflags", version, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
		{ cwd: folder, stdio: ["ignore", "ignore", "pipe"], timeout: BUILD_PATIENCE_MS, maxBuffer: 64 * 1024 * 1024 },
	);
	renameSync(draft, path);
	return path;
}

function findOnPath(name: string): string | null {
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

export function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

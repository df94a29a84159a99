import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../engine/pulumiCli.ts";
import { goProgram } from "../../goProgram.ts";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const ZIZMOR = "zizmor==1.32.0";

export interface Scan {
	readonly code: number | null;
	readonly output: string;
}

function run(command: string, args: readonly string[], cwd: string): Scan {
	const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
	if (error !== undefined) throw error;
	return { code: status, output: `${stdout}${stderr}` };
}

/** Checks syntax, expressions and shell steps. */
export function actionlint(folder: string, files: readonly string[]): Scan {
	return run(goProgram(ACTIONLINT), ["-no-color", ...files], folder);
}

/** Looks for what an attacker looks for. Installed once from PyPI; asks no network while it runs. */
export function zizmor(folder: string, files: readonly string[]): Scan {
	const home = join(cacheFolder(), "zizmor");
	const path = join(home, "bin", "zizmor");
	if (!existsSync(path)) {
		execFileSync("python3", ["-m", "venv", home], { stdio: "pipe" });
		execFileSync(join(home, "bin", "pip"), ["install", "--quiet", ZIZMOR], { stdio: "pipe" });
	}
	return run(path, ["--offline", "--no-progress", "--color=never", ...files], folder);
}

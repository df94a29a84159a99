import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { cacheFolder } from "./engine/pulumiCli.ts";

/**
 * Path of a program that is built once from its Go module, into the cache, a folder a version.
 *
 * @param module such as `github.com/rhysd/actionlint/cmd/actionlint@v1.7.12`.
 */
export function goProgram(module: string): string {
	const [path = "", version = ""] = module.split("@");
	const folder = join(cacheFolder(), "bin", `${basename(path)}-${version}`);
	const program = join(folder, basename(path));
	if (!existsSync(program)) {
		mkdirSync(folder, { recursive: true });
		console.log(`Building ${module} once into ${folder} ...`);
		execFileSync("go", ["install", module], { env: { ...process.env, GOBIN: folder }, stdio: "pipe" });
	}
	return program;
}

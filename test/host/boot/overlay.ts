import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Ran, ran } from "./machine.ts";
import { ensureRoot } from "./root.ts";

/** The root of an image, not booted, to lay files in and ask its own tools what they think of them. */
export class Overlay {
	readonly #folder = mkdtempSync(join(tmpdir(), "tierstack-overlay-"));
	readonly #root = join(this.#folder, "root");

	constructor() {
		for (const name of ["root", "upper", "work"]) mkdirSync(join(this.#folder, name));
		const layers = `lowerdir=${ensureRoot().path},upperdir=${this.#folder}/upper,workdir=${this.#folder}/work`;
		execFileSync("mount", ["-t", "overlay", "overlay", "-o", layers, this.#root]);
	}

	/** Where a path of the root lies on this computer. */
	path(inside: string): string {
		return join(this.#root, inside);
	}

	write(path: string, content: string, mode = 0o644): void {
		mkdirSync(dirname(join(this.#root, path)), { recursive: true });
		writeFileSync(join(this.#root, path), content, { mode });
	}

	run(...command: readonly string[]): Ran {
		const done = spawnSync("chroot", [this.#root, ...command], {
			encoding: "utf8",
			env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8" },
		});
		return { code: done.status ?? -1, out: `${done.stdout}${done.stderr}`.trim() };
	}

	/** As `run`, with an environment of its own; this side goes on serving what the program asks for. */
	async ask(env: Readonly<Record<string, string>>, ...command: readonly string[]): Promise<Ran> {
		return await ran("chroot", [this.#root, ...command], "", env);
	}

	/** Installs packages that images do not have; no server of theirs is started. */
	async install(...packages: readonly string[]): Promise<void> {
		this.write("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755);
		execFileSync("mount", ["--bind", ensureRoot().packages, join(this.#root, "packages")]);
		const apt = ["apt-get", "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-unsafe-io"];
		for (const command of [
			["apt-get", "-qq", "update"],
			[...apt, "install", ...packages],
		]) {
			const done = await this.ask({ DEBIAN_FRONTEND: "noninteractive" }, ...command);
			if (done.code !== 0) throw new Error(done.out);
		}
	}

	destroy(): void {
		// Mounted only where something was installed.
		spawnSync("umount", [join(this.#root, "packages")]);
		spawnSync("umount", [this.#root]);
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

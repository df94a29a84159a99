import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Ran } from "./machine.ts";
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

	destroy(): void {
		spawnSync("umount", [this.#root]);
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

import { lockFileName } from "../../sizing/lock/lock.ts";
import type { SideAt } from "./sideAt.ts";

/** What the commits changed, as far as stacks depend on it. */
export interface Touched {
	/** Code, catalog or dependencies: every stack may come out differently. */
	readonly program: boolean;
	/** Dependencies: the older ones are not installed here. */
	readonly dependencies: boolean;
	/** Names of ladders. */
	readonly ladders: readonly string[];
	/** Every changed path. */
	readonly files: ReadonlySet<string>;
}

/** Sorts changed paths by what depends on them. Documents and tests make no stack. */
export function whatChanged(files: readonly string[]): Touched {
	return {
		program: files.some(isProgram),
		dependencies: files.includes("package-lock.json"),
		ladders: files.flatMap((file) => /^tiers\/([^/]+)\.yaml$/.exec(file)?.[1] ?? []).sort(),
		files: new Set(files),
	};
}

/** Whether a file is part of what is compiled. */
export function isProgram(file: string): boolean {
	if (file === "package-lock.json" || file === "tsconfig.json") return true;
	return file.startsWith("src/") && !file.endsWith(".md");
}

/** Whether a stack may come out differently: its own files, its ladder, or the program changed. */
export function isTouched(stack: string, ends: readonly SideAt[], touched: Touched): boolean {
	const own = [`Pulumi.${stack}.yaml`, lockFileName(stack)];
	if (touched.program || own.some((file) => touched.files.has(file))) return true;
	return ends.some((end) => dependsOn(end, touched));
}

function dependsOn(end: SideAt, { ladders, files }: Touched): boolean {
	switch (end.kind) {
		case "absent":
			return false;
		case "broken":
			// Which ladder it would be is not known.
			return ladders.length > 0;
		case "stands": {
			const { ladder, app } = end.side.config;
			return ladders.includes(ladder) || (app.compose !== null && files.has(app.compose));
		}
	}
}

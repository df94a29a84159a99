import { execFileSync } from "node:child_process";

/** What git knows of a folder at HEAD. */
export interface GitHead {
	/** Short commit, such as `3f2c1a0`. */
	readonly ref: string;
	/** Text of a file at HEAD by its path in the folder; null = not committed. */
	read(path: string): string | null;
	/** Names in a folder at HEAD. */
	list(folder: string): string[];
}

/** HEAD of the repository around a folder; null without git, without a repository or without a commit. */
export function gitHead(dir: string): GitHead | null {
	const ref = git(dir, ["rev-parse", "--short", "HEAD"]);
	if (ref === null) return null;
	return {
		ref: ref.trim(),
		read: (path) => git(dir, ["show", `HEAD:./${path}`]),
		list: (folder) =>
			(git(dir, ["ls-tree", "--name-only", "HEAD", `./${folder}/`]) ?? "")
				.split("\n")
				.flatMap((path) => path.split("/").at(-1) || []),
	};
}

/** Output of a git command, or null when it fails: no git, no repository, no such file. */
function git(dir: string, args: readonly string[]): string | null {
	try {
		return execFileSync("git", ["-C", dir, ...args], {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
			maxBuffer: 1 << 26,
		});
	} catch {
		return null;
	}
}

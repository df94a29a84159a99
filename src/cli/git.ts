import { execFileSync } from "node:child_process";

/** What git knows of a folder at a commit. */
export interface GitCommit {
	/** Short commit, such as `3f2c1a0`. */
	readonly ref: string;
	/** The whole of it. */
	readonly sha: string;
	/** Text of a file at the commit by its path in the folder; null = not in it. */
	read(path: string): string | null;
	/** Names in a folder at the commit; the folder itself without a name. */
	list(folder?: string): string[];
}

/** HEAD of the repository around a folder; null without git, without a repository or without a commit. */
export function gitHead(dir: string): GitCommit | null {
	return gitCommit(dir, "HEAD");
}

/** Any commit of the repository around a folder; null when there is none of that name. */
export function gitCommit(dir: string, name: string): GitCommit | null {
	const sha = git(dir, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`])?.trim();
	if (sha === undefined) return null;
	return {
		ref: git(dir, ["rev-parse", "--short", sha])?.trim() ?? sha.slice(0, 7),
		sha,
		read: (path) => git(dir, ["show", `${sha}:./${path}`]),
		list: (folder) =>
			(git(dir, ["ls-tree", "--name-only", "-z", sha, folder === undefined ? "./" : `./${folder}/`]) ?? "")
				.split("\0")
				.flatMap((path) => path.split("/").at(-1) || []),
	};
}

/** The last commit that two have in common; null when there is none. */
export function mergeBase(dir: string, left: string, right: string): string | null {
	return git(dir, ["merge-base", left, right])?.trim() ?? null;
}

/** Files of a folder that differ between two commits, by their path in it, and of what they are renamed from. */
export function changedFiles(dir: string, base: string, head: string): string[] {
	const out = git(dir, ["diff", "--name-only", "--no-renames", "--relative", "-z", base, head]) ?? "";
	return out.split("\0").filter((path) => path !== "");
}

/** Commits before and with one that changed any of the paths, newest first. */
export function commitsTouching(dir: string, sha: string, paths: readonly string[], most: number): string[] {
	const out = git(dir, ["log", "--format=%H", `--max-count=${most}`, sha, "--", ...paths]) ?? "";
	return out.split("\n").filter((line) => line !== "");
}

/** Files of a folder that differ from the last commit or are not in it, by their path in the folder. */
export function uncommittedFiles(dir: string): string[] {
	const changed = git(dir, ["diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD"]) ?? "";
	const added = git(dir, ["ls-files", "--others", "--exclude-standard", "-z"]) ?? "";
	return [...changed.split("\0"), ...added.split("\0")].filter((path) => path !== "");
}

/** Who commits here; null when git does not know. */
export function gitUser(dir: string): string | null {
	return git(dir, ["config", "user.name"])?.trim() || null;
}

/** Path of a folder inside its repository, with a slash at the end; empty for the root. */
export function gitPrefix(dir: string): string {
	return git(dir, ["rev-parse", "--show-prefix"])?.trim() ?? "";
}

/** Checks a commit out into a folder of its own, which must not exist yet; whether that worked. */
export function addWorktree(dir: string, path: string, sha: string): boolean {
	return git(dir, ["worktree", "add", "--detach", "--quiet", path, sha]) !== null;
}

export function removeWorktree(dir: string, path: string): void {
	git(dir, ["worktree", "remove", "--force", path]);
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

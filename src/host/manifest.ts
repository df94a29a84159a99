import { APPLY } from "./files/apply.ts";

/** A file the host keeps as it is told. */
export interface HostFile {
	readonly path: string;
	readonly content: string;
	/** Four octal digits. */
	readonly mode: "0400" | "0440" | "0600" | "0640" | "0644" | "0755";
	/** `user:group`. Default `root:root`. */
	readonly owner?: string;
	/** Units to restart when this file changed. */
	readonly restarts?: readonly string[];
	/** Units to reload when this file changed, without an interruption. */
	readonly reloads?: readonly string[];
}

/** Program and arguments, run as root without a shell. */
export type Command = readonly string[];

/**
 * Things that stand or fall together. A group is applied when it changed, after the groups it needs; when a check
 * fails its files are put back as they were, and the other groups go on.
 */
export interface HostGroup {
	readonly name: string;
	/** Only on slot 1: what may exist once. */
	readonly firstOnly: boolean;
	/** Groups without which this one is not touched. */
	readonly needs: readonly string[];
	/** Packages of the system's own archive; of "a|b" the first that is to be had. */
	readonly packages: readonly string[];
	/** Run before anything is touched; a failure leaves all as it was and is tried again. */
	readonly prepare: readonly Command[];
	readonly files: readonly HostFile[];
	/** Run after the files are laid and before a unit restarts; a failure puts the old files back. */
	readonly checks: readonly Command[];
	/** Units to restart when a file with secrets of this group changed. Those come apart (secretFiles.ts). */
	readonly secretRestarts: readonly string[];
	/** Enabled and running, in this order; what leaves the list is stopped and disabled. */
	readonly units: readonly string[];
	/** Run after the units are up; a failure puts the old files back and starts the old units. */
	readonly verify: readonly Command[];
}

/** A group in which only what is told differs from nothing. */
export function group(name: string, told: Partial<Omit<HostGroup, "name">>): HostGroup {
	return {
		name,
		firstOnly: false,
		needs: [],
		packages: [],
		prepare: [],
		files: [],
		checks: [],
		secretRestarts: [],
		units: [],
		verify: [],
		...told,
	};
}

/** `host.json`: the groups in order, and the program that applies them. */
export function renderManifest(groups: readonly HostGroup[]): string {
	return `${JSON.stringify({ schema: "tierstack.host/1", applier: APPLY, groups })}\n`;
}

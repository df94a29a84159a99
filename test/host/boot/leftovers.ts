import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the folder of each machine begins with. */
export const FOLDER_PREFIX = "tierstack-host-";
/** What the folder of each database server outside begins with. */
export const SERVER_PREFIX = "tierstack-postgres-";
/** The process whose machine it is, in the names of its network and of its side of the wire. */
const NETWORK = /^ts(\d+)$/;

/**
 * Gives back what runs that were killed left: their wires hold the very addresses that the next machine takes, and
 * the one that came first would get its answers.
 *
 * @throws Error when another run is still going on: both would have the same addresses.
 */
export function sweepLeftovers(): void {
	for (const [network, pid] of networks()) {
		if (pid === process.pid) continue;
		if (isTestRun(pid)) throw new Error(`process ${pid} boots machines at the same addresses: one run at a time`);
		killInside(network);
		spawnSync("ip", ["netns", "delete", network]);
		spawnSync("ip", ["link", "delete", `${network}o`]);
	}
	// A server outlives the run that started it, and holds its port even without the wire it listened on.
	spawnSync("pkill", ["-KILL", "-f", join(tmpdir(), SERVER_PREFIX)]);
	for (const name of readdirSync(tmpdir())) {
		if (name.startsWith(FOLDER_PREFIX)) removeFolder(join(tmpdir(), name));
	}
}

/** Networks and wires of machines, each with the process that made it. */
function networks(): Map<string, number> {
	const found = new Map<string, number>();
	const links = readdirSync("/sys/class/net").map((name) => name.replace(/o$/, ""));
	const spaces = existsSync("/run/netns") ? readdirSync("/run/netns") : [];
	for (const name of [...links, ...spaces]) {
		const [, pid] = NETWORK.exec(name) ?? [];
		if (pid !== undefined) found.set(name, Number(pid));
	}
	return found;
}

/** Process numbers are given out again: only one that runs these tests counts. */
function isTestRun(pid: number): boolean {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("vitest");
	} catch {
		return false;
	}
}

function killInside(network: string): void {
	const { stdout } = spawnSync("ip", ["netns", "pids", network], { encoding: "utf8" });
	for (const pid of stdout.split("\n").filter((line) => line !== "")) spawnSync("kill", ["-9", pid]);
}

/** Of this process there is none yet: machines of one run follow each other, each gone before the next one is made. */
function removeFolder(folder: string): void {
	const root = join(folder, "root");
	spawnSync("swapoff", [join(root, "swapfile")]);
	spawnSync("umount", ["--recursive", join(root, "usr")]);
	spawnSync("chattr", ["-i", join(root, "srv/data")]);
	const disk = join(folder, "disk.img");
	if (existsSync(disk)) {
		const held = execFileSync("losetup", ["--associated", disk, "--noheadings", "--output", "NAME"], {
			encoding: "utf8",
		});
		for (const device of held.split("\n").filter((line) => line !== "")) spawnSync("losetup", ["-d", device]);
	}
	rmSync(folder, { recursive: true, force: true });
}

import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FOLDER_PREFIX, sweepLeftovers } from "./leftovers.ts";
import { ensureRoot } from "./root.ts";

/** Address of this side of the wire, and of the machine's side. */
export const OUTSIDE = "10.77.0.1";
export const INSIDE = "10.77.0.2";
/** The address where clouds hand out user data and keys. */
export const METADATA = "169.254.169.254";

export interface Ran {
	readonly code: number;
	/** What was printed, both streams. */
	readonly out: string;
}

export interface Birth {
	readonly userData: string;
	/** Keys the cloud was given for the machine. */
	readonly cloudKeys?: readonly string[];
	/** MiB that the machine seems to have, in /proc/meminfo. */
	readonly memoryMib?: number;
	/** MiB that all its processes and their files may take together; null = no limit. */
	readonly limitMib?: number;
	/** Size of a blank disk that is attached; 0 = none. */
	readonly volumeMib?: number;
	/** Files the image holds beside what every image does. */
	readonly files?: Readonly<Record<string, string>>;
}

/** A Linux machine: a real root with systemd as its first process, in namespaces of its own. */
export class Machine {
	readonly folder = makeFolder();
	readonly #root = join(this.folder, "root");
	readonly #network = `ts${process.pid}`;
	#memoryMib: number;
	#loop: string | null = null;
	#leader = 0;
	#container = 0;

	readonly #birth: Birth;

	constructor(birth: Birth) {
		this.#birth = birth;
		this.#memoryMib = birth.memoryMib ?? 4096;
		this.#layRoot(birth);
		this.#layNetwork();
		if (birth.volumeMib) this.#layVolume(birth.volumeMib);
	}

	/** The machine as it would be after a resize, at the next boot. */
	resize(memoryMib: number): void {
		this.#memoryMib = memoryMib;
	}

	/** Detaches the disk, as when the cloud has not attached it yet. */
	withoutVolume(): void {
		if (this.#loop !== null) execFileSync("losetup", ["-d", this.#loop]);
		this.#loop = null;
	}

	withVolume(): void {
		if (this.#loop === null) this.#attach();
	}

	growVolume(mib: number): void {
		execFileSync("truncate", ["-s", `${mib}M`, join(this.folder, "disk.img")]);
		if (this.#loop !== null) execFileSync("losetup", ["-c", this.#loop]);
	}

	/** Boots and waits until cloud-init and the first units are done. Returns seconds. */
	async boot(): Promise<number> {
		const started = Date.now();
		const meminfo = join(this.#root, "etc/test-meminfo");
		const kib = this.#memoryMib * 1024;
		const real = readFileSync("/proc/meminfo", "utf8");
		writeFileSync(
			meminfo,
			real
				.replace(/^MemTotal:.*$/m, `MemTotal: ${kib} kB`)
				.replace(/^MemAvailable:.*$/m, `MemAvailable: ${kib / 2} kB`),
		);
		const log = openSync(join(this.folder, "console.log"), "a");
		const limits = this.#birth.limitMib === undefined ? null : limitMemory(this.#network, this.#birth.limitMib);
		const child = spawn(
			"sh",
			[
				"-c",
				limits === null ? 'exec "$@"' : `echo $$ >${limits}/cgroup.procs && exec "$@"`,
				"sh",
				"systemd-nspawn",
				"-q",
				"--register=no",
				"--keep-unit",
				`--network-namespace-path=/run/netns/${this.#network}`,
				"--system-call-filter=@swap @keyring bpf",
				"--capability=all",
				`--bind-ro=${ensureRoot().packages}:/packages`,
				...(this.#loop === null ? [] : [`--bind=${this.#loop}:/dev/disk/by-id/scsi-0DO_Volume_data`]),
				"--hostname=wizamart-prod-app-1",
				"--resolv-conf=off",
				"-D",
				this.#root,
				"-b",
			],
			{ stdio: ["ignore", log, log], env: { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" } },
		);
		this.#container = child.pid ?? 0;
		await this.until("the first process", () => this.#findLeader());
		await this.until(
			"cloud-init to end",
			async () => /status: (done|error)/.test((await this.run("cloud-init status")).out),
			120,
		);
		return (Date.now() - started) / 1000;
	}

	/** A new machine in the place of this one: a fresh root, the same disk. */
	async replace(): Promise<void> {
		await this.halt();
		this.#removeRoot();
		this.#layRoot(this.#birth);
		await this.boot();
	}

	/** Switches the machine off as an operator would. */
	async halt(): Promise<void> {
		if (this.#container === 0) return;
		await this.run("swapoff -a; systemctl --no-block poweroff");
		await this.until("the machine to be off", async () => !alive(this.#container), 60);
		this.#container = 0;
	}

	/** Runs a command inside, as root. Does not block: this side goes on serving what the machine asks for. */
	async run(command: string, input = ""): Promise<Ran> {
		const inside = ["-t", `${this.#leader}`, "-m", "-u", "-i", "-n", "-p", "--"];
		return await ran("nsenter", [...inside, "/bin/bash", "-c", `exec 2>&1; ${command}`], input);
	}

	/** What a command prints; fails the test when the command fails. */
	async ask(command: string): Promise<string> {
		const { code, out } = await this.run(command);
		if (code !== 0) throw new Error(`${command} ended with ${code}:\n${out}`);
		return out;
	}

	/** Reads the settings at once, as the timer would, with the unit's own consequences. */
	async sync(): Promise<Ran> {
		// A run that began before may have read what was there before: starting it would only wait for its end.
		await this.until("the run before to end", async () => (await this.#settingsState()) !== "activating", 180);
		const { code } = await this.run("systemctl start tierstack-settings.service");
		return { code, out: (await this.run("journalctl -u tierstack-settings --no-pager -o cat -I")).out };
	}

	async until(what: string, holds: () => Promise<boolean>, seconds = 30): Promise<void> {
		const end = Date.now() + seconds * 1000;
		while (!(await holds())) {
			if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}

	/** Processes that were ended because the machine's memory was used up. */
	killed(): number {
		const folder = memoryGroup(this.#network);
		const text = readFileSync(join(folder, existsSync(V2) ? "memory.events" : "memory.oom_control"), "utf8");
		return Number(/^oom_kill (\d+)$/m.exec(text)?.[1]);
	}

	/** Ends it and gives everything back, whatever state it is in. */
	async destroy(): Promise<void> {
		try {
			await this.halt();
		} finally {
			if (this.#container !== 0 && alive(this.#container)) process.kill(this.#container, "SIGKILL");
			this.withoutVolume();
			for (const link of [this.#network]) spawnSync("ip", ["netns", "delete", link]);
			spawnSync("ip", ["link", "delete", `${this.#network}o`]);
			this.#removeRoot();
			if (this.#birth.limitMib !== undefined) removeGroups(memoryGroup(this.#network));
			rmSync(this.folder, { recursive: true, force: true });
		}
	}

	/** The last lines of the console. */
	console(): string {
		return readFileSync(join(this.folder, "console.log"), "utf8").split("\n").slice(-15).join("\n");
	}

	async #settingsState(): Promise<string> {
		return (await this.run("systemctl is-active tierstack-settings.service")).out;
	}

	async #findLeader(): Promise<boolean> {
		if (!alive(this.#container)) throw new Error(`the machine ended while booting:\n${this.console()}`);
		const children = readFileSync(`/proc/${this.#container}/task/${this.#container}/children`, "utf8")
			.trim()
			.split(" ");
		for (const child of children) {
			if (child !== "" && readFileSync(`/proc/${child}/comm`, "utf8").trim() === "systemd") {
				this.#leader = Number(child);
				return (await this.run("test -S /run/systemd/private")).code === 0;
			}
		}
		return false;
	}

	#removeRoot(): void {
		// Swap is the whole computer's: what was not turned off inside would keep the file.
		spawnSync("swapoff", [join(this.#root, "swapfile")]);
		spawnSync("umount", [join(this.#root, "usr")]);
		spawnSync("chattr", ["-i", join(this.#root, "srv/data")]);
		for (const name of ["root", "upper", "work"]) rmSync(join(this.folder, name), { recursive: true, force: true });
	}

	/** The system's programs are shared and written beside; the rest is copied: swap does not work on an overlay. */
	#layRoot({ userData, cloudKeys, files }: Birth): void {
		const { path } = ensureRoot();
		mkdirSync(join(this.#root, "usr"), { recursive: true });
		for (const name of readdirSync(path)) {
			if (name !== "usr") execFileSync("cp", ["-a", join(path, name), this.#root]);
		}
		for (const name of ["upper", "work"]) mkdirSync(join(this.folder, name));
		const layers = `lowerdir=${path}/usr,upperdir=${this.folder}/upper,workdir=${this.folder}/work`;
		execFileSync("mount", ["-t", "overlay", "overlay", "-o", layers, join(this.#root, "usr")]);
		const seed = join(this.#root, "var/lib/cloud/seed/nocloud");
		mkdirSync(seed, { recursive: true });
		writeFileSync(join(seed, "user-data"), userData);
		writeFileSync(
			join(seed, "meta-data"),
			JSON.stringify({ "instance-id": "i-1", "local-hostname": "wizamart-prod-app-1", "public-keys": cloudKeys ?? [] }),
		);
		writeFileSync(join(this.#root, "etc/resolv.conf"), "");
		writeFileSync(join(this.#root, "etc/hosts"), "127.0.0.1 localhost wizamart-prod-app-1\n");
		for (const [to, text] of Object.entries(files ?? {})) {
			mkdirSync(dirname(join(this.#root, to)), { recursive: true });
			writeFileSync(join(this.#root, to), text);
		}
		// Before anything else, so that every program sees the memory the test says.
		writeFileSync(join(this.#root, "etc/systemd/system/test-memory.service"), MEMORY_UNIT);
		mkdirSync(join(this.#root, "etc/systemd/system/sysinit.target.wants"), { recursive: true });
		symlinkSync(
			"../test-memory.service",
			join(this.#root, "etc/systemd/system/sysinit.target.wants/test-memory.service"),
		);
		writeFileSync(
			join(this.#root, "etc/cloud/cloud.cfg.d/99-test.cfg"),
			"datasource_list: [ NoCloud ]\nnetwork: {config: disabled}\n",
		);
	}

	#layNetwork(): void {
		const name = this.#network;
		for (const args of [
			["netns", "add", name],
			["link", "add", `${name}o`, "type", "veth", "peer", "name", "eth0", "netns", name],
			["addr", "add", `${OUTSIDE}/24`, "dev", `${name}o`],
			["addr", "add", `${METADATA}/32`, "dev", `${name}o`],
			["link", "set", `${name}o`, "up"],
			["-n", name, "addr", "add", `${INSIDE}/24`, "dev", "eth0"],
			["-n", name, "link", "set", "lo", "up"],
			["-n", name, "link", "set", "eth0", "up"],
			["-n", name, "route", "add", "default", "via", OUTSIDE],
		]) {
			execFileSync("ip", args);
		}
	}

	#layVolume(mib: number): void {
		execFileSync("truncate", ["-s", `${mib}M`, join(this.folder, "disk.img")]);
		this.#attach();
	}

	#attach(): void {
		this.#loop = execFileSync("losetup", ["--find", "--show", join(this.folder, "disk.img")], {
			encoding: "utf8",
		}).trim();
	}
}

function makeFolder(): string {
	sweepLeftovers();
	return mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
}

/** Runs a program on this side of the wire, with more in its environment. */
export async function ran(
	program: string,
	args: readonly string[],
	input = "",
	more: Readonly<Record<string, string>> = {},
): Promise<Ran> {
	const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8", ...more };
	const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
	let out = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			out += text;
		});
	}
	// A program may end without reading what it is given.
	child.stdin.on("error", () => {});
	child.stdin.end(input);
	const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? -1)));
	return { code, out: out.trim() };
}

/** Only the newer kind of control groups has this file at its top. */
const V2 = "/sys/fs/cgroup/cgroup.subtree_control";

function memoryGroup(name: string): string {
	return join(existsSync(V2) ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory", name);
}

/** A group whose processes take no more memory than this together; gives its folder. */
function limitMemory(name: string, mib: number): string {
	const folder = memoryGroup(name);
	mkdirSync(folder, { recursive: true });
	if (existsSync(V2)) writeFileSync(V2, "+memory");
	writeFileSync(join(folder, existsSync(V2) ? "memory.max" : "memory.limit_in_bytes"), `${mib * 1024 * 1024}`);
	return folder;
}

/** Control groups go by rmdir alone, the innermost first. */
function removeGroups(folder: string): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.isDirectory()) removeGroups(join(folder, entry.name));
	}
	rmdirSync(folder);
}

const MEMORY_UNIT = `[Unit]
DefaultDependencies=no
Before=sysinit.target

[Service]
Type=oneshot
ExecStart=/bin/mount --bind /etc/test-meminfo /proc/meminfo
`;

function alive(pid: number): boolean {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
	} catch {
		return false;
	}
}

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureKernelImage } from "./kernelImage.ts";
import { FOLDER_PREFIX, sweepLeftovers } from "./leftovers.ts";
import { listen } from "./listen.ts";
import { METADATA, OUTSIDE, type Ran } from "./machine.ts";
import { login, makeKey } from "./outside.ts";

/** Where the computer is given its user data: by address, as clouds do. */
const SEED_PORT = 9080;
/** What the serial line shows when all of a boot's cloud-init is done. */
const BOOTED = /Cloud-init v\. \S+ finished at/g;
/** A boot takes less than a minute when nothing else runs; a gate on two cores may take most of its turns away. */
const BOOT_SECONDS = 1500;

/**
 * A whole computer with a kernel of its own. No help of the processor is needed, so it runs wherever the tests do, and
 * takes its time. It lies at the addresses of a `Machine`, so only one of both can be there at a time.
 */
export class Computer {
	readonly #folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
	readonly #wire = `ts${process.pid}o`;
	#kernel = "";
	#seed: Server | null = null;
	#child: ChildProcess | null = null;
	#boots = 0;

	/** @param volumeMib size of the blank disk that is attached as DigitalOcean attaches a volume named `data`. */
	static async make(userData: string, volumeMib: number): Promise<Computer> {
		sweepLeftovers();
		const computer = new Computer();
		const { disk, kernel } = await ensureKernelImage();
		computer.#kernel = kernel;
		execFileSync("cp", ["--sparse=always", disk, computer.#path("root.img")]);
		execFileSync("truncate", ["-s", `${volumeMib}M`, computer.#path("disk.img")]);
		for (const args of [
			["tuntap", "add", "dev", computer.#wire, "mode", "tap"],
			["addr", "add", `${OUTSIDE}/24`, "dev", computer.#wire],
			["addr", "add", `${METADATA}/32`, "dev", computer.#wire],
			["link", "set", computer.#wire, "up"],
		]) {
			execFileSync("ip", args);
		}
		const key = await makeKey(computer.#folder, "birth");
		await computer.#offer({
			"/user-data": userData,
			"/vendor-data": "",
			"/meta-data": JSON.stringify({
				"instance-id": "i-1",
				"local-hostname": "wizamart-prod-app-1",
				"public-keys": [key],
			}),
		});
		return computer;
	}

	/** The key of birth, as a line for `authorized_keys`. */
	get key(): string {
		return readFileSync(this.#path("birth.pub"), "utf8").trim();
	}

	/** Starts it with this much memory, and waits until cloud-init is done. */
	async boot(memoryMib: number): Promise<void> {
		const disk = (name: string, file: string) =>
			["-drive", `if=none,id=${name},file=${this.#path(file)},format=raw,cache=unsafe`] as const;
		const child = spawn(
			"setpriv",
			[
				// It ends with the run that started it, however that ends.
				...["--pdeathsig", "KILL", "qemu-system-x86_64"],
				...["-accel", "tcg,thread=multi,tb-size=512", "-cpu", "Nehalem,+rdrand", "-m", `${memoryMib}`],
				...["-nodefaults", "-display", "none", "-no-reboot"],
				...["-chardev", `file,id=console,path=${this.#console},append=on`, "-serial", "chardev:console"],
				...["-kernel", this.#kernel, "-append", `${CALL} ds=nocloud;s=http://${OUTSIDE}:${SEED_PORT}/`],
				...disk("root", "root.img"),
				...["-device", "nvme,drive=root,serial=root"],
				...disk("volume", "disk.img"),
				// Named as DigitalOcean names a volume, so that the link under by-id is the real rule's own.
				...["-device", "virtio-scsi-pci"],
				...["-device", "scsi-hd,drive=volume,vendor=DO,product=Volume,device_id=data"],
				...["-netdev", `tap,id=wire,ifname=${this.#wire},script=no,downscript=no`],
				...["-device", "virtio-net-pci,netdev=wire,romfile="],
				...["-device", "virtio-rng-pci"],
			],
			{ stdio: ["ignore", "ignore", "pipe"] },
		);
		this.#child = child;
		let said = "";
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			said += text;
		});
		await this.#booted(() => said);
	}

	/** Has it restart by itself, as an operator or an update would; it comes back with this much memory. */
	async restart(memoryMib: number): Promise<void> {
		// The door may close before it says that it heard.
		await this.run("systemctl --no-block reboot");
		await this.#hangUp();
		await this.#until("the computer to go down", async () => !this.#runs, BOOT_SECONDS);
		await this.boot(memoryMib);
	}

	/** Runs a command as root, through the front door. */
	async run(command: string): Promise<Ran> {
		const quoted = `'${command.replaceAll("'", "'\\''")}'`;
		return await login(this.#folder, "birth", "deploy", `sudo -n bash -c ${quoted}`, this.#shared);
	}

	/** What a command prints; fails the test when the command fails. */
	async ask(command: string): Promise<string> {
		const { code, out } = await this.run(command);
		if (code !== 0) throw new Error(`${command} ended with ${code}:\n${out}`);
		return out;
	}

	/** Gives everything back, whatever state it is in. */
	async destroy(): Promise<void> {
		await this.#hangUp();
		this.#child?.kill("SIGKILL");
		this.#child = null;
		this.#seed?.closeAllConnections();
		this.#seed?.close();
		spawnSync("ip", ["link", "delete", this.#wire]);
		rmSync(this.#folder, { recursive: true, force: true });
	}

	get #console(): string {
		return this.#path("console.log");
	}

	get #runs(): boolean {
		return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** One connection for all commands: each further one costs seconds of arithmetic. */
	get #shared(): readonly string[] {
		return [
			"ControlMaster=auto",
			`ControlPath=${this.#path("ssh")}`,
			"ControlPersist=60",
			"ConnectTimeout=120",
			// A computer that is gone is noticed.
			"ServerAliveInterval=60",
		].flatMap((option) => ["-o", option]);
	}

	#path(name: string): string {
		return join(this.#folder, name);
	}

	/** Ends the one connection. */
	async #hangUp(): Promise<void> {
		await login(this.#folder, "birth", "deploy", "", [...this.#shared, "-O", "exit"]);
	}

	/** Waits for the end of one more boot, and for the door to open. */
	async #booted(said: () => string): Promise<void> {
		this.#boots += 1;
		await this.#until(
			`boot ${this.#boots}`,
			async () => {
				if (!this.#runs) throw new Error(`the computer ended:\n${said()}\n${this.#lastLines()}`);
				return [...this.#read().matchAll(BOOTED)].length >= this.#boots;
			},
			BOOT_SECONDS,
		);
		await this.#until("a login", async () => (await this.run("true")).code === 0, 300);
	}

	async #until(what: string, holds: () => Promise<boolean>, seconds: number): Promise<void> {
		const end = Date.now() + seconds * 1000;
		while (!(await holds())) {
			if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}:\n${this.#lastLines()}`);
			await new Promise((resolve) => setTimeout(resolve, 500));
		}
	}

	#read(): string {
		return existsSync(this.#console) ? readFileSync(this.#console, "utf8") : "";
	}

	#lastLines(): string {
		return this.#read().split("\n").slice(-30).join("\n");
	}

	async #offer(pages: Readonly<Record<string, string>>): Promise<void> {
		this.#seed = createServer(({ url }, response) => {
			const page = pages[url ?? ""];
			response.writeHead(page === undefined ? 404 : 200).end(page);
		});
		await listen(this.#seed, OUTSIDE, SEED_PORT);
	}
}

/**
 * How the kernel is called: without an initial disk, as it has the drivers of this one built in, and without what costs
 * time here and is nothing the tests look at.
 */
const CALL =
	"root=/dev/nvme0n1 rw console=ttyS0 net.ifnames=0 mitigations=off init_on_alloc=0 rcupdate.rcu_expedited=1 audit=0 apparmor=0 systemd.show_status=0";

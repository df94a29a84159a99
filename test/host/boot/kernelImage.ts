import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Overlay } from "./overlay.ts";
import { ensureRoot } from "./root.ts";

/**
 * What an image needs beside the root to start by itself. The proxy would be installed after birth, which other tests
 * show; here each instruction of the processor is worked out by a program, and an installation takes a minute.
 */
const PACKAGES = ["linux-image-cloud-amd64", "udev", "nginx-light"];

/** Files by path, as a cloud's image would have them; the wire's addresses are those of `machine.ts`. */
const FILES: Readonly<Record<string, string>> = {
	"/etc/fstab": "/dev/nvme0n1 / ext4 rw 0 0\n",
	"/etc/hosts": "127.0.0.1 localhost wizamart-prod-app-1\n",
	"/etc/apt/sources.list": "",
	// Nothing is given up for being slow: the tests have a limit of their own.
	"/etc/systemd/system.conf.d/slow.conf":
		"[Manager]\nDefaultTimeoutStartSec=30min\nDefaultTimeoutStopSec=30min\nDefaultDeviceTimeoutSec=30min\n",
	// Newer than /usr: what a first boot works out from it anew is there already, as in an image that was started before.
	"/etc/.updated": "",
	"/var/.updated": "",
	"/etc/systemd/network/10-wire.network":
		"[Match]\nType=ether\n[Network]\nAddress=10.77.0.2/24\nGateway=10.77.0.1\nLinkLocalAddressing=ipv6\nIPv6AcceptRA=no\n",
	"/etc/cloud/cloud.cfg.d/99-test.cfg":
		"datasource_list: [ NoCloud ]\nnetwork: {config: disabled}\nssh_genkeytypes: [ed25519]\n",
};

/** Room for 2 GiB of swap and the GiB that has to stay free. The file is sparse. */
const DISK = "6G";

/** A disk that a computer can start from, and the kernel on it. */
export interface KernelImage {
	readonly disk: string;
	readonly kernel: string;
}

/** The disk for boots with a kernel; made once, then kept beside the root it was made from. */
export async function ensureKernelImage(): Promise<KernelImage> {
	const root = ensureRoot();
	const recipe = createHash("sha256")
		.update(JSON.stringify([PACKAGES, FILES, DISK]))
		.digest("hex")
		.slice(0, 12);
	const folder = join(dirname(root.path), `kernel-${recipe}`);
	const made: KernelImage = { disk: join(folder, "disk.img"), kernel: join(folder, "vmlinuz") };
	if (existsSync(folder)) return made;
	const work = `${folder}-making`;
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work);
	const overlay = new Overlay();
	try {
		await overlay.install(...PACKAGES);
		for (const [path, text] of Object.entries(FILES)) overlay.write(path, text);
		for (const command of [
			["rm", "/usr/sbin/policy-rc.d"],
			["systemctl", "enable", "systemd-networkd.service", "systemd-networkd-wait-online.service"],
			// The line is read, not written to.
			["systemctl", "mask", "serial-getty@ttyS0.service"],
			// Their settings enable them.
			["systemctl", "disable", "nginx.service", "fail2ban.service"],
		]) {
			const done = overlay.run(...command);
			if (done.code !== 0) throw new Error(`${command.join(" ")}: ${done.out}`);
		}
		const kernels = readdirSync(overlay.path("/boot")).filter((name) => name.startsWith("vmlinuz-"));
		copyFileSync(join(overlay.path("/boot"), kernels[0] ?? "vmlinuz"), join(work, "vmlinuz"));
		execFileSync("truncate", ["-s", DISK, join(work, "disk.img")]);
		execFileSync("mke2fs", ["-q", "-t", "ext4", "-d", overlay.path("/"), join(work, "disk.img")]);
	} finally {
		overlay.destroy();
	}
	renameSync(work, folder);
	return made;
}

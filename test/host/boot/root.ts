import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Tools of the machine that runs the tests. */
const TOOLS = [
	"mmdebstrap",
	"systemd-container",
	"shellcheck",
	"iproute2",
	"iptables",
	"e2fsprogs",
	"apt-utils",
	"openssh-client",
	"openssl",
	"busybox-static",
	"postgresql",
	"curl",
	"qemu-system-x86",
];

/** What an Ubuntu server image has, as far as user data leans on it. Debian stands in: same tools, same versions or newer. */
const IMAGE_PACKAGES = [
	"systemd",
	"systemd-sysv",
	"systemd-timesyncd",
	"libpam-systemd",
	"dbus",
	"cloud-init",
	"openssh-server",
	"ufw",
	"sudo",
	"iproute2",
	"iptables",
	"procps",
	"curl",
	"ca-certificates",
	"unattended-upgrades",
	"cron",
	"netbase",
	"kmod",
	"e2fsprogs",
	"rsyslog",
	"logrotate",
	"locales",
	// Installed by hosts after birth like those below; here beforehand, as each test would wait for them.
	"restic",
	"fail2ban",
	"python3-systemd",
	"skopeo",
	"umoci",
];

/** What hosts install after birth: kept as packages, so that the real installation runs in the test, offline. */
const OFFERED_PACKAGES = [
	"nginx-light",
	"certbot",
	"postgresql",
	"postgresql-client",
	"mariadb-server",
	"mariadb-client",
	"docker.io",
	"docker-cli",
	"prometheus",
	"prometheus-node-exporter",
	"docker-compose",
	"rclone",
	"gpg",
	"rsyslog-gnutls",
	// What people are told to get for a move of data, or have on their own computer.
	"pgloader",
	"sqlite3",
	"kubernetes-client",
	// What a disk needs to start by itself.
	"linux-image-cloud-amd64",
	"udev",
];

const SUITE = "trixie";
const CACHE = join(import.meta.dirname, "../../../.cache/host");

/** A Linux root as a cloud's image has it, and a folder of packages it can install without a network. */
export interface Root {
	readonly path: string;
	readonly packages: string;
}

/** The root for boot tests: made once, then kept under `.cache/`, by the hash of what is in it. */
export function ensureRoot(): Root {
	const recipe = createHash("sha256")
		.update(JSON.stringify([SUITE, IMAGE_PACKAGES, OFFERED_PACKAGES]))
		.digest("hex")
		.slice(0, 12);
	const made: Root = { path: join(CACHE, `${recipe}/root`), packages: join(CACHE, `${recipe}/packages`) };
	installTools();
	if (existsSync(made.packages)) return made;
	const work = join(CACHE, `making-${process.pid}`);
	rmSync(work, { recursive: true, force: true });
	mkdirSync(join(work, "packages"), { recursive: true });
	const root = join(work, "root");
	run("mmdebstrap", [
		"-q",
		"--variant=minbase",
		`--include=${IMAGE_PACKAGES.join(",")}`,
		"--dpkgopt=path-exclude=/usr/share/man/*",
		// Tests don't outlive a power cut.
		"--dpkgopt=force-unsafe-io",
		"--dpkgopt=path-exclude=/usr/share/doc/*",
		"--dpkgopt=path-exclude=/usr/share/locale/*",
		"--skip=cleanup/apt/lists",
		SUITE,
		root,
	]);
	// Fetched from inside, so that exactly what is missing there is kept.
	const apt = ["apt-get", "-q", "-y", "--no-install-recommends", "--download-only", "-o", "Dir::Cache::archives=/mnt"];
	mkdirSync(join(root, "mnt/partial"), { recursive: true });
	run("chroot", [root, ...apt, "install", ...OFFERED_PACKAGES]);
	run("sh", ["-c", `mv ${root}/mnt/*.deb ${work}/packages/ && rm -rf ${root}/mnt/* ${root}/var/lib/apt/lists/*`]);
	run("sh", ["-c", `cd ${work}/packages && apt-ftparchive packages . >Packages`]);
	writeFileSync(join(root, "etc/apt/sources.list"), "deb [trusted=yes] file:/packages ./\n");
	rmSync(join(root, "etc/apt/sources.list.d"), { recursive: true, force: true });
	mkdirSync(join(root, "packages"));
	rmSync(join(CACHE, recipe), { recursive: true, force: true });
	renameSync(work, join(CACHE, recipe));
	return made;
}

function installTools(): void {
	const known = execFileSync("dpkg-query", ["--list"], { encoding: "utf8" });
	const missing = TOOLS.filter((name) => !new RegExp(`^ii +${name}[ :]`, "m").test(known));
	if (missing.length === 0) return;
	run("apt-get", ["update", "-qq"]);
	run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing]);
}

function run(command: string, args: readonly string[]): void {
	execFileSync(command, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
		maxBuffer: 64 * 1024 * 1024,
	});
}

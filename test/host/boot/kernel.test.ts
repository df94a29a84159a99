import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderUserData } from "../../../src/host/renderUserData.ts";
import { hostPlan, hostSecrets, hostSettings } from "../builders.ts";
import { Cloud, SOURCE } from "./cloud.ts";
import { Computer } from "./kernel.ts";
import { ask, opens } from "./outside.ts";

/** By hand and not out of the file that is laid: a slip in that file is found too. */
const KERNEL: Readonly<Record<string, string>> = {
	"vm.swappiness": "10",
	"vm.overcommit_memory": "0",
	"kernel.kptr_restrict": "2",
	"kernel.dmesg_restrict": "1",
	"fs.protected_hardlinks": "1",
	"fs.protected_symlinks": "1",
	"net.ipv4.tcp_syncookies": "1",
	"net.ipv4.conf.all.accept_redirects": "0",
	"net.ipv4.conf.default.accept_redirects": "0",
	"net.ipv4.conf.eth0.accept_redirects": "0",
	"net.ipv4.conf.all.send_redirects": "0",
	"net.ipv4.conf.default.send_redirects": "0",
	"net.ipv4.conf.eth0.send_redirects": "0",
	"net.ipv4.conf.all.accept_source_route": "0",
	"net.ipv6.conf.all.accept_redirects": "0",
	"net.ipv6.conf.default.accept_redirects": "0",
	"net.ipv6.conf.eth0.accept_redirects": "0",
};

const UNITS = [
	"ssh",
	"ufw",
	"fail2ban",
	"nginx",
	"tierstack-guard",
	"tierstack-swap",
	"tierstack-capacity",
	"tierstack-volume",
	"tierstack-web-1",
	"tierstack-settings.timer",
];

/** What no restart and no other size may change. */
const LASTING: Readonly<Record<string, string>> = {
	"settings of the kernel": `sysctl ${Object.keys(KERNEL).join(" ")}`,
	"rules of the firewall": "for tables in 'iptables -S' 'iptables -t raw -S' 'ip6tables -S'; do $tables; done",
	"units that run": `systemctl is-active ${UNITS.join(" ")}`,
	"units that failed": "systemctl list-units --failed --plain --no-legend",
	"every file of the configuration": "find /etc /usr/local -xdev -type f -exec sha256sum {} + | sort -k2",
	"what cloud-init did, and when": "cd /var/lib/cloud/instance/sem && stat -c '%n %Y' *",
	"files of birth, as they were written then":
		"stat -c '%i %Y' /etc/tierstack/birth.json /etc/sysctl.d/60-tierstack.conf",
	"the data volume":
		"blkid -p -o value -s UUID /dev/disk/by-id/scsi-0DO_Volume_data; findmnt -no FSTYPE,OPTIONS /srv/data",
	"how often it was formatted": "journalctl -u tierstack-volume -o cat | grep -c ^formatted",
	"what lies on it": "cat /srv/data/uploads/picture; stat -c '%i %Y %U' /srv/data/uploads/picture",
	"entries for swap": "stat -c '%a %U' /swapfile; grep ^/swapfile /etc/fstab",
};

/** A boot and a reading of settings: two minutes alone, far more where others want the processor too. */
const HOOK_MS = 2_700_000;

const cloud = new Cloud();
let computer: Computer;

async function askAll(questions: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
	const answers: Record<string, string> = {};
	for (const [name, command] of Object.entries(questions)) answers[name] = await computer.ask(command);
	return answers;
}

/** Lets the reading of settings that is due come to its end. */
async function settle(): Promise<void> {
	await computer.ask("systemctl start tierstack-settings.service");
}

beforeAll(async () => {
	computer = await Computer.make(renderUserData(hostPlan({ source: SOURCE })), 192);
	const base = hostSettings();
	cloud.publish(
		hostSettings({
			// As it is from birth: each change of a rule costs the firewall's own program many seconds here.
			access: { sshKeys: [computer.key], sshFrom: ["any"] },
			volume: { device: "/dev/disk/by-id/scsi-0DO_Volume_data" },
			app: { ...base.app, healthySeconds: 180 },
		}),
		hostSecrets(),
	);
	await cloud.start();
	await computer.boot(768);
	await settle();
}, HOOK_MS);

afterAll(async () => {
	await computer?.destroy();
	await cloud.buckets.close();
});

describe("a computer with a kernel of its own, born with the user data", () => {
	it("ends its first boot without an error", async () => {
		expect(await computer.ask("cloud-init status --long")).toMatch(
			/status: done[\s\S]*errors: \[\][\s\S]*recoverable_errors: \{\}/,
		);
		expect(await computer.ask("systemctl list-units --failed --plain --no-legend")).toBe("");
	});

	it("has every setting of its kernel in force, on the wire it was reached by before they were there too", async () => {
		const laid = await computer.ask("sed 's/^-//; s/ *=.*//; s/[*]/eth0/' /etc/sysctl.d/60-tierstack.conf");
		expect(laid.split("\n").sort()).toEqual(Object.keys(KERNEL).sort());
		const said = await computer.ask(LASTING["settings of the kernel"] ?? "");
		expect(Object.fromEntries(said.split("\n").map((line) => line.split(" = ")))).toEqual(KERNEL);
	});

	it("shows addresses of its kernel to nobody, and its messages to root only", async () => {
		expect(await computer.ask("cut -d' ' -f1 /proc/kallsyms | sort -u")).toBe("0000000000000000");
		expect((await computer.run("runuser -u deploy -- dmesg")).out).toContain("Operation not permitted");
		expect(await computer.ask("dmesg | grep -c swapfile")).toBe("1");
	});

	it("has swap and workers by the memory it really has", async () => {
		expect(await size()).toEqual({ memory: "small", swapGib: 1, workers: "WEB_CONCURRENCY=2" });
	});
});

describe("a restart, with more memory than before", () => {
	let before: Readonly<Record<string, string>>;
	let firstStart: string;

	beforeAll(async () => {
		await computer.ask("runuser -u app -- bash -c 'echo picture >/srv/data/uploads/picture'");
		before = await askAll(LASTING);
		firstStart = await computer.ask(START);
		await computer.restart(2304);
		await settle();
	}, HOOK_MS);

	it("starts another kernel on the same machine", async () => {
		expect(await computer.ask(START)).not.toBe(firstStart);
		expect(await computer.ask("journalctl --list-boots --quiet --no-pager | wc -l")).toBe("2");
	});

	it("leaves everything that is meant to last as it was", async () => {
		expect(before).toMatchObject({
			"units that run": UNITS.map(() => "active").join("\n"),
			"units that failed": "",
			"the data volume": expect.stringMatching(/^[0-9a-f-]{36}\next4 +rw,noatime/),
			"how often it was formatted": "1",
			"what lies on it": expect.stringMatching(/^picture\n\d+ \d+ app$/),
			"entries for swap": "600 root\n/swapfile none swap sw,nofail 0 0",
		});
		expect(await askAll(LASTING)).toEqual(before);
	});

	it("repeats nothing of the first boot", async () => {
		const [first, second] = [await computer.ask("journalctl -b -1 -o cat"), await computer.ask("journalctl -b -o cat")];
		for (const words of ["app: applied", "formatted /dev", "Created symlink"]) {
			expect(first).toContain(words);
			expect(second).not.toContain(words);
		}
	});

	it("turns swap on again, and makes it and the workers larger", async () => {
		expect(await size()).toEqual({ memory: "large", swapGib: 2, workers: "WEB_CONCURRENCY=3" });
	});

	it("has the firewall up before the network, and lets in what it let in before", async () => {
		const moment = async (property: string, unit: string) =>
			Number(await computer.ask(`systemctl show -p ${property} --value ${unit}`));
		const closed = await moment("ActiveEnterTimestampMonotonic", "tierstack-guard.service");
		expect(closed).toBeGreaterThan(0);
		expect(closed).toBeLessThan(await moment("InactiveExitTimestampMonotonic", "systemd-networkd.service"));
		await computer.ask(
			"systemd-run --quiet --unit=open-port /usr/bin/python3 -m http.server 5432 --directory /run/lock",
		);
		await computer.ask("curl --silent --retry 60 --retry-connrefused --retry-delay 1 http://127.0.0.1:5432/");
		expect(await opens(5432, 20)).toBe(false);
		// It is the firewall that said no.
		await computer.ask("iptables -I INPUT -p tcp --dport 5432 -j ACCEPT");
		expect(await opens(5432, 120)).toBe(true);
		expect(await (await ask("/health")).text()).toContain("built-in responder");
	});
});

/** Another one at each start of a kernel. */
const START = "cat /proc/sys/kernel/random/boot_id";

async function size() {
	const kib = Number(await computer.ask("awk '$1 == \"MemTotal:\" { print $2 }' /proc/meminfo"));
	const swap = await computer.ask("swapon --show=NAME,SIZE --bytes --noheadings");
	return {
		memory: kib < 786_432 ? "small" : kib > 2_000_000 ? "large" : `${kib} KiB`,
		// Less a page, in which it says that it is swap.
		swapGib: (Number(/^\/swapfile (\d+)$/.exec(swap)?.[1]) + 4096) / 1024 ** 3,
		workers: await computer.ask("grep ^WEB_CONCURRENCY /run/tierstack/capacity.env"),
	};
}

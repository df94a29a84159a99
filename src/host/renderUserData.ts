import { stringify } from "yaml";
import { BugError } from "../errors.ts";
import type { Provider } from "../words.ts";
import {
	GUARD_UNIT,
	JOURNALD,
	SETTINGS_UNIT,
	SSHD,
	SWAP_UNIT,
	SYSCTL,
	settingsTimer,
	UPGRADES,
} from "./files/birth.ts";
import { FETCH } from "./files/fetch.ts";
import { GUARD } from "./files/guard.ts";
import { SWAP } from "./files/swap.ts";
import type { HostPlan } from "./plan.ts";

/** What differs between the clouds at birth. */
interface BirthFacts {
	/** Largest user data in bytes of UTF-8, before any encoding. */
	readonly maxBytes: number;
	/** Seconds between two reads of the settings. */
	readonly pollSeconds: number;
}

/**
 * maxBytes: DigitalOcean's API description, droplet_create.yml; AWS, EC2 user guide, "Run commands at launch"
 * (both read 2026-11-21). pollSeconds: reads of a bucket are free within its allowance, reads of a secret cost
 * USD 0.05 per 10,000 calls, so AWS hosts ask less often.
 */
export const BIRTH_FACTS: Readonly<Record<Provider, BirthFacts>> = {
	digitalocean: { maxBytes: 65_536, pollSeconds: 60 },
	aws: { maxBytes: 16_384, pollSeconds: 300 },
};

/**
 * User data for Ubuntu 22.04 and 24.04: a host that is safe by itself (deploy user, keys only, firewall, swap,
 * security updates) and then reads its settings. The same plan gives the same bytes; no tier or size is in it.
 *
 * The `deploy` user takes the keys the cloud knows for the machine, until the settings bring their own list.
 *
 * @throws BugError when it is larger than the provider takes.
 */
export function renderUserData(plan: HostPlan): string {
	const { provider, stack, pool, slot, source } = plan;
	const facts = BIRTH_FACTS[provider];
	// Field by field: what else a caller's object may hold must not change a byte.
	const birth: HostPlan = { provider, stack, pool, slot, source };
	const program = (path: string, content: string) => ({ path, content, permissions: "0755" });
	const text = (path: string, content: string) => ({ path, content, permissions: "0644" });
	const document = {
		preserve_hostname: false,
		// Takes the place of the image's own user, so that the keys the cloud hands out are this user's.
		user: {
			name: "deploy",
			gecos: "Deployment",
			groups: ["sudo"],
			shell: "/bin/bash",
			sudo: "ALL=(ALL) NOPASSWD:ALL",
			lock_passwd: true,
		},
		disable_root: true,
		ssh_pwauth: false,
		locale: "C.UTF-8",
		timezone: "Etc/UTC",
		write_files: [
			{ path: "/etc/tierstack/birth.json", content: `${JSON.stringify(birth, null, "\t")}\n`, permissions: "0600" },
			text("/etc/ssh/sshd_config.d/00-tierstack.conf", SSHD),
			text("/etc/sysctl.d/60-tierstack.conf", SYSCTL),
			text("/etc/systemd/journald.conf.d/tierstack.conf", JOURNALD),
			text("/etc/apt/apt.conf.d/52tierstack", UPGRADES),
			program("/usr/local/lib/tierstack/swap", SWAP),
			program("/usr/local/lib/tierstack/guard", GUARD),
			program("/usr/local/lib/tierstack/fetch", FETCH),
			text("/etc/systemd/system/tierstack-swap.service", SWAP_UNIT),
			text("/etc/systemd/system/tierstack-guard.service", GUARD_UNIT),
			text("/etc/systemd/system/tierstack-settings.service", SETTINGS_UNIT),
			text("/etc/systemd/system/tierstack-settings.timer", settingsTimer(facts.pollSeconds)),
		],
		runcmd: [
			["systemctl", "daemon-reload"],
			["systemctl", "enable", "--now", "tierstack-guard.service", "tierstack-swap.service"],
			["/usr/lib/systemd/systemd-sysctl"],
			["systemctl", "try-restart", "systemd-journald.service", "ssh.service"],
			["timedatectl", "set-ntp", "true"],
			["systemctl", "enable", "--now", "tierstack-settings.timer"],
		],
	};
	const userData = `#cloud-config\n${stringify(document, { lineWidth: 0 })}`;
	const bytes = Buffer.byteLength(userData);
	if (bytes > facts.maxBytes) {
		throw new BugError(`user data has ${bytes} bytes, ${provider} takes ${facts.maxBytes}`);
	}
	return userData;
}

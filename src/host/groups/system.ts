import { ALERT, ALERT_UNIT } from "../files/alert.ts";
import { settingsTimer } from "../files/birth.ts";
import { CAPACITY, CAPACITY_UNIT } from "../files/capacity.ts";
import { FETCH } from "../files/fetch.ts";
import { GUARD } from "../files/guard.ts";
import { SWAP } from "../files/swap.ts";
import { bindUnit, DATA, GROW_TIMER, GROW_UNIT, NEEDS_VOLUME, VOLUME, VOLUME_UNIT } from "../files/volume.ts";
import { group, type HostFile, type HostGroup } from "../manifest.ts";
import { BIRTH_FACTS } from "../renderUserData.ts";
import type { HostSettings } from "../settings.ts";
import { COMPOSE_UNIT, copiesOf } from "./processes.ts";

/** Seconds a host waits for its volume: the cloud attaches it after the machine is up. */
const VOLUME_WAIT_SECONDS = 15;

/** A program of this project's own on the host. */
export function program(name: string, content: string, restarts: readonly string[] = []): HostFile {
	return { path: `/usr/local/lib/tierstack/${name}`, content, mode: "0755", restarts };
}

/** A systemd unit. It is restarted when its text changed. */
export function unit(name: string, content: string, restarts: readonly string[] = [name]): HostFile {
	return { path: `/etc/systemd/system/${name}`, content, mode: "0644", restarts };
}

/**
 * Who may log in. A group of its own, with no program that could fail behind it: a key that was taken away stays away,
 * whatever else fails.
 */
export function keysGroup({ access }: HostSettings): HostGroup {
	return group("keys", {
		// Without a list the keys from birth hold: an empty file would lock everybody out.
		files:
			access.sshKeys.length === 0
				? []
				: [
						{
							path: "/home/deploy/.ssh/authorized_keys",
							content: access.sshKeys.map((key) => `${key}\n`).join(""),
							mode: "0600",
							owner: "deploy:deploy",
						},
					],
	});
}

/** Who may reach port 22: nobody when no range is named, as in the cloud's own firewall. */
export function firewallGroup({ access }: HostSettings): HostGroup {
	return group("firewall", {
		files: [
			{
				path: "/etc/tierstack/firewall.conf",
				content: `SSH_FROM="${access.sshFrom.join(" ")}"\n`,
				mode: "0644",
				restarts: ["tierstack-guard.service"],
			},
		],
	});
}

/** Newer copies of what the machine was born with, so that a mend reaches machines that are already there. */
export function birthGroup({ provider }: HostSettings): HostGroup {
	return group("birth", {
		prepare: [],
		files: [
			program("fetch", FETCH),
			program("guard", GUARD, ["tierstack-guard.service"]),
			program("swap", SWAP),
			unit("tierstack-settings.timer", settingsTimer(BIRTH_FACTS[provider].pollSeconds)),
			program("alert", ALERT),
			unit("tierstack-alert@.service", ALERT_UNIT, []),
		],
		checks: [["/usr/bin/python3", "-m", "py_compile", "/usr/local/lib/tierstack/fetch"]],
	});
}

/** Swap as large as the plan says; without a word of it by the memory of the machine. */
export function swapGroup({ swapMib }: HostSettings): HostGroup {
	return group("swap", {
		files: [
			{
				path: "/etc/tierstack/swap.conf",
				content: `SWAP_MIB=${swapMib ?? ""}\n`,
				mode: "0644",
				restarts: ["tierstack-swap.service"],
			},
		],
	});
}

/** Brute-force brake: OpenSSH brings its own only from 9.8 on, and Ubuntu 22.04 and 24.04 ship older ones. */
export const brakeGroup: HostGroup = group("brake", {
	packages: ["fail2ban", "python3-systemd"],
	files: [
		{
			path: "/etc/fail2ban/jail.d/tierstack.conf",
			content: `[DEFAULT]
backend = systemd
bantime = 1h
findtime = 10m
maxretry = 6
banaction = ufw

[sshd]
enabled = true
`,
			mode: "0644",
			restarts: ["fail2ban.service"],
		},
	],
	units: ["fail2ban.service"],
});

/**
 * Users that own files on the data volume, with fixed numbers: files know their owner by number only, and a volume
 * outlives its machine. Packages take users that are there already.
 */
const USERS = `u app 890 "Application" /nonexistent
u postgres 891 "PostgreSQL" /var/lib/postgresql /bin/bash
u mysql 892 "MySQL" /nonexistent
`;

/** User of processes without a container, and what the machine tells all of them. */
export const groundGroup: HostGroup = group("ground", {
	files: [
		{
			path: "/etc/sysusers.d/tierstack.conf",
			content: USERS,
			mode: "0644",
		},
		program("capacity", CAPACITY, ["tierstack-capacity.service"]),
		unit("tierstack-capacity.service", CAPACITY_UNIT),
	],
	checks: [["systemd-sysusers", "/etc/sysusers.d/tierstack.conf"]],
	units: ["tierstack-capacity.service"],
});

/** A folder of the system that lives on the data volume. */
interface Moved {
	/** Folder on the volume. */
	readonly name: string;
	readonly at: string;
	/** Unit of the mount; its name follows from `at`. */
	readonly unit: string;
	/** Server that uses it: it waits for the volume. */
	readonly server: string;
}

/**
 * So that a host's root disk holds nothing that counts. PostgreSQL's configuration goes with its data: the package
 * takes over a cluster that has both, and fails over data alone.
 */
const MOVED: Readonly<Record<"docker" | "postgres" | "mysql", readonly Moved[]>> = {
	docker: [{ name: "docker", at: "/var/lib/docker", unit: "var-lib-docker.mount", server: "docker.service" }],
	postgres: [
		{ name: "postgresql", at: "/var/lib/postgresql", unit: "var-lib-postgresql.mount", server: "postgresql.service" },
		{ name: "postgresql-etc", at: "/etc/postgresql", unit: "etc-postgresql.mount", server: "postgresql.service" },
	],
	mysql: [{ name: "mysql", at: "/var/lib/mysql", unit: "var-lib-mysql.mount", server: "mysql.service" }],
};

/** The data volume. It lives on slot 1 only; what needs it is not started without it. */
export function volumeGroup(settings: HostSettings): readonly HostGroup[] {
	if (settings.volume === null) return [];
	const engine = settings.database?.engine ?? "sqlite";
	const moved = [...(needsEngine(settings) ? MOVED.docker : []), ...(engine === "sqlite" ? [] : MOVED[engine])];
	const holders = [
		...new Set(moved.map(({ server }) => server)),
		...(engine === "postgres" ? ["postgresql@.service"] : []),
		...(settings.app.compose === null ? copiesOf(settings).map(({ unit: name }) => `${name}.service`) : [COMPOSE_UNIT]),
	];
	const names = moved.map(({ name }) => name);
	return [
		group("volume", {
			firstOnly: true,
			needs: ["ground"],
			// The cloud attaches it some time after birth: until then this is tried again at each reading.
			prepare: [["/usr/bin/test", "-b", settings.volume.device]],
			packages: ["e2fsprogs"],
			files: [
				{
					path: "/etc/tierstack/volume.conf",
					content: `DEVICE=${settings.volume.device}\nWAIT_SECONDS=${VOLUME_WAIT_SECONDS}\nFOLDERS="${names.join(" ")}"\n`,
					mode: "0644",
					restarts: ["tierstack-volume.service"],
				},
				program("volume", VOLUME),
				unit("tierstack-volume.service", VOLUME_UNIT),
				unit("tierstack-volume-grow.service", GROW_UNIT, []),
				unit("tierstack-volume-grow.timer", GROW_TIMER),
				...holders.map((holder) => unit(`${holder}.d/volume.conf`, NEEDS_VOLUME, [])),
				...moved.map(({ name, at, unit: mount, server }) => unit(mount, bindUnit(`${DATA}/${name}`, at, server))),
			],
			units: ["tierstack-volume.service", ...moved.map(({ unit: mount }) => mount), "tierstack-volume-grow.timer"],
			verify: [["mountpoint", "-q", DATA]],
		}),
	];
}

/** Whether the container engine runs on the hosts. */
export function needsEngine({ app }: HostSettings): boolean {
	return app.mode === "containers" && (app.image !== null || app.compose !== null);
}

import type { Process } from "../../sizing/blueprint.ts";
import { assertNever } from "../../words.ts";
import { CAPACITY_NAMES } from "../files/capacity.ts";
import { DATA } from "../files/volume.ts";
import type { HostFile } from "../manifest.ts";
import type { AppSettings, HostSettings } from "../settings.ts";
import { commandLine } from "../unitText.ts";
import { SERVERS } from "./database.ts";

/** First port on the loopback address that web processes are reached at. */
export const FIRST_PORT = 8001;
/** Environment of the application that everybody may read. */
export const APP_ENV = "/etc/tierstack/app.env";
/** The secret part of it, for root alone; systemd hands it over. */
export const SECRET_ENV = "/etc/tierstack/secret.env";
/** Unit of an application that brings its own compose file. */
export const COMPOSE_UNIT = "tierstack-compose.service";
const CAPACITY_ENV = "/run/tierstack/capacity.env";

/** One running copy of a process. */
export interface Copy {
	readonly process: Process;
	/** Name of its unit, without the suffix: `tierstack-web-1`. */
	readonly unit: string;
	/** Port on the loopback address; null = it serves nothing. */
	readonly port: number | null;
}

/** The copies this host runs, web first. A process of which only one may exist is never run twice. */
export function copiesOf(settings: HostSettings): readonly Copy[] {
	let port = FIRST_PORT;
	return settings.processes
		.filter((process) => isRunnable(settings.app, process))
		.flatMap((process) => {
			const single = process.kind === "scheduler" || process.kind === "timer";
			const count = single ? 1 : Math.max(1, process.replicas.min);
			return Array.from(
				{ length: count },
				(_, index): Copy => ({
					process,
					unit: `tierstack-${process.name}-${index + 1}`,
					port: process.kind === "web" ? port++ : null,
				}),
			);
		});
}

/** Without image and command there is nothing to run, but for the web process: there the built-in responder answers. */
function isRunnable(app: AppSettings, process: Process): boolean {
	return app.image !== null || process.command !== null || process.kind === "web";
}

/** Units of a copy, as files. */
export function unitsOf(settings: HostSettings, copy: Copy): readonly HostFile[] {
	const service: HostFile = {
		path: `/etc/systemd/system/${copy.unit}.service`,
		content: serviceText(settings, copy),
		mode: "0644",
		restarts: copy.process.kind === "timer" ? [] : [`${copy.unit}.service`],
	};
	if (copy.process.kind !== "timer") return [service];
	const timer: HostFile = {
		path: `/etc/systemd/system/${copy.unit}.timer`,
		content: `[Unit]
Description=When ${copy.process.name} runs

[Timer]
OnCalendar=${copy.process.schedule ?? "daily"}
Persistent=true

[Install]
WantedBy=timers.target
`,
		mode: "0644",
		restarts: [`${copy.unit}.timer`],
	};
	return [service, timer];
}

/** The unit that is enabled for a copy. */
export function enabledUnit(copy: Copy): string {
	return `${copy.unit}.${copy.process.kind === "timer" ? "timer" : "service"}`;
}

function serviceText(settings: HostSettings, copy: Copy): string {
	const { process } = copy;
	const oneshot = process.kind === "timer";
	const run = runLines(settings, copy);
	return `[Unit]
Description=${process.name} of the application
After=network-online.target tierstack-capacity.service tierstack-database.service${run.engine ? " docker.service" : ""}
Wants=network-online.target tierstack-capacity.service
${run.engine ? "Requires=docker.service\n" : ""}StartLimitIntervalSec=0
${oneshot ? "OnFailure=tierstack-alert@%n.service\n" : ""}
[Service]
Type=${oneshot ? "oneshot" : "exec"}
EnvironmentFile=-${CAPACITY_ENV}
EnvironmentFile=${APP_ENV}
EnvironmentFile=-${SECRET_ENV}
${run.lines.join("\n")}
TimeoutStopSec=${settings.app.stopSeconds + 10}
${oneshot ? "" : "Restart=always\nRestartSec=2\n"}OOMPolicy=continue

[Install]
WantedBy=multi-user.target
`;
}

interface RunLines {
	readonly lines: readonly string[];
	/** Whether the container engine is needed. */
	readonly engine: boolean;
}

function runLines(settings: HostSettings, copy: Copy): RunLines {
	const { app } = settings;
	if (app.image === null) return { engine: false, lines: machineLines(copy) };
	switch (app.mode) {
		case "containers":
			return { engine: true, lines: containerLines(settings, app.image, copy) };
		case "plain":
			return { engine: false, lines: unpackedLines(app.image, copy) };
		default:
			return assertNever(app.mode, "way to run an image");
	}
}

/** A command of the machine itself, or the responder. */
function machineLines({ process, port }: Copy): readonly string[] {
	const command =
		process.command === null ? ["/usr/local/lib/tierstack/responder"] : ["/bin/sh", "-c", `exec ${process.command}`];
	return [
		`User=app`,
		`Group=app`,
		...(port === null ? [] : [`Environment=PORT=${port}`]),
		`ExecStart=${commandLine(command)}`,
		`MemoryMax=${process.memoryMib}M`,
		"NoNewPrivileges=yes",
		"ProtectSystem=strict",
		`ReadWritePaths=-${DATA}`,
		"ProtectHome=yes",
		"PrivateTmp=yes",
	];
}

function containerLines(settings: HostSettings, image: string, { process, unit, port }: Copy): readonly string[] {
	const { app } = settings;
	const engine = settings.database?.engine ?? "sqlite";
	const sockets = engine === "sqlite" ? [] : [SERVERS[engine].socketFolder];
	const names = [...CAPACITY_NAMES, ...Object.keys(app.env), ...app.secretNames].sort();
	const run = [
		"/usr/bin/docker",
		"run",
		"--rm",
		"--init",
		"--pull=never",
		`--name=${unit}`,
		// The command prints what the process says, so it is in the journal, once and with a limit.
		"--log-driver=none",
		"--security-opt=no-new-privileges",
		`--memory=${process.memoryMib}m`,
		...(process.cpu === null ? [] : [`--cpus=${process.cpu}`]),
		...names.map((name) => `--env=${name}`),
		...(port === null ? [] : [`--env=PORT=${app.port}`, `--publish=127.0.0.1:${port}:${app.port}`]),
		...(settings.volume === null
			? []
			: [`--volume=${DATA}/uploads:${DATA}/uploads`, `--volume=${DATA}/sqlite:${DATA}/sqlite`]),
		...sockets.map((folder) => `--volume=${folder}:${folder}`),
		image,
		...(process.command === null ? [] : ["/bin/sh", "-c", `exec ${process.command}`]),
	];
	return [
		`ExecStartPre=-/usr/bin/docker rm --force ${unit}`,
		`ExecStart=${commandLine(run)}`,
		`ExecStop=/usr/bin/docker stop --time ${app.stopSeconds} ${unit}`,
	];
}

function unpackedLines(image: string, { process, port }: Copy): readonly string[] {
	const run = ["/usr/local/lib/tierstack/run-image", image, ...(process.command === null ? [] : [process.command])];
	return [
		...(port === null ? [] : [`Environment=PORT=${port}`]),
		`ExecStart=${commandLine(run)}`,
		`MemoryMax=${process.memoryMib}M`,
		...(process.cpu === null ? [] : [`CPUQuota=${Math.round(process.cpu * 100)}%`]),
		"PrivateMounts=yes",
		"NoNewPrivileges=yes",
	];
}

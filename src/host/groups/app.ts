import { stringify } from "yaml";
import { restartsOf, WEB } from "../composeText.ts";
import { DAEMON, DOCKER_DROP_IN, DOCKER_GUARD, PRUNE_TIMER, PRUNE_UNIT } from "../files/docker.ts";
import { IMAGE, RUN_IMAGE } from "../files/image.ts";
import { ELECTION } from "../files/leader.ts";
import { RESPONDER } from "../files/responder.ts";
import { type Command, group, type HostFile, type HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";
import { commandLine, environmentFile } from "../unitText.ts";
import { databaseGroup, grantsGroup } from "./database.ts";
import {
	APP_ENV,
	COMPOSE_UNIT,
	type Copy,
	copiesOf,
	enabledUnit,
	FIRST_PORT,
	SECRET_ENV,
	unitsOf,
} from "./processes.ts";
import { needsEngine, program, unit } from "./system.ts";

/** The container engine from Ubuntu's own archive, or the tools that unpack an image where no engine fits. */
export function runtimeGroup(settings: HostSettings): readonly HostGroup[] {
	const { app } = settings;
	const volume = settings.volume === null ? [] : ["volume"];
	if (needsEngine(settings)) {
		return [
			group("runtime", {
				needs: volume,
				// Debian has the command apart, Ubuntu together with the engine.
				packages: [
					"docker.io",
					"docker-cli|docker.io",
					...(app.compose === null ? [] : ["docker-compose-v2|docker-compose"]),
				],
				files: [
					{ path: "/etc/docker/daemon.json", content: DAEMON, mode: "0644", restarts: ["docker.service"] },
					program("docker-guard", DOCKER_GUARD, ["docker.service"]),
					program("image", IMAGE),
					unit("docker.service.d/tierstack.conf", DOCKER_DROP_IN, ["docker.service"]),
					unit("tierstack-prune.service", PRUNE_UNIT, []),
					unit("tierstack-prune.timer", PRUNE_TIMER),
				],
				units: ["docker.service", "tierstack-prune.timer"],
			}),
		];
	}
	if (app.image === null) return [];
	return [
		group("runtime", {
			needs: volume,
			packages: ["skopeo", "umoci"],
			files: [program("image", IMAGE), program("run-image", RUN_IMAGE)],
		}),
	];
}

/** Environment and units of the application; put back as they were when its health path does not answer. */
export function appGroup(settings: HostSettings): readonly HostGroup[] {
	const { app } = settings;
	const needs = [
		"ground",
		...(settings.volume === null ? [] : ["volume"]),
		...[...runtimeGroup(settings), ...databaseGroup(settings), ...grantsGroup(settings)].map(nameOf),
	];
	const copies = copiesIn(settings, false);
	const image: readonly Command[] =
		app.image === null || app.compose !== null
			? []
			: [["/usr/local/lib/tierstack/image", app.mode === "plain" ? "plain" : "engine", app.image]];
	const compose = app.compose === null ? null : composeParts(settings, app.compose);
	const web = compose !== null || copies.some(({ process }) => process.kind === "web");
	return [
		group("app", {
			needs,
			prepare: image,
			files: [
				{ path: APP_ENV, content: environmentFile(app.env), mode: "0644", restarts: restartedByEnv(settings) },
				program("responder", RESPONDER),
				program("healthy", HEALTHY),
				...copies.flatMap((copy) => unitsOf(settings, copy)),
				...(compose?.files ?? []),
			],
			checks: compose?.checks ?? [],
			secretRestarts: restartedByEnv(settings),
			units: [...copies.map(enabledUnit), ...(compose === null ? [] : [COMPOSE_UNIT])],
			verify: web
				? [
						[
							"/usr/local/lib/tierstack/healthy",
							`http://127.0.0.1:${FIRST_PORT}${app.healthPath}`,
							`${app.healthySeconds}`,
						],
					]
				: [],
		}),
	];
}

/** The scheduler and timers: what may run once in the whole stack. */
export function onceGroup(settings: HostSettings): readonly HostGroup[] {
	const copies = copiesIn(settings, true);
	if (copies.length === 0) return [];
	return [
		group("once", {
			firstOnly: true,
			needs: ["app"],
			files: copies.flatMap((copy) => unitsOf(settings, copy)),
			units: copies.map(enabledUnit),
		}),
	];
}

/** Copies that run once, or those that run on every host. A compose file brings its own. */
function copiesIn(settings: HostSettings, once: boolean): readonly Copy[] {
	if (settings.app.compose !== null) return [];
	return copiesOf(settings).filter(({ process: { kind } }) => (kind === "scheduler" || kind === "timer") === once);
}

/** Units that read the environment, and so restart when it changed. A timer reads it when it fires. */
function restartedByEnv(settings: HostSettings): readonly string[] {
	const election = settings.leader.kind === "lock" ? [ELECTION] : [];
	if (settings.app.compose !== null) return [COMPOSE_UNIT, ...election];
	const copies = copiesOf(settings).filter(({ process }) => process.kind !== "timer");
	return [...copies.map(enabledUnit), ...election];
}

function nameOf({ name }: HostGroup): string {
	return name;
}

/** The team's own compose file as it is; beside it one that gives `web` its port and environment, and brings back what ends. */
function composeParts({ app }: HostSettings, text: string) {
	const folder = "/etc/tierstack/compose";
	const restarts = restartsOf(text);
	const added = {
		services: {
			...restarts,
			[WEB]: {
				...restarts[WEB],
				ports: [`127.0.0.1:${FIRST_PORT}:${app.port}`],
				environment: [...Object.keys(app.env), ...app.secretNames].sort(),
			},
		},
	};
	const call = [
		"/usr/bin/docker",
		"compose",
		"-p",
		"app",
		"-f",
		`${folder}/compose.yaml`,
		"-f",
		`${folder}/added.yaml`,
	];
	const service = `[Unit]
Description=The application, by its compose file
After=docker.service network-online.target tierstack-capacity.service
Wants=network-online.target
Requires=docker.service
StartLimitIntervalSec=0

[Service]
EnvironmentFile=-/run/tierstack/capacity.env
EnvironmentFile=${APP_ENV}
EnvironmentFile=-${SECRET_ENV}
ExecStart=${commandLine([...call, "up", "--no-color", "--no-build", "--remove-orphans"])}
ExecStop=${commandLine([...call, "stop", "--timeout", `${app.stopSeconds}`])}
TimeoutStopSec=${app.stopSeconds + 10}
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
`;
	const file = (name: string, content: string): HostFile => ({
		path: `${folder}/${name}`,
		content,
		mode: "0644",
		restarts: [COMPOSE_UNIT],
	});
	return {
		files: [file("compose.yaml", text), file("added.yaml", stringify(added)), unit(COMPOSE_UNIT, service)],
		checks: [
			[...call, "config", "--quiet"],
			[...call, "pull", "--quiet"],
		],
	};
}

/** Waits until an address answers without an error of its own. */
const HEALTHY = `#!/bin/bash
# healthy URL SECONDS: waits until the address answers well.
set -euo pipefail
last="no answer"
for _ in $(seq 1 "$2"); do
	if last=$(curl --silent --show-error --fail --max-time 5 --output /dev/null "$1" 2>&1); then exit 0; fi
	sleep 1
done
echo "$1 did not answer well within $2 s: $last" >&2
exit 1
`;

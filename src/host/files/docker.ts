/**
 * Logs that rotate, ports on the loopback address unless a file says otherwise, containers that outlive a restart of
 * the engine.
 */
export const DAEMON = `${JSON.stringify(
	{
		"log-driver": "local",
		"log-opts": { "max-size": "10m", "max-file": "5" },
		ip: "127.0.0.1",
		"live-restore": true,
		"userland-proxy": false,
		"no-new-privileges": true,
	},
	null,
	"\t",
)}\n`;

/** The engine's own rules come before the firewall's: what a compose file publishes to the world is closed here. */
export const DOCKER_GUARD = `#!/bin/bash
# Keeps ports that containers publish away from everyone but this machine and its own containers.
set -euo pipefail
for command in iptables ip6tables; do
	"$command" -w -N DOCKER-USER 2>/dev/null || "$command" -w -F DOCKER-USER
	"$command" -w -A DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN
	"$command" -w -A DOCKER-USER -i docker0 -j RETURN
	"$command" -w -A DOCKER-USER -i br-+ -j RETURN
	"$command" -w -A DOCKER-USER -j DROP
done
`;

/** Closes published ports each time the engine starts, as it lays its own rules anew. */
export const DOCKER_DROP_IN = `[Unit]
After=tierstack-guard.service

[Service]
ExecStartPost=/usr/local/lib/tierstack/docker-guard
`;

/** Keeps images of past deployments from filling the disk. */
export const PRUNE_UNIT = `[Unit]
Description=Removes images that no container used for a week

[Service]
Type=oneshot
ExecStart=/usr/bin/docker image prune --all --force --filter until=168h
`;

/** Once a week, when few are there. */
export const PRUNE_TIMER = `[Unit]
Description=When unused images are removed

[Timer]
OnCalendar=Sun *-*-* 04:30:00
Persistent=true

[Install]
WantedBy=timers.target
`;

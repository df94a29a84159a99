import { stringify } from "yaml";

/*
 * Grafana beside Prometheus. No Debian or Ubuntu has it, so it comes from its makers' archive, signed by one key.
 * Sources: grafana.com/docs, "Install Grafana on Debian or Ubuntu", "Configure Grafana" and "Provision Grafana"; the
 * key's fingerprint as published at apt.grafana.com; read 2026-11-21.
 */

/** Where the archive is. */
export const GRAFANA_ARCHIVE = "https://apt.grafana.com";
/** The key that signs it. Another one is a person's matter: it is refused until this line says it. */
export const GRAFANA_KEY = "B53AE77BADB630A683046005963FA27710458545";
const KEY_FILE = "/etc/apt/keyrings/grafana.asc";
const ADDRESS = "127.0.0.1";

/** Fetches the key once, and keeps it only when it is the one that is expected, and the only one. */
export const GRAFANA_KEY_FETCH = `#!/bin/bash
# grafana-key: the key of Grafana's archive, checked before anything signed with it is believed.
set -euo pipefail
ours() {
	found=$(gpg --batch --quiet --show-keys --with-colons "$1" | awk -F: '$1 == "pub" { due = 1 } $1 == "fpr" && due { print $10; due = 0 }')
	[ "$found" = ${GRAFANA_KEY} ]
}
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'rm -rf "$GNUPGHOME"' EXIT
if [ -e ${KEY_FILE} ] && ours ${KEY_FILE}; then exit 0; fi
curl --fail --silent --show-error --proto '=https' --max-time 60 -o "$GNUPGHOME/key" ${GRAFANA_ARCHIVE}/gpg.key
if ! ours "$GNUPGHOME/key"; then
	echo "the key of ${GRAFANA_ARCHIVE} is not the one that signs Grafana (${GRAFANA_KEY}): nothing is installed from there" >&2
	exit 1
fi
install -D -m 0644 "$GNUPGHOME/key" ${KEY_FILE}
`;

/** Believed only with that key. */
export const GRAFANA_SOURCE = `Types: deb
URIs: ${GRAFANA_ARCHIVE}
Suites: stable
Components: main
Signed-By: ${KEY_FILE}
`;

/** One package comes from there, and nothing of the system's is ever taken from it. */
export const GRAFANA_PREFERENCES = `Package: grafana
Pin: origin apt.grafana.com
Pin-Priority: 500

Package: *
Pin: origin apt.grafana.com
Pin-Priority: -1
`;

/** It is patched each night with the rest. */
export const GRAFANA_UPGRADES = `Unattended-Upgrade::Origins-Pattern:: "site=apt.grafana.com";
`;

/**
 * On the loopback address, for whoever has a shell here: everybody may look, and there is nobody to log in as, so no
 * first password is left as it came. It asks nobody for news or plugins.
 */
const OPTIONS: Readonly<Record<string, string>> = {
	GF_SERVER_HTTP_ADDR: ADDRESS,
	GF_SERVER_HTTP_PORT: "3000",
	GF_AUTH_ANONYMOUS_ENABLED: "true",
	GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
	GF_AUTH_BASIC_ENABLED: "false",
	GF_AUTH_DISABLE_LOGIN_FORM: "true",
	GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true",
	GF_ANALYTICS_REPORTING_ENABLED: "false",
	GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
	GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
	GF_PLUGINS_PREINSTALL_DISABLED: "true",
	GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
	GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: "/etc/grafana/tierstack/host.json",
};

/** The options, as the unit is told them. */
export const GRAFANA_DROP_IN = `[Service]
${Object.entries(OPTIONS)
	.map(([name, value]) => `Environment=${name}=${value}`)
	.join("\n")}
`;

/** Prometheus beside it, as its only source. */
export const GRAFANA_DATA_SOURCE = stringify({
	apiVersion: 1,
	datasources: [
		{
			name: "Prometheus",
			uid: "prometheus",
			type: "prometheus",
			access: "proxy",
			url: `http://${ADDRESS}:9090`,
			isDefault: true,
			editable: false,
		},
	],
});

/** Where its dashboards lie. */
export const GRAFANA_DASHBOARDS = stringify({
	apiVersion: 1,
	providers: [{ name: "tierstack", type: "file", options: { path: "/etc/grafana/tierstack" } }],
});

/** A disk that holds files of this machine. */
const DISK = '{fstype=~"ext4|xfs"}';

/** What the dashboard shows: its name, its unit in Grafana's words, and the question to Prometheus. */
export const PANELS: readonly { readonly title: string; readonly unit: string; readonly expr: string }[] = [
	{ title: "CPU in use", unit: "percent", expr: '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle"}[2m])))' },
	{ title: "Load, 5 minutes", unit: "short", expr: "node_load5" },
	{
		title: "Memory in use",
		unit: "percent",
		expr: "100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)",
	},
	{ title: "Swap in use", unit: "bytes", expr: "node_memory_SwapTotal_bytes - node_memory_SwapFree_bytes" },
	{
		title: "Disk in use",
		unit: "percent",
		expr: `100 * (1 - node_filesystem_avail_bytes${DISK} / node_filesystem_size_bytes${DISK})`,
	},
	{ title: "Network, in", unit: "Bps", expr: 'rate(node_network_receive_bytes_total{device!="lo"}[2m])' },
	{ title: "Network, out", unit: "Bps", expr: 'rate(node_network_transmit_bytes_total{device!="lo"}[2m])' },
	{
		title: "Since the last good dump",
		unit: "s",
		expr: "time() - tierstack_backup_success_timestamp_seconds",
	},
];

const PANEL = { width: 12, height: 8 };

/** The one dashboard, as Grafana reads it. */
export const GRAFANA_DASHBOARD = `${JSON.stringify(
	{
		uid: "tierstack-host",
		title: "This host",
		schemaVersion: 39,
		editable: false,
		refresh: "1m",
		time: { from: "now-24h", to: "now" },
		panels: PANELS.map(({ title, unit, expr }, place) => ({
			id: place + 1,
			title,
			type: "timeseries",
			datasource: { type: "prometheus", uid: "prometheus" },
			gridPos: {
				w: PANEL.width,
				h: PANEL.height,
				x: (place % 2) * PANEL.width,
				y: Math.floor(place / 2) * PANEL.height,
			},
			fieldConfig: { defaults: { unit }, overrides: [] },
			targets: [{ refId: "A", expr }],
		})),
	},
	null,
	"\t",
)}\n`;

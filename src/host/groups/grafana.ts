import * as grafana from "../files/grafana.ts";
import { group, type HostFile, type HostGroup } from "../manifest.ts";
import { program } from "./system.ts";

const UNIT = "grafana-server.service";

function told(path: string, content: string): HostFile {
	return { path, content, mode: "0644", restarts: [UNIT] };
}

/**
 * Grafana on the loopback address, with Prometheus and one dashboard in place. Two groups: the archive is named only
 * once its key is here, as an archive without one makes every later installation on the host fail.
 */
export const grafanaGroups: readonly HostGroup[] = [
	group("grafana-key", {
		packages: ["gpg", "curl"],
		files: [program("grafana-key", grafana.GRAFANA_KEY_FETCH)],
		checks: [["/usr/local/lib/tierstack/grafana-key"]],
	}),
	group("grafana", {
		needs: ["grafana-key", "dashboards"],
		packages: ["grafana"],
		files: [
			{ path: "/etc/apt/preferences.d/grafana", content: grafana.GRAFANA_PREFERENCES, mode: "0644" },
			{ path: "/etc/apt/sources.list.d/grafana.sources", content: grafana.GRAFANA_SOURCE, mode: "0644" },
			{ path: "/etc/apt/apt.conf.d/53tierstack-grafana", content: grafana.GRAFANA_UPGRADES, mode: "0644" },
			told(`/etc/systemd/system/${UNIT}.d/tierstack.conf`, grafana.GRAFANA_DROP_IN),
			told("/etc/grafana/provisioning/datasources/tierstack.yaml", grafana.GRAFANA_DATA_SOURCE),
			told("/etc/grafana/provisioning/dashboards/tierstack.yaml", grafana.GRAFANA_DASHBOARDS),
			told("/etc/grafana/tierstack/host.json", grafana.GRAFANA_DASHBOARD),
		],
		units: [UNIT],
	}),
];

import { group, type HostGroup } from "../manifest.ts";
import type { HostSettings } from "../settings.ts";
import { grafanaGroups } from "./grafana.ts";

/** Figures and logs for those who watch; never on a public address. */
export function watchGroups({ watch }: HostSettings): readonly HostGroup[] {
	return [
		...(watch.exporterAddress === null ? [] : [exporterGroup(watch.exporterAddress)]),
		...(watch.logs === null ? [] : [logsGroup(watch.logs)]),
		...(watch.dashboards ? [dashboardsGroup, ...grafanaGroups] : []),
	];
}

function exporterGroup(address: string): HostGroup {
	const unit = "prometheus-node-exporter.service";
	return group("exporter", {
		packages: ["prometheus-node-exporter"],
		files: [
			{
				path: "/etc/default/prometheus-node-exporter",
				content: `ARGS="--web.listen-address=${address}:9100 --collector.textfile.directory=/var/lib/prometheus/node-exporter"\n`,
				mode: "0644",
				restarts: [unit],
			},
		],
		units: [unit],
	});
}

/** The system's own syslog daemon, over TLS; what can't be sent waits on disk, within a limit. */
function logsGroup({ host, port }: { readonly host: string; readonly port: number }): HostGroup {
	const unit = "rsyslog.service";
	return group("logs", {
		packages: ["rsyslog", "rsyslog-gnutls"],
		files: [
			{
				path: "/etc/rsyslog.d/60-tierstack.conf",
				content: `global(
	DefaultNetstreamDriverCAFile="/etc/ssl/certs/ca-certificates.crt"
	workDirectory="/var/spool/rsyslog"
)
action(
	type="omfwd" target="${host}" port="${port}" protocol="tcp"
	StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="${host}"
	template="RSYSLOG_SyslogProtocol23Format"
	queue.type="LinkedList" queue.filename="tierstack" queue.maxDiskSpace="100m" queue.saveOnShutdown="on"
	action.resumeRetryCount="-1"
)
`,
				mode: "0644",
				restarts: [unit],
			},
		],
		checks: [["/usr/sbin/rsyslogd", "-N1"]],
		units: [unit],
	});
}

/** Prometheus from the system's archive, on the loopback address: reached through an SSH tunnel. */
const dashboardsGroup: HostGroup = group("dashboards", {
	packages: ["prometheus"],
	files: [
		{
			path: "/etc/default/prometheus",
			content:
				'ARGS="--web.listen-address=127.0.0.1:9090 --storage.tsdb.retention.time=15d --storage.tsdb.retention.size=1GB"\n',
			mode: "0644",
			restarts: ["prometheus.service"],
		},
		{
			path: "/etc/prometheus/prometheus.yml",
			content: `global:
  scrape_interval: 30s
scrape_configs:
  - job_name: host
    static_configs:
      - targets: ["127.0.0.1:9100"]
`,
			mode: "0644",
			restarts: ["prometheus.service"],
		},
	],
	units: ["prometheus.service"],
});

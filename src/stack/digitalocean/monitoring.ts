import { MonitorAlert } from "@pulumi/digitalocean/monitorAlert.js";
import { UptimeAlert } from "@pulumi/digitalocean/uptimeAlert.js";
import { UptimeCheck } from "@pulumi/digitalocean/uptimeCheck.js";
import type { Input, Output } from "@pulumi/pulumi";
import { ALARMS, type AlarmTarget } from "./alarms.ts";
import { DigitalOceanComponent } from "./child.ts";

/** Who is told. */
export interface Receivers {
	readonly email: readonly string[];
	readonly slack: { readonly channel: string; readonly url: Output<string> } | null;
}

/** Two levels of one metric, in the metric's own unit. */
export interface Threshold {
	readonly warning: number;
	readonly critical: number;
}

/** What is watched, from which levels on, and who is told. */
export interface MonitoringArgs {
	readonly receivers: Receivers;
	/** Levels by metric of the plan, such as `cpuPercent`. In place. */
	readonly thresholds: Readonly<Record<string, Threshold>>;
	/** What there is to watch: hosts by tag, services by id. Absent = the tier has none. */
	readonly targets: Readonly<
		Partial<Record<AlarmTarget, { readonly tag: Input<string> } | { readonly id: Input<string> }>>
	>;
	/** Address the provider asks for from outside, such as `https://shop.example.com/health`. */
	readonly probe: Input<string>;
	/** Whether the probe speaks HTTPS, so that its certificate's last days are watched too. */
	readonly probeTls: boolean;
}

/** Long enough to ride out a deployment, short enough to act on. */
const WINDOW = { warning: "30m", critical: "5m" } as const;
const LEVELS = ["warning", "critical"] as const;
/** Days before a certificate ends: renewal happens at 30, so 14 means it failed. */
const CERTIFICATE_DAYS = 14;

/**
 * Alarms of the plan at two levels, and checks from outside. Without a receiver there are no alarms: they would be
 * heard by nobody, and the stack says so in `notWatched`.
 */
export class Monitoring extends DigitalOceanComponent {
	constructor(args: MonitoringArgs) {
		super("monitoring", "monitoring");
		const { email, slack } = args.receivers;
		const slacks = slack === null ? [] : [{ channel: slack.channel, url: slack.url }];
		const heard = email.length > 0 || slacks.length > 0;
		const check = this.declare("uptimeCheck", UptimeCheck, "monitoring-uptime", {
			target: args.probe,
			type: args.probeTls ? "https" : "http",
			regions: ["eu_west", "us_east"],
		});
		if (heard) {
			const notifications = [{ emails: [...email], slacks }];
			this.declare("uptimeAlert", UptimeAlert, "monitoring-uptime-down", {
				checkId: check.id,
				type: "down",
				period: "2m",
				notifications,
			});
			if (args.probeTls) {
				this.declare("uptimeAlert", UptimeAlert, "monitoring-uptime-certificate", {
					checkId: check.id,
					type: "ssl_expiry",
					comparison: "less_than",
					threshold: CERTIFICATE_DAYS,
					period: "1h",
					notifications,
				});
			}
			for (const alarm of ALARMS) {
				const target = args.targets[alarm.target];
				const threshold = args.thresholds[alarm.metric];
				if (target === undefined || threshold === undefined) continue;
				for (const level of LEVELS) {
					this.declare("monitorAlert", MonitorAlert, `monitoring-${alarm.name}-${level}`, {
						type: alarm.type,
						compare: "GreaterThan",
						value: threshold[level] * (alarm.scale ?? 1),
						window: WINDOW[level],
						description: `${level}: ${alarm.says}`,
						enabled: true,
						alerts: { emails: [...email], slacks },
						...("tag" in target ? { tags: [target.tag] } : { entities: [target.id] }),
					});
				}
			}
		}
		this.registerOutputs({});
	}
}

import { created, NO_DOWNTIME, quiet, removed, replaced, unknownEffect } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { from, PROVIDER, token } from "./source.ts";

const ALERT = token("MonitorAlert");
const CHECK = token("UptimeCheck");
const CHECK_ALERT = token("UptimeAlert");

export const MONITORING_TYPES: readonly TypeRule[] = [ALERT, CHECK, CHECK_ALERT].map((type) => ({
	type,
	word: type === CHECK ? "check from outside" : "alarm",
	kind: type === CHECK ? "part" : "alarm",
	within: type === CHECK_ALERT ? "checkId" : null,
	create: created,
	remove: { ...removed, undoWhy: "create it again; nobody is told in between" },
	replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }),
	uniqueBy: [],
	capacity: [],
	...from(`${PROVIDER} monitoring/resource_monitor_alert.go and uptime: in place`),
}));

export const MONITORING_RULES: readonly PropertyRule[] = [
	{
		type: ALERT,
		paths: ["alerts", "compare", "description", "enabled", "entities", "tags", "type", "value", "window"],
		effect: quiet,
		...from(`${PROVIDER} monitoring/resource_monitor_alert.go: in place`),
	},
	{
		type: CHECK,
		paths: ["enabled", "name", "regions", "target", "type"],
		effect: quiet,
		...from(`${PROVIDER} uptime/resource_uptime_check.go: in place`),
	},
	{
		type: CHECK_ALERT,
		paths: ["comparison", "name", "notifications", "period", "threshold", "type"],
		effect: quiet,
		...from(`${PROVIDER} uptime/resource_uptime_alert.go: in place`),
	},
	{
		type: CHECK_ALERT,
		paths: ["checkId"],
		effect: {
			...unknownEffect("the schema takes another check, the API has the check in the alarm's address"),
			downtime: NO_DOWNTIME,
			data: "none",
			undo: "yes",
			undoWhy: "set it back",
		},
		...from(`${PROVIDER} uptime/resource_uptime_alert.go`),
	},
];

import type { StackInput } from "../input.ts";
import { findCloudPart, numberIn, type Part } from "../parts.ts";
import { secretNamed } from "../secrets.ts";
import { ALARMS, NEEDS_BALANCER, NEVER_WATCHED, UNWATCHED_PARTS, WITHOUT_LEVEL } from "./alarms.ts";
import type { MonitoringArgs, Threshold } from "./monitoring.ts";
import type { Components } from "./outputs.ts";

/** Who is told, and from which levels on. */
export function monitoringSpec(input: StackInput): Pick<MonitoringArgs, "receivers" | "thresholds"> {
	const { slack, email } = input.config.alerts;
	return {
		receivers: {
			email,
			slack: slack === null ? null : { channel: slack.channel, url: secretNamed(slack.urlSecret) },
		},
		thresholds: thresholdsOf(input),
	};
}

/** `thresholds.<metric>.warning` and `.critical` among the blueprint's settings. */
function thresholdsOf(input: StackInput): Record<string, Threshold> {
	const { settings } = input.blueprint;
	const metrics = Object.keys(settings)
		.map((key) => /^thresholds\.(\w+)\.warning$/.exec(key)?.[1])
		.filter((metric) => metric !== undefined);
	return Object.fromEntries(
		metrics.flatMap((metric) => {
			const warning = numberIn(settings, `thresholds.${metric}.warning`);
			const critical = numberIn(settings, `thresholds.${metric}.critical`);
			return warning === null || critical === null ? [] : [[metric, { warning, critical }]];
		}),
	);
}

/** What there is to watch: hosts by tag, services by id. */
export function monitoringTargets(declared: Components, parts: readonly Part[]): MonitoringArgs["targets"] {
	const { network, database, cache, queue, balancer } = declared;
	const hosts = ["app", "worker", "workers"].some((name) => findCloudPart(parts, "app", name) !== null);
	return {
		...(hosts ? { hosts: { tag: network.hostTag } } : {}),
		...(database === null ? {} : { database: { id: database.cluster.id } }),
		...(cache === null ? {} : { cache: { id: cache.cluster.id } }),
		...(queue === null ? {} : { queue: { id: queue.cluster.id } }),
		...(balancer === null ? {} : { "load-balancer": { id: balancer.balancer.id } }),
	};
}

/** What somebody may expect to be told of and nobody is, each with the reason. */
export function notWatched(input: StackInput, parts: readonly Part[]): readonly string[] {
	const { email, slack } = input.config.alerts;
	const hooked = hookNotes(input);
	if (email.length === 0 && slack === null) {
		return ["everything: no receiver of alarms is set (tierstack:alerts)", ...hooked];
	}
	const balanced = findCloudPart(parts, "load-balancer", "load-balancer") !== null;
	const levels = thresholdsOf(input);
	const known = new Set(ALARMS.map((alarm) => alarm.metric));
	const unwatched = Object.keys(levels).flatMap((metric) => {
		const never = NEVER_WATCHED[metric];
		if (never !== undefined) return [never];
		if (!balanced && NEEDS_BALANCER[metric] !== undefined) return [NEEDS_BALANCER[metric]];
		return known.has(metric) ? [] : [`${metric}: DigitalOcean has no alarm for it`];
	});
	const withoutLevel = Object.keys(WITHOUT_LEVEL).flatMap((metric) =>
		metric in levels ? [] : ((balanced ? WITHOUT_LEVEL : NEEDS_BALANCER)[metric] ?? []),
	);
	const ofParts = UNWATCHED_PARTS.filter(({ role, names }) =>
		names.some((name) => findCloudPart(parts, role, name) !== null),
	).map(({ says }) => says);
	return [...hooked, ...unwatched, ...withoutLevel, ...ofParts];
}

function hookNotes({ blueprint, config }: StackInput): readonly string[] {
	if (config.alerts.webhook === null) return [];
	// @pulumi/digitalocean 4.80.1, monitorAlert.d.ts: alarms know e-mail and Slack.
	const said = "at the webhook: DigitalOcean's alarms reach e-mail and Slack";
	return [
		`${said}; ${blueprint.layout === "kubernetes" ? "a cluster posts nothing there" : "what fails on a host is posted"}`,
	];
}

import type { Input } from "@pulumi/pulumi";
import { ALARMS, type Alarm, type AlarmTarget, type Capacity, ERRORS } from "./alarms.ts";

/** One thing that is watched. */
export interface Watched {
	readonly target: AlarmTarget;
	/** First part of its alarms' logical names, after the component's: `app-1`, `database`, `cache-2`. */
	readonly name: string;
	/** How the provider's figures are found. */
	readonly dimensions: Readonly<Record<string, Input<string>>>;
	readonly capacity: Capacity;
}

/** Two levels of one metric, in the metric's own unit. */
export interface Threshold {
	readonly warning: number;
	readonly critical: number;
}

export type Thresholds = Readonly<Record<string, Threshold>>;

/** A figure that is watched at two levels, in the provider's unit. */
export interface Watch {
	readonly alarm: Alarm;
	readonly of: Watched;
	readonly levels: Threshold;
}

/** What of a stack can be watched, and is asked for. */
export function watchesOf(watched: readonly Watched[], thresholds: Thresholds): Watch[] {
	return watched.flatMap((of) =>
		ALARMS.filter(({ targets }) => targets.includes(of.target)).flatMap((alarm): Watch[] => {
			const threshold = thresholds[alarm.metric];
			if (threshold === undefined) return [];
			const warning = alarm.level(threshold.warning, of.capacity);
			const critical = alarm.level(threshold.critical, of.capacity);
			return warning === null || critical === null ? [] : [{ alarm, of, levels: { warning, critical } }];
		}),
	);
}

/** Metrics of the plan that something is watched for. */
export function metricsOf(watched: readonly Watched[], thresholds: Thresholds): ReadonlySet<string> {
	const errors = watched.some(({ target }) => target === "balancer") ? [ERRORS.metric] : [];
	return new Set([...watchesOf(watched, thresholds).map(({ alarm }) => alarm.metric), ...errors]);
}

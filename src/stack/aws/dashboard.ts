import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard.js";
import { all, output } from "@pulumi/pulumi";
import type { Declare } from "./declare.ts";
import { NAME_RULES, nameOf, type Site } from "./site.ts";
import type { Watch } from "./watched.ts";

/** A row of the page is 24 wide; three figures stand beside each other. */
const WIDTH = 8;
const HEIGHT = 6;
const BESIDE = 3;

/** A page with every figure that is watched, its two levels drawn in. */
export function declareDashboard(declare: Declare, site: Site, watches: readonly Watch[]): void {
	const body = all(watches.map(({ of }) => output(of.dimensions))).apply((dimensions) =>
		JSON.stringify({
			widgets: watches.map((watch, index) => widget(watch, dimensions[index] ?? {}, index, site.region)),
		}),
	);
	declare("dashboard", Dashboard, "monitoring-dashboard", {
		dashboardName: nameOf(site, NAME_RULES.dashboard),
		dashboardBody: body,
	});
}

function widget(
	{ alarm, of, levels }: Watch,
	dimensions: Readonly<Record<string, string>>,
	index: number,
	region: string,
) {
	return {
		type: "metric",
		x: (index % BESIDE) * WIDTH,
		y: Math.floor(index / BESIDE) * HEIGHT,
		width: WIDTH,
		height: HEIGHT,
		properties: {
			title: `${of.name}: ${alarm.metricName}`,
			region,
			view: "timeSeries",
			period: alarm.periodSeconds,
			stat: alarm.stat,
			metrics: [[alarm.namespace, alarm.metricName, ...Object.entries(dimensions).flat()]],
			annotations: {
				horizontal: [
					{ label: "warning", value: levels.warning },
					{ label: "critical", value: levels.critical },
				],
			},
		},
	};
}

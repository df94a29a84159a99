import type { Plain } from "../../../words.ts";
import { condition, shrinks } from "../conditions.ts";
import { created, down, NO_DOWNTIME, quiet, removed, replaced, unknownEffect } from "../effects.ts";
import type { Effect, PropertyRule, ProviderImpact, Source, TypeRule } from "../rule.ts";
import {
	BUDGET,
	CONFIG_MAP,
	CRON_JOB,
	DEPLOYMENT,
	INGRESS,
	NAMESPACE,
	RELEASE,
	SCALER,
	SCHEMA,
	SECRET,
	SERVICE,
} from "./schema.ts";

function from(source: string): Source {
	return { source, traps: [], readAt: "2026-11-21" };
}

const API = "Kubernetes API reference 1.34";
const stops = down("outage", null, "its pods stop");
const setBack = replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" });

const WORDS: Readonly<Record<string, string>> = {
	[DEPLOYMENT]: "process",
	[CRON_JOB]: "timer",
	[CONFIG_MAP]: "settings",
	[SECRET]: "secrets",
	[SERVICE]: "door of the processes",
	[NAMESPACE]: "namespace",
	[INGRESS]: "way in",
	[SCALER]: "scaling by load",
	[BUDGET]: "limit of pods that may be away",
	[RELEASE]: "part of the cluster itself",
};

/** What its end means, for those whose end users notice. */
const ENDS: Readonly<Record<string, Effect["downtime"]>> = {
	[DEPLOYMENT]: stops,
	[SERVICE]: down("outage", null, "nothing leads to the pods any more"),
	[INGRESS]: down("outage", null, "nothing leads to the pods any more"),
	[NAMESPACE]: down("outage", null, "everything in it is deleted"),
	[CONFIG_MAP]: down("outage", null, "pods that start cannot read it"),
	[SECRET]: down("outage", null, "pods that start cannot read it"),
};

const TYPES: readonly TypeRule[] = Object.keys(SCHEMA).map((type) => {
	const downtime = ENDS[type] ?? NO_DOWNTIME;
	return {
		type,
		word: WORDS[type] ?? "object",
		kind: "part",
		within: null,
		create: created,
		remove: { ...removed, downtime },
		replace: { ...setBack, downtime },
		uniqueBy: [],
		capacity: [],
		...from(`${API}; pulumi-kubernetes provider/pkg/provider/diff.go 00302beb`),
	};
});

function at(value: Plain | undefined, ...keys: readonly string[]): Plain | undefined {
	let found = value;
	for (const key of keys) {
		if (typeof found !== "object" || found === null || Array.isArray(found)) return undefined;
		found = new Map<string, Plain>(Object.entries(found)).get(key);
	}
	return found;
}

const recreated = condition(
	"stopped before its successor starts",
	({ newInputs }) => at(newInputs.spec, "strategy", "type") === "Recreate",
);
const exchange: Effect = {
	...quiet,
	downtime: down("rolling", null, "pods are exchanged a few at a time; what does not become ready stops the exchange"),
	undoWhy: "set it back: pods are exchanged again",
};

const PROPERTIES: readonly PropertyRule[] = [
	{
		type: DEPLOYMENT,
		paths: ["spec.template"],
		when: recreated,
		effect: {
			...exchange,
			outcome: "interrupts",
			downtime: down("restart", [0, 5], "only one may run: the old pod stops before the new one starts"),
		},
		...from(`${API}, Deployment strategy Recreate`),
	},
	{
		type: DEPLOYMENT,
		paths: ["spec.template"],
		effect: exchange,
		...from(`${API}, Deployment strategy RollingUpdate`),
	},
	{
		type: DEPLOYMENT,
		paths: ["spec.replicas"],
		when: shrinks,
		effect: { ...quiet, downtime: down("rolling", null, "pods that go finish their work first") },
		...from(`${API}, Deployment replicas`),
	},
	{
		type: DEPLOYMENT,
		paths: [
			"spec.replicas",
			"spec.strategy",
			"spec.minReadySeconds",
			"spec.revisionHistoryLimit",
			"spec.progressDeadlineSeconds",
		],
		effect: quiet,
		...from(`${API}, Deployment`),
	},
	{
		type: SERVICE,
		paths: ["spec.ports"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "whoever sends to the old port finds nobody until it sends to the new one"),
		},
		...from(`${API}, Service ports`),
	},
	{
		type: SERVICE,
		paths: ["spec.selector"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("brief", [0, 2], "requests go to other pods, which must be there and ready"),
		},
		...from(`${API}, Service selector`),
	},
	{
		type: SERVICE,
		paths: ["spec.type"],
		effect: { ...quiet, risks: [{ risk: "exposure", why: "another kind of door may be open to others" }] },
		...from(`${API}, Service type`),
	},
	{
		type: CRON_JOB,
		paths: ["spec"],
		effect: { ...quiet, undoWhy: "set it back; it counts from the next run" },
		...from(`${API}, CronJob`),
	},
	{
		type: CONFIG_MAP,
		paths: ["data", "binaryData"],
		effect: { ...quiet, undoWhy: "set it back; pods read it when they start" },
		...from("pulumi-kubernetes, enableConfigMapMutable"),
	},
	{
		type: SECRET,
		paths: ["data", "stringData"],
		effect: { ...quiet, undoWhy: "set it back; pods read it when they start" },
		...from("pulumi-kubernetes, enableSecretMutable"),
	},
	{ type: SCALER, paths: ["spec"], effect: quiet, ...from(`${API}, HorizontalPodAutoscaler`) },
	{ type: BUDGET, paths: ["spec"], effect: quiet, ...from(`${API}, PodDisruptionBudget policy/v1`) },
	{
		type: RELEASE,
		paths: ["version", "values"],
		effect: {
			...quiet,
			downtime: down("rolling", null, "its pods are exchanged; meanwhile the number of the application's pods stays"),
			undoWhy: "set it back: Helm installs the version before",
		},
		...from("pulumi-kubernetes, provider/pkg/provider/helm_release.go: an upgrade in place"),
	},
	{
		type: RELEASE,
		paths: ["chart", "repositoryOpts", "compat"],
		effect: unknownEffect("what another chart brings or takes away is not known"),
		...from(
			"pulumi-kubernetes 4.34.2, helm/v3/release.js: which inputs there are; what a new chart does is the chart's own",
		),
	},
	...Object.keys(SCHEMA)
		.filter((type) => type !== RELEASE)
		.map(
			(type): PropertyRule => ({
				type,
				paths: ["metadata.labels", "metadata.annotations"],
				effect: quiet,
				...from(`${API}, ObjectMeta`),
			}),
		),
];

/** Objects inside a cluster, whichever cloud runs it. */
export const KUBERNETES: ProviderImpact = {
	prefix: "kubernetes",
	schema: SCHEMA,
	types: TYPES,
	properties: PROPERTIES,
};

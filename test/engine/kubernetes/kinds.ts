/*
 * Kinds of objects an emulated cluster takes, with the fields of their own the stack may set and what of them cannot
 * be changed: "replaces" is what the real provider replaces an object for, `fixed` what the API server refuses to
 * change. Sources: pulumi-kubernetes v4, provider/pkg/provider/diff.go; kubernetes/kubernetes, validation of apps,
 * batch, core, autoscaling and policy; for charts provider/pkg/provider/helm_release.go. Read 2026-11-21.
 */

export interface Kind {
	/** null = no object but a chart that Helm installs: its name and namespace are inputs of their own. */
	readonly apiVersion: string | null;
	readonly kind: string;
	readonly namespaced: boolean;
	/** Top-level fields beside apiVersion, kind and metadata. */
	readonly fields: readonly string[];
	/** Fields of `spec`, all there may be of what the stack uses; null = it has none. */
	readonly spec: readonly string[] | null;
	readonly requiredSpec: readonly string[];
	/** Dotted paths that replace. */
	readonly replaces: readonly string[];
}

const METADATA = ["metadata.name", "metadata.namespace"];

function kind(apiVersion: string, name: string, rest: Partial<Omit<Kind, "apiVersion" | "kind">>): [string, Kind] {
	const made = {
		apiVersion,
		kind: name,
		namespaced: true,
		fields: rest.spec === undefined ? [] : ["spec"],
		spec: null,
		requiredSpec: [],
		...rest,
		replaces: [...METADATA, ...(rest.replaces ?? [])],
	};
	return [`kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${name}`, made];
}

/** By type token. */
export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries([
	kind("v1", "Namespace", { namespaced: false }),
	kind("v1", "ConfigMap", { fields: ["data"] }),
	kind("v1", "Secret", { fields: ["stringData", "type"], replaces: ["type"] }),
	kind("v1", "Service", {
		spec: ["type", "selector", "ports"],
		requiredSpec: ["ports"],
		replaces: ["spec.clusterIP"],
	}),
	kind("apps/v1", "Deployment", {
		spec: ["selector", "template", "replicas", "strategy"],
		requiredSpec: ["selector", "template"],
		replaces: ["spec.selector"],
	}),
	kind("autoscaling/v2", "HorizontalPodAutoscaler", {
		spec: ["scaleTargetRef", "minReplicas", "maxReplicas", "metrics"],
		requiredSpec: ["scaleTargetRef", "maxReplicas"],
	}),
	kind("batch/v1", "CronJob", {
		spec: [
			"schedule",
			"timeZone",
			"concurrencyPolicy",
			"successfulJobsHistoryLimit",
			"failedJobsHistoryLimit",
			"suspend",
			"jobTemplate",
		],
		requiredSpec: ["schedule", "jobTemplate"],
	}),
	kind("policy/v1", "PodDisruptionBudget", { spec: ["maxUnavailable", "selector"] }),
	[
		"kubernetes:helm.sh/v3:Release",
		{
			apiVersion: null,
			kind: "Release",
			namespaced: true,
			fields: ["chart", "compat", "name", "namespace", "repositoryOpts", "values", "version"],
			spec: null,
			requiredSpec: [],
			replaces: ["name", "namespace"],
		},
	],
]);

/** What replaces, in the form of a provider's schema. */
export const CLUSTER_INPUTS = Object.fromEntries(
	Object.entries(KINDS).map(([type, { fields, replaces }]) => [
		type,
		{
			inputs: Object.fromEntries(
				["apiVersion", "kind", "metadata", ...fields].map((field) => [
					field,
					{ type: { object: replacing(field, replaces) }, replaces: replaces.includes(field) },
				]),
			),
		},
	]),
);

function replacing(field: string, replaces: readonly string[]) {
	const inner = replaces.filter((path) => path.startsWith(`${field}.`)).map((path) => path.slice(field.length + 1));
	return Object.fromEntries(inner.map((key) => [key, { type: "any", replaces: true }]));
}

export function kindOf(type: string): Kind {
	const found = KINDS[type];
	if (found === undefined) throw new Error(`the emulated cluster has no kind ${type}`);
	return found;
}

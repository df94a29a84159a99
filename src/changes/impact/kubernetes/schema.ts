import type { TypeSchema } from "../rule.ts";

/*
 * Fields of Kubernetes objects that cannot change: another value is another object. From the table that the Pulumi
 * provider itself replaces by (pulumi-kubernetes, provider/pkg/provider/diff.go, commit 00302beb), read 2026-11-21.
 * It also lists the data of config maps and secrets; those are left out here, because the stack's provider is told
 * that both may change in place (enableConfigMapMutable, enableSecretMutable).
 */

/** Every object is known by these two. */
const IDENTITY = ["metadata.name", "metadata.namespace"];

function fields(
	known: readonly string[],
	replaces: readonly string[] = [],
	secret: readonly string[] = [],
): TypeSchema {
	return {
		known: ["apiVersion", "kind", "metadata", ...known],
		replaces: ["apiVersion", "kind", ...IDENTITY, ...replaces],
		computed: [],
		secret,
		defaults: {},
		autonamed: false,
	};
}

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const CRON_JOB = "kubernetes:batch/v1:CronJob";
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const SECRET = "kubernetes:core/v1:Secret";
export const SERVICE = "kubernetes:core/v1:Service";
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
export const SCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
export const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

/** A chart that Helm installs. Its name and namespace are inputs of its own, and a chart keeps no metadata. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

export const SCHEMA: Readonly<Record<string, TypeSchema>> = {
	[DEPLOYMENT]: fields(["spec"], ["spec.selector"]),
	[CRON_JOB]: fields(["spec"]),
	[CONFIG_MAP]: fields(["data", "binaryData", "immutable"]),
	[SECRET]: fields(["data", "stringData", "type", "immutable"], ["type"], ["data", "stringData"]),
	[SERVICE]: fields(["spec"], ["spec.clusterIP"]),
	[NAMESPACE]: fields(["spec"]),
	[INGRESS]: fields(["spec"]),
	[SCALER]: fields(["spec"]),
	[BUDGET]: fields(["spec"]),
	[RELEASE]: {
		known: ["chart", "compat", "name", "namespace", "repositoryOpts", "values", "version"],
		replaces: ["name", "namespace"],
		computed: [],
		secret: [],
		defaults: {},
		autonamed: false,
	},
};

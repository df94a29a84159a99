import { createHash } from "node:crypto";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Release, type ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import {
	type ComponentResource,
	type CustomResource,
	type Input,
	type Output,
	output,
	type Resource,
	secret,
} from "@pulumi/pulumi";
import { dockerLogins, type RegistryLogin } from "../../host/registry.ts";
import { transforms } from "../../transforms.ts";
import { transformed } from "../transform.ts";
import type { Add, KubernetesChildren } from "./child.ts";
import { COPY_SECRETS, COPY_SETTINGS, type CopyArgs, copyJobs, copySecrets, copySettings } from "./copies.ts";
import { ADMIN, adminSecret, type GrantsArgs, grantsContainer } from "./grants.ts";
import type { Workload } from "./plan.ts";
import { labelsOf, NAMESPACE, type PodFacts, podOf, REGISTRY, SECRETS, SETTINGS } from "./pods.ts";
import { podResponder } from "./responder.ts";

/** What runs in a cluster, and what it is told. */
export interface WorkloadArgs {
	/** How the cluster is reached; secret. */
	readonly kubeconfig: Output<string>;
	/** Which cluster it is: another one replaces every object, another kubeconfig of the same one does not. */
	readonly clusterId: Input<string>;
	readonly facts: PodFacts;
	readonly workloads: readonly Workload[];
	/** Port of every node that the load balancer sends to. */
	readonly nodePort: number;
	/** Environment of all processes. */
	readonly env: Output<Readonly<Record<string, string>>>;
	/** The same, secret. */
	readonly secrets: Readonly<Record<string, Input<string>>>;
	/** Login of the registry the image comes from; secret; null = nobody asks. A new one reaches the next pull, no pod restarts. */
	readonly registry: Output<RegistryLogin> | null;
	/** What the application's user must be allowed in its database first; absent = nothing. */
	readonly grants?: GrantsArgs | null;
	/** Copies the cluster makes on a clock; absent = something else makes them, or the tier has none. */
	readonly copies?: CopyArgs | null;
	/**
	 * Chart of the server that tells how much CPU pods take, without which their number follows no load; absent = the
	 * cluster brings its own.
	 */
	readonly metricsServer?: ReleaseArgs;
	/** What has to stand before the first object is declared, where the cluster is not whole without it. */
	readonly ready?: readonly Resource[];
}

/** Average share of the requested CPU the pods are held at, as hosts that scale by load are. */
const CPU_TARGET_PERCENT = 70;
/** Finished and failed runs of a timer that stay to be looked at. */
const RUNS_KEPT = 3;

/**
 * The application in a cluster: its processes, what they are told, the door the load balancer sends to, and how their
 * number follows the load. Objects have fixed names in a namespace of the stack, so a change of one is a change in
 * place; pods are exchanged a few at a time.
 */
export function declareWorkloads(owner: ComponentResource, add: Add, args: WorkloadArgs): void {
	const { kubeconfig, clusterId, facts } = args;
	const provider = new Provider(
		"app-kubernetes",
		{
			kubeconfig: secret(kubeconfig),
			clusterIdentifier: clusterId,
			enableConfigMapMutable: true,
			enableSecretMutable: true,
			// A cluster that is gone took its objects along.
			deleteUnreachable: true,
		},
		{ parent: owner },
	);
	const declare = <Kind extends keyof KubernetesChildren, Made extends CustomResource>(
		kind: Kind,
		type: new (name: string, inputs: KubernetesChildren[Kind], options?: object) => Made,
		name: string,
		inputs: KubernetesChildren[Kind],
		dependsOn: readonly Resource[] = [],
	): Made =>
		add(type, name, transformed(transforms.kubernetes[kind], inputs, name), {
			provider,
			// Names are fixed, so the old object has to go before its successor comes.
			deleteBeforeReplace: true,
			...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
		});

	const namespace = declare("namespace", Namespace, "app-namespace", { metadata: { name: NAMESPACE } }, args.ready)
		.metadata.name;
	const named = (name: string) => ({ name, namespace });
	const env = args.env.apply((told) =>
		facts.image === null ? { ...told, TIERSTACK_RESPONDER: podResponder() } : told,
	);
	const secrets = secret(output(args.secrets));
	declare("configMap", ConfigMap, "app-settings", { metadata: named(SETTINGS), data: env });
	declare("secret", Secret, "app-secrets", { metadata: named(SECRETS), stringData: secrets });
	if (args.registry !== null) {
		declare("secret", Secret, "app-registry", {
			metadata: named(REGISTRY),
			type: "kubernetes.io/dockerconfigjson",
			stringData: { ".dockerconfigjson": args.registry.apply(dockerLogins) },
		});
	}
	// Pods read their environment once, when they start: another environment is another pod.
	const told = {
		"tierstack.dev/settings": env.apply(digest),
		"tierstack.dev/secrets": secrets.apply(digest),
	};
	// The responder only looks whether the database is there.
	const grants = facts.image === null ? null : (args.grants ?? null);
	if (grants !== null) {
		declare("secret", Secret, "app-database-admin", { metadata: named(ADMIN), stringData: adminSecret(grants) });
	}
	const pod = (workload: Workload) => ({
		metadata: { labels: labelsOf(workload.process), annotations: told },
		spec: {
			...podOf(workload.process, facts),
			...(grants === null || workload.kind === "timer" ? {} : { initContainers: [grantsContainer(grants)] }),
		},
	});
	for (const workload of args.workloads) {
		const { process } = workload;
		const name = `app-process-${process.name}`;
		const selector = { matchLabels: labelsOf(process) };
		if (workload.kind === "timer") {
			declare("cronJob", CronJob, name, {
				metadata: named(process.name),
				spec: {
					schedule: workload.cron,
					timeZone: "Etc/UTC",
					concurrencyPolicy: "Forbid",
					successfulJobsHistoryLimit: RUNS_KEPT,
					failedJobsHistoryLimit: RUNS_KEPT,
					jobTemplate: { spec: { backoffLimit: 0, template: pod(workload) } },
				},
			});
			continue;
		}
		declare("deployment", Deployment, name, {
			metadata: named(process.name),
			spec: {
				selector,
				template: pod(workload),
				...(workload.scaled === null ? { replicas: workload.replicas } : {}),
				strategy: workload.single
					? { type: "Recreate" }
					: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
			},
		});
		if (workload.scaled !== null) {
			declare("horizontalPodAutoscaler", HorizontalPodAutoscaler, `${name}-scaler`, {
				metadata: named(process.name),
				spec: {
					scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: process.name },
					minReplicas: workload.scaled.min,
					maxReplicas: workload.scaled.max,
					metrics: [
						{
							type: "Resource",
							resource: { name: "cpu", target: { type: "Utilization", averageUtilization: CPU_TARGET_PERCENT } },
						},
					],
				},
			});
		}
		if (workload.replicas > 1) {
			declare("podDisruptionBudget", PodDisruptionBudget, `${name}-budget`, {
				metadata: named(process.name),
				spec: { maxUnavailable: 1, selector },
			});
		}
	}
	if (args.metricsServer !== undefined) declare("release", Release, "app-metrics-server", args.metricsServer);
	if (args.copies !== undefined && args.copies !== null) {
		const { copies } = args;
		declare("configMap", ConfigMap, "app-copies", { metadata: named(COPY_SETTINGS), data: copySettings(copies) });
		declare("secret", Secret, "app-copies-keys", { metadata: named(COPY_SECRETS), stringData: copySecrets(copies) });
		for (const { name, spec } of copyJobs(copies))
			declare("cronJob", CronJob, `app-copies-${name}`, { metadata: named(name), spec });
	}
	declare("service", Service, "app-service", {
		metadata: named("web"),
		spec: {
			type: "NodePort",
			selector: { "app.kubernetes.io/component": "web" },
			ports: [{ port: 80, targetPort: facts.port, nodePort: args.nodePort }],
		},
	});
}

function digest(value: unknown): string {
	return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

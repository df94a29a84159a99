import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { HorizontalPodAutoscalerArgs } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import type { CronJobArgs } from "@pulumi/kubernetes/batch/v1/cronJob.js";
import type { ConfigMapArgs } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { NamespaceArgs } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { SecretArgs } from "@pulumi/kubernetes/core/v1/secret.js";
import type { ServiceArgs } from "@pulumi/kubernetes/core/v1/service.js";
import type { ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release.js";
import type { PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import type { Transform } from "../transform.ts";

/** Every kind of object that is declared in a cluster, with its inputs. */
export interface KubernetesChildren {
	readonly configMap: ConfigMapArgs;
	readonly cronJob: CronJobArgs;
	readonly deployment: DeploymentArgs;
	readonly horizontalPodAutoscaler: HorizontalPodAutoscalerArgs;
	readonly namespace: NamespaceArgs;
	readonly podDisruptionBudget: PodDisruptionBudgetArgs;
	readonly release: ReleaseArgs;
	readonly secret: SecretArgs;
	readonly service: ServiceArgs;
}

/** The escape hatch inside clusters, whichever cloud runs them: one typed function a kind of object. */
export type KubernetesTransforms = {
	readonly [Kind in keyof KubernetesChildren]?: Transform<KubernetesChildren[Kind]>;
};

/** Declares one resource under the component that owns the cluster. */
export type Add = <Args extends object, Made extends CustomResource>(
	type: new (name: string, args: Args, options?: CustomResourceOptions) => Made,
	name: string,
	args: Args,
	options?: CustomResourceOptions,
) => Made;

import type { AwsTransforms } from "./stack/aws/child.ts";
import type { DigitalOceanTransforms } from "./stack/digitalocean/child.ts";
import type { KubernetesTransforms } from "./stack/kubernetes/child.ts";

/**
 * The project's escape hatch: a function per kind of child that changes its inputs after the stack has computed
 * them. It is part of the program, so the model shows what a transform does like any other change.
 *
 * @example
 * digitalocean: { loadBalancer: () => ({ enableBackendKeepalive: true }) }
 */
export const transforms: {
	readonly aws: AwsTransforms;
	readonly digitalocean: DigitalOceanTransforms;
	readonly kubernetes: KubernetesTransforms;
} = {
	aws: {},
	digitalocean: {},
	kubernetes: {},
};

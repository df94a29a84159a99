import { countAt, databaseNodeUsd, machineUsd, type Price, serviceUsd, sum, times } from "../prices.ts";
import { type Inputs, recordAt, switchAt, textAt } from "../subject.ts";

/** The provider's word for PostgreSQL. */
function engineOf(inputs: Inputs): string | null {
	const written = textAt(inputs, "engine");
	return written === "pg" ? "postgres" : written;
}

const machine = (inputs: Inputs): number | null => machineUsd("digitalocean", textAt(inputs, "size"));

const nodePool: Price = (inputs) =>
	times(machine(inputs), Math.max(countAt(inputs, "maxNodes", 0), countAt(inputs, "nodeCount", 1)));

/** By type token. Buckets are one subscription together, so they are not here. */
export const digitaloceanPrices: Readonly<Record<string, Price>> = {
	"digitalocean:index/droplet:Droplet": machine,
	"digitalocean:index/dropletAutoscale:DropletAutoscale": (inputs) =>
		times(
			machine(recordAt(inputs, "dropletTemplate") ?? {}),
			countAt(recordAt(inputs, "config") ?? {}, "maxInstances", 1),
		),
	"digitalocean:index/databaseCluster:DatabaseCluster": (inputs) =>
		times(databaseNodeUsd("digitalocean", textAt(inputs, "size"), engineOf(inputs)), countAt(inputs, "nodeCount", 1)),
	"digitalocean:index/databaseReplica:DatabaseReplica": (inputs) =>
		databaseNodeUsd("digitalocean", textAt(inputs, "size"), null),
	"digitalocean:index/kubernetesCluster:KubernetesCluster": (inputs) =>
		sum(
			serviceUsd(
				"digitalocean",
				switchAt(inputs, "ha") === true ? "kubernetes-control-plane-ha" : "kubernetes-control-plane",
			),
			nodePool(recordAt(inputs, "nodePool") ?? {}),
		),
	"digitalocean:index/kubernetesNodePool:KubernetesNodePool": nodePool,
	"digitalocean:index/loadBalancer:LoadBalancer": (inputs) =>
		times(serviceUsd("digitalocean", "load-balancer"), countAt(inputs, "sizeUnit", 1)),
	"digitalocean:index/volume:Volume": (inputs) =>
		times(serviceUsd("digitalocean", "volume"), countAt(inputs, "size", 0)),
};

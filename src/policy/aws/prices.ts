import { countAt, databaseNodeUsd, machineUsd, notPriced, type Price, serviceUsd, sum, times } from "../prices.ts";
import { type Inputs, isSet, recordAt, switchAt, textAt, textsAt } from "../subject.ts";

const nodes = (inputs: Inputs): number => (switchAt(inputs, "multiAz") === true ? 2 : 1);

/** In cluster mode nodes are counted by shard: each has a primary and its replicas. */
const cacheNodes = (inputs: Inputs): number =>
	isSet(inputs, "numNodeGroups")
		? countAt(inputs, "numNodeGroups", 1) * (1 + countAt(inputs, "replicasPerNodeGroup", 0))
		: countAt(inputs, "numCacheClusters", 1);

const balancer: Price = (inputs) =>
	serviceUsd("aws", textAt(inputs, "loadBalancerType") === "network" ? "network-load-balancer" : "load-balancer");

/** By type token. What is paid by use alone (buckets, queues, transfer) is not here. */
export const awsPrices: Readonly<Record<string, Price>> = {
	"aws:ec2/instance:Instance": (inputs) => machineUsd("aws", textAt(inputs, "instanceType")),
	// Its machine stands in a launch template, which is another resource.
	"aws:autoscaling/group:Group": notPriced,
	"aws:ebs/volume:Volume": (inputs) => times(serviceUsd("aws", "volume"), countAt(inputs, "size", 0)),
	"aws:rds/instance:Instance": (inputs) =>
		times(
			sum(
				databaseNodeUsd("aws", textAt(inputs, "instanceClass"), textAt(inputs, "engine")),
				times(serviceUsd("aws", "database-storage"), countAt(inputs, "allocatedStorage", 0)),
			),
			nodes(inputs),
		),
	"aws:rds/clusterInstance:ClusterInstance": (inputs) => databaseNodeUsd("aws", textAt(inputs, "instanceClass"), null),
	"aws:elasticache/replicationGroup:ReplicationGroup": (inputs) =>
		times(databaseNodeUsd("aws", textAt(inputs, "nodeType"), textAt(inputs, "engine")), cacheNodes(inputs)),
	"aws:lb/loadBalancer:LoadBalancer": balancer,
	"aws:alb/loadBalancer:LoadBalancer": balancer,
	"aws:ec2/natGateway:NatGateway": () => serviceUsd("aws", "nat-gateway"),
	"aws:eks/cluster:Cluster": () => serviceUsd("aws", "kubernetes-control-plane"),
	"aws:eks/nodeGroup:NodeGroup": (inputs) =>
		times(
			machineUsd("aws", textsAt(inputs, "instanceTypes")[0] ?? null),
			countAt(recordAt(inputs, "scalingConfig") ?? {}, "maxSize", 1),
		),
};

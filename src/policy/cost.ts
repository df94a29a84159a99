import { catalogFor, findService } from "../catalog/catalog.ts";
import type { Provider } from "../words.ts";
import type { RuleContext, StackComplaint, StackRow } from "./rule.ts";
import { type Inputs, numberAt, recordAt, type Subject, textAt } from "./subject.ts";

/*
 * What a stack may cost at most. Prices are the catalog's list prices; what grows with use (transfer, requests) is not
 * in it, and what the catalog has no price for is named, never taken for free.
 */

/** USD a month for one resource at the top of its range; null = it costs something, but the catalog has no price. */
type Price = (inputs: Inputs) => number | null;

const times = (unit: number | null | undefined, count: number): number | null =>
	unit === null || unit === undefined ? null : unit * count;

function machine(provider: Provider, sku: string | null): number | null {
	return catalogFor(provider).machines.find((row) => row.sku === sku)?.monthlyUsd ?? null;
}

function service(provider: Provider, id: string): number | null {
	return findService(catalogFor(provider), id)?.usd ?? null;
}

function databaseNode(provider: Provider, sku: string | null, engine: string | null): number | null {
	const { databases, caches } = catalogFor(provider);
	const cache = engine === "valkey" || engine === "redis";
	const rows = cache ? caches : databases.filter((row) => engine === null || row.engine === engine);
	return rows.find((row) => row.sku === sku)?.monthlyUsd ?? null;
}

/** The provider's word for PostgreSQL. */
const engineOf = (inputs: Inputs): string | null => {
	const written = textAt(inputs, "engine");
	return written === "pg" ? "postgres" : written;
};

const nodePool: Price = (inputs) =>
	times(
		machine("digitalocean", textAt(inputs, "size")),
		numberAt(inputs, "maxNodes") ?? numberAt(inputs, "nodeCount") ?? 1,
	);

/** Known to cost something, but not read from the catalog. */
const notPriced: Price = () => null;

/** By type token; a type that is not here costs nothing, or only with use. */
export const PRICES: Readonly<Record<string, Price>> = {
	"digitalocean:index/droplet:Droplet": (inputs) => machine("digitalocean", textAt(inputs, "size")),
	"digitalocean:index/dropletAutoscale:DropletAutoscale": (inputs) =>
		times(
			machine("digitalocean", textAt(recordAt(inputs, "dropletTemplate") ?? {}, "size")),
			numberAt(recordAt(inputs, "config") ?? {}, "maxInstances") ?? 1,
		),
	"digitalocean:index/databaseCluster:DatabaseCluster": (inputs) =>
		times(databaseNode("digitalocean", textAt(inputs, "size"), engineOf(inputs)), numberAt(inputs, "nodeCount") ?? 1),
	"digitalocean:index/databaseReplica:DatabaseReplica": (inputs) =>
		databaseNode("digitalocean", textAt(inputs, "size"), null),
	"digitalocean:index/kubernetesCluster:KubernetesCluster": (inputs) => {
		const control = inputs.ha === true ? service("digitalocean", "kubernetes-control-plane-ha") : 0;
		const nodes = nodePool(recordAt(inputs, "nodePool") ?? {});
		return control === null || nodes === null ? null : control + nodes;
	},
	"digitalocean:index/kubernetesNodePool:KubernetesNodePool": nodePool,
	"digitalocean:index/loadBalancer:LoadBalancer": (inputs) =>
		times(service("digitalocean", "load-balancer"), numberAt(inputs, "sizeUnit") ?? 1),
	"digitalocean:index/volume:Volume": (inputs) =>
		times(service("digitalocean", "volume"), numberAt(inputs, "size") ?? 0),
	"aws:ec2/instance:Instance": notPriced,
	"aws:autoscaling/group:Group": notPriced,
	"aws:rds/instance:Instance": notPriced,
	"aws:rds/clusterInstance:ClusterInstance": notPriced,
	"aws:elasticache/replicationGroup:ReplicationGroup": notPriced,
	"aws:lb/loadBalancer:LoadBalancer": notPriced,
	"aws:ec2/natGateway:NatGateway": notPriced,
	"aws:eks/cluster:Cluster": notPriced,
	"aws:eks/nodeGroup:NodeGroup": notPriced,
};

/** What the stack costs, and the names of what has no price. Buckets are one subscription together. */
export function monthlyUsd(subjects: readonly Subject[]): {
	readonly usd: number;
	readonly unpriced: readonly string[];
} {
	const priced = subjects.flatMap(({ name, type, inputs }) => {
		const price = PRICES[type];
		return price === undefined ? [] : [{ name, usd: price(inputs) }];
	});
	const hasBucket = subjects.some(({ type }) => type === "digitalocean:index/spacesBucket:SpacesBucket");
	const buckets = hasBucket ? (service("digitalocean", "bucket") ?? 0) : 0;
	return {
		usd: priced.reduce((sum, { usd }) => sum + (usd ?? 0), buckets),
		unpriced: priced.filter(({ usd }) => usd === null).map(({ name }) => name),
	};
}

function checkCeiling(subjects: readonly Subject[], { ceilingUsd }: RuleContext): readonly StackComplaint[] {
	const { usd, unpriced } = monthlyUsd(subjects);
	if (usd <= ceilingUsd) return [];
	const beside = unpriced.length === 0 ? "" : `, without ${unpriced.join(", ")}, which have no confirmed price`;
	const message = `the stack costs up to $${usd.toFixed(2)} a month${beside}; the ceiling is $${ceilingUsd.toFixed(2)}`;
	return [{ urn: null, message }];
}

export const costStackRows: readonly StackRow[] = [{ rule: "cost-ceiling", check: checkCeiling }];

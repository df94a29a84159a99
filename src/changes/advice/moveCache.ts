import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import type { ManualStep } from "../changeSet.ts";

/** What a client must do that speaks to a cache in cluster mode; docs.aws.amazon.com, AmazonElastiCache, modify-cluster-mode. */
export const CLUSTER_CLIENT =
	"its client asks the configuration endpoint for the nodes and follows their redirections; it keeps to database 0 (no number after the address, no SELECT); a command, transaction or script that names several keys names keys of one hash slot, as keys with the same hash tag are: {user:42}:name and {user:42}:cart";

/** Steps between a cache that clients speak to as one node and one in cluster mode; null where the kind stays. */
export function cacheStep(from: Blueprint, to: Blueprint, stack: string): ManualStep | null {
	const [old, next] = [cacheOf(from), cacheOf(to)];
	if (old === null || next === null || old.settings.kind === next.settings.kind) return null;
	const into = next.settings.kind === "cluster";
	return {
		title: into ? "Move the cache to cluster mode" : "Move the cache out of cluster mode",
		why: "this is a migration between two kinds of cache: the new one starts empty beside the old one, so sessions end and users log in again, and jobs that wait in the old one are not seen any more",
		steps: [
			into
				? `First teach the application the cluster protocol: ${CLUSTER_CLIENT}. Let it decide by CACHE_CLUSTER, which is "true" in cluster mode alone: a client of the one kind does not get along with the other.`
				: "First see that the application speaks to one node where CACHE_CLUSTER is not set: a client of the cluster protocol is refused there.",
			...makeIt(from, to, old, stack),
			...(into ? [tryIt(stack)] : []),
			"In a quiet hour: stop what puts jobs into the old cache, and wait until its workers have none left; nothing copies keys from one to the other.",
			`Do the rest of the move: \`pulumi up --stack ${stack}\`; the application reads CACHE_URL anew${into ? ", and CACHE_CLUSTER" : ""}.`,
			`Ask the health path: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`, and log in once; to go back, set the tier back and run \`pulumi up --stack ${stack}\`.`,
			old.stateful
				? `After a week without doubt end the old one, which is kept and paid until then: \`retire: [{resource: cache}]\` in Pulumi.${stack}.yaml, then with the \`backup\` it has; take the entry out when it is gone, as it would stand for the new one.`
				: "The old one goes with the rest of the move: it holds copies only, which the new one fills again.",
		],
	};
}

/** The new one before the switch, where it can be made beside the old one. */
function makeIt(from: Blueprint, to: Blueprint, old: Component, stack: string): readonly string[] {
	// What runs in a cluster that is not there yet cannot be left out of an update (tried with CLI 3.250).
	if (from.layout !== "kubernetes" && to.layout === "kubernetes") {
		return [
			"Take the first step of the application's move to the cluster: it makes the new cache too. Pods begin on it, while hosts keep to the old one until the rest is done.",
		];
	}
	const names = cacheOf(to)?.settings.kind === "cluster" ? "cache-cluster*" : "cache*";
	// The pattern of the one kind fits the other too, and would end one that nobody keeps.
	if (names === "cache*" && !old.stateful) return [];
	return [
		`Make the new cache alone, while the old one serves: \`pulumi up --stack ${stack} --target '**::${names}'\`.`,
	];
}

/** An address without a user's name is an empty name to redis-cli, which the cache refuses (tried with 7.0.15). */
function tryIt(stack: string): string {
	const named = `"\${CACHE_URL/\\/\\/:///default:}"`;
	return `Try it from a host or pod of the stack, as nobody else may connect: \`sudo apt-get update && sudo apt-get install -y redis-tools\`; \`read -rs CACHE_URL\`, and paste what \`pulumi stack output cacheUrl --show-secrets --stack ${stack}\` prints where the stack file is; \`redis-cli --no-auth-warning -u ${named} cluster info | grep cluster_state\` says ok.`;
}

function cacheOf({ components }: Blueprint): Component | null {
	return components.find(({ role, name, sku }) => role === "cache" && name === "cache" && sku !== "on-host") ?? null;
}

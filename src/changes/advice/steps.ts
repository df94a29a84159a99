import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import type { ManualStep } from "../changeSet.ts";
import { cacheStep } from "./moveCache.ts";
import { databaseStep } from "./moveDatabase.ts";
import { uploadsStep } from "./moveUploads.ts";
import { PROVIDER_FACTS } from "./providerFacts.ts";

/** What a person must do beside `pulumi up`, in the order of doing. */
export function manualSteps(from: Blueprint | null, to: Blueprint, stack: string): readonly ManualStep[] {
	if (from === null) return [];
	return [databaseStep, uploadsStep, cacheStep, clusterStep, addressStep].flatMap(
		(step) => step(from, to, stack) ?? [],
	);
}

type Step = (from: Blueprint, to: Blueprint, stack: string) => ManualStep | null;

/**
 * What serves and is left alone while its successor is made: the way in, the hosts by slot, what they read and may do,
 * their connections.
 */
function leftAlone({ components, provider }: Blueprint): string {
	const hosts = components
		.filter(({ role, name, count }) => role === "app" && (name === "app" || name === "worker") && count.max > 0)
		.flatMap(({ name, count }) => Array.from({ length: count.max }, (_, index) => `${name}-${index + 1}`));
	const around = ["app-pool*", ...PROVIDER_FACTS[provider].hostRights, "settings-*", "load-balancer*", "network-*"];
	return [...hosts, ...around, "database-pool"].map((name) => `--exclude '**::${name}'`).join(" ");
}

const clusterStep: Step = (from, to, stack) => {
	if ((from.layout === "kubernetes") === (to.layout === "kubernetes")) return null;
	const into = to.layout === "kubernetes";
	return {
		title: into ? "Move the application from hosts to the cluster" : "Move the application from the cluster to hosts",
		why: "this is a migration between two kinds of machines: the old kind must not go before the new one serves",
		steps: [
			into
				? `Make all that the tier asks for except the way in, while the hosts serve (what it does to the database and the cache happens now): \`pulumi up --stack ${stack} ${leftAlone(from)}\`.`
				: `Bring the hosts up alone, while the cluster serves: \`pulumi up --stack ${stack} --target '<URN>'\`, once for each URN that \`tierstack preview ${stack} --engine --json\` creates for the role app.`,
			into
				? `Wait for the application there: \`pulumi stack output kubeconfig --show-secrets --stack ${stack} > cluster.yaml\`, then \`kubectl --kubeconfig cluster.yaml --namespace app rollout status deployment --timeout=10m\`.`
				: "Wait until the health path answers on each host: `curl -fsS http://127.0.0.1/health`, with the path of tierstack:app.",
			"Both use the same database, cache and bucket; files that lie on a volume are moved to the bucket first.",
			`In a quiet hour do the rest: \`pulumi up --stack ${stack}\`; the way in turns to the new machines, and the old ones go last.`,
			`Ask the health path: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`; to go back, set the tier back and take the same steps.`,
		],
	};
};

const addressStep: Step = (from, to, stack) => {
	const [old, next] = [hasBalancer(from), hasBalancer(to)];
	if (old === next) return null;
	return {
		title: next ? "Point names to the load balancer" : "Point names to the host",
		why: "users come by an address that is given up; both ways in must answer until resolvers have forgotten the old one",
		steps: [
			"A day before: lower the time to live of every name to 300 seconds.",
			`Bring the new way in up first, alone: \`pulumi up --stack ${stack} --target '**::${next ? "load-balancer" : "network-address"}*'\`.`,
			`Set the records, unless the stack does it (\`pulumi stack output recordsManaged --stack ${stack}\`): \`pulumi stack output records --stack ${stack}\`.`,
			"Wait for the time to live, and until the old address sees no request any more.",
			`Run the rest: \`pulumi up --stack ${stack}\`.`,
		],
	};
};

function hasBalancer({ components }: Blueprint): boolean {
	return components.some(({ role }: Component) => role === "load-balancer");
}

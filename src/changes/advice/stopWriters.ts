import type { Blueprint } from "../../sizing/blueprint.ts";

/** Stops the application's processes alone: hosts go on reading their settings, and a cluster keeps its disks. */
export function stopOf({ layout, processes }: Blueprint): string {
	if (layout === "kubernetes")
		return "`kubectl --kubeconfig cluster.yaml --namespace app scale deployment --all --replicas=0`";
	const names = processes.length === 0 ? ["web"] : processes.map(({ name }) => name);
	return `\`sudo systemctl stop ${names.map((name) => `'tierstack-${name}-*'`).join(" ")}\` on every host (with a compose file: tierstack-compose)`;
}

/** Writes the file that the cluster's commands ask for; nothing where there is no cluster. */
export function kubeconfigFor({ layout }: Blueprint, stack: string): readonly string[] {
	return layout === "kubernetes"
		? [`Get the cluster's login: \`pulumi stack output kubeconfig --show-secrets --stack ${stack} > cluster.yaml\`.`]
		: [];
}

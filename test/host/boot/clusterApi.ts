import { createServer, type Server } from "node:http";
import { listen } from "./listen.ts";

/** What a cluster's API answers kubectl about, by method and path. */
const ready = (replicas: number) => ({
	apiVersion: "apps/v1",
	kind: "Deployment",
	metadata: { name: "web", namespace: "app", generation: 1, resourceVersion: "1", uid: "1" },
	spec: { replicas, selector: { matchLabels: { app: "web" } }, template: { metadata: {}, spec: { containers: [] } } },
	status: {
		observedGeneration: 1,
		replicas,
		updatedReplicas: replicas,
		readyReplicas: replicas,
		availableReplicas: replicas,
	},
});
const node = (unschedulable: boolean) => ({
	apiVersion: "v1",
	kind: "Node",
	metadata: { name: "pool-1", resourceVersion: "1", uid: "2" },
	spec: { unschedulable },
	status: { conditions: [{ type: "Ready", status: "True" }] },
});
const resource = (name: string, kind: string, namespaced: boolean, more: object = {}) => {
	return {
		name,
		singularName: name.replace(/s$/, ""),
		namespaced,
		kind,
		verbs: ["get", "list", "watch", "patch"],
		...more,
	};
};
const list = (kind: string, apiVersion: string, items: readonly object[]) => {
	return { kind, apiVersion, metadata: { resourceVersion: "1" }, items };
};

/**
 * As much of a cluster's API as the printed commands ask of it, so that the real kubectl takes their words. What it is
 * asked beyond is refused and kept.
 */
export class ClusterApi {
	/** Changes it was asked for: method, path, body. */
	readonly changes: string[] = [];
	readonly unknown: string[] = [];
	#replicas = 2;
	#drained = false;
	#server: Server | null = null;

	/** The login as a stack prints it. */
	kubeconfig(port: number): string {
		return JSON.stringify({
			apiVersion: "v1",
			kind: "Config",
			clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${port}` } }],
			users: [{ name: "u", user: {} }],
			contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
			"current-context": "x",
		});
	}

	async listen(port: number): Promise<void> {
		const server = createServer((request, response) => {
			let body = "";
			request.on("data", (chunk: Buffer) => {
				body += chunk.toString();
			});
			request.on("end", () => {
				const url = new URL(request.url ?? "/", "http://api");
				const watches = url.searchParams.get("watch") === "true";
				const answer = watches ? {} : this.#answer(`${request.method} ${url.pathname}`, body);
				response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
				// A watch stays open, though nothing happens any more.
				if (watches) response.flushHeaders();
				else response.end(JSON.stringify(answer ?? { kind: "Status", apiVersion: "v1", code: 404 }));
			});
		});
		this.#server = server;
		await listen(server, "127.0.0.1", port);
	}

	async close(): Promise<void> {
		const server = this.#server;
		server?.closeAllConnections();
		await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
	}

	#answer(asked: string, body: string): object | null {
		if (asked.startsWith("PATCH ")) {
			this.changes.push(`${asked} ${body}`);
			if (asked.endsWith("/deployments/web/scale")) this.#replicas = JSON.parse(body).spec.replicas;
			if (asked.endsWith("/nodes/pool-1")) this.#drained = JSON.parse(body).spec.unschedulable === true;
		}
		const apps = "/apis/apps/v1/namespaces/app/deployments";
		const answers: Readonly<Record<string, () => object>> = {
			"GET /api": () => ({ kind: "APIVersions", versions: ["v1"] }),
			"GET /apis": () => ({
				kind: "APIGroupList",
				apiVersion: "v1",
				groups: ["apps"].map((name) => ({
					name,
					versions: [{ groupVersion: `${name}/v1`, version: "v1" }],
					preferredVersion: { groupVersion: `${name}/v1`, version: "v1" },
				})),
			}),
			"GET /api/v1": () => ({
				kind: "APIResourceList",
				groupVersion: "v1",
				resources: [
					resource("nodes", "Node", false, { shortNames: ["no"] }),
					resource("pods", "Pod", true),
					resource("pods/eviction", "Eviction", true, { group: "policy", version: "v1" }),
				],
			}),
			"GET /apis/apps/v1": () => ({
				kind: "APIResourceList",
				groupVersion: "apps/v1",
				resources: [
					resource("deployments", "Deployment", true),
					resource("deployments/scale", "Scale", true, { group: "autoscaling", version: "v1" }),
				],
			}),
			[`GET ${apps}`]: () => list("DeploymentList", "apps/v1", [ready(this.#replicas)]),
			[`GET ${apps}/web`]: () => ready(this.#replicas),
			[`PATCH ${apps}/web/scale`]: () => ({
				apiVersion: "autoscaling/v1",
				kind: "Scale",
				metadata: { name: "web", namespace: "app" },
				spec: { replicas: this.#replicas },
			}),
			"GET /api/v1/nodes": () => list("NodeList", "v1", [node(this.#drained)]),
			"GET /api/v1/nodes/pool-1": () => node(this.#drained),
			"PATCH /api/v1/nodes/pool-1": () => node(this.#drained),
			"GET /api/v1/pods": () => list("PodList", "v1", []),
		};
		const known = answers[asked];
		if (known === undefined) this.unknown.push(asked);
		return known === undefined ? null : known();
	}
}

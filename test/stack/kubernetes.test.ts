import { describe, expect, test } from "vitest";
import type { StackConfig } from "../../src/config/stackConfig.ts";
import { UserError } from "../../src/errors.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { cronOf } from "../../src/stack/kubernetes/calendar.ts";
import { podResponder } from "../../src/stack/kubernetes/responder.ts";
import { LADDER, process } from "../builders/blueprint.ts";
import { NAMES, stackConfig, stackInput } from "../builders/config.ts";
import { names, ref, resource, resourcesOf } from "../builders/desired.ts";

const withImage: Partial<StackConfig> = {
	app: { ...stackConfig().app, image: "example/app:1", env: { MODE: "live" } },
};

const build = (config: Partial<StackConfig> = withImage, processes = LADDER.kubernetes.processes) =>
	buildModel(stackInput({ ...LADDER.kubernetes, processes }, { config }), NAMES);

const pod = { template: { spec: { containers: [{ image: "example/app:1" }] } } };

describe("the application in a cluster", () => {
	test("each process runs with the plan's memory and CPU, as many pods as the plan says", async () => {
		const state = await build();
		expect(resourcesOf(state, "Deployment").map(({ name }) => name)).toEqual([
			"app-process-beat",
			"app-process-jobs",
			"app-process-web",
		]);
		expect(resource(state, "app-process-web", "Deployment").inputs.spec).toMatchObject({
			template: {
				spec: {
					containers: [
						{
							image: "example/app:1",
							resources: { requests: { cpu: "1500m", memory: "2560Mi" }, limits: { memory: "2560Mi" } },
							ports: [{ containerPort: 8000 }],
							readinessProbe: { httpGet: { path: "/health", port: 8000 } },
						},
					],
				},
			},
		});
		expect(resource(state, "app-process-jobs", "Deployment").inputs.spec).toMatchObject({
			...pod,
			replicas: 2,
			strategy: { type: "RollingUpdate" },
		});
		for (const { provider, deleteBeforeReplace } of resourcesOf(state, "Deployment").map((each) => ({
			provider: each.urn,
			...each,
		}))) {
			expect(provider).toContain("tierstack:digitalocean:App$kubernetes:apps/v1:Deployment::");
			expect(deleteBeforeReplace).toBe(true);
		}
	});

	test("the number of pods follows the load, within the plan's bounds, and nothing resets it", async () => {
		const state = await build();
		expect(resource(state, "app-process-web-scaler", "HorizontalPodAutoscaler").inputs.spec).toMatchObject({
			scaleTargetRef: { kind: "Deployment", name: "web" },
			minReplicas: 3,
			maxReplicas: 10,
		});
		expect(resource(state, "app-process-web", "Deployment").inputs.spec).not.toHaveProperty("replicas");
		expect(names(state)).not.toContain("app-process-jobs-scaler");
	});

	test("a process whose CPU is not stated runs the most the plan has", async () => {
		const state = await build(withImage, [process("jobs", "worker", { replicas: { min: 1, max: 4 } })]);
		expect(resource(state, "app-process-jobs", "Deployment").inputs.spec).toMatchObject({ replicas: 4 });
		expect(resourcesOf(state, "HorizontalPodAutoscaler")).toEqual([]);
	});

	test("a scheduler is never run twice, not even while it is exchanged", async () => {
		const beat = resource(await build(), "app-process-beat", "Deployment");
		expect(beat.inputs.spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
	});

	test("a node that is drained takes one pod of a process at a time; pods are spread over zones and nodes", async () => {
		const state = await build();
		expect(resourcesOf(state, "PodDisruptionBudget").map(({ name }) => name)).toEqual([
			"app-process-jobs-budget",
			"app-process-web-budget",
		]);
		expect(JSON.stringify(resource(state, "app-process-web", "Deployment").inputs)).toMatch(
			/topology\.kubernetes\.io\/zone.*kubernetes\.io\/hostname/,
		);
	});

	test("pods stand on the worker nodes, and the load balancer's port leads to those that answer requests", async () => {
		const state = await build();
		const { inputs } = resource(state, "app-service", "Service");
		expect(inputs.spec).toMatchObject({
			type: "NodePort",
			selector: { "app.kubernetes.io/component": "web" },
			ports: [{ targetPort: 8000, nodePort: 30080 }],
		});
		expect(resource(state, "load-balancer", "LoadBalancer").inputs.healthcheck).toMatchObject({ port: 30080 });
		const { labels } = resource(state, "app-workers", "KubernetesNodePool").inputs;
		expect(resource(state, "app-process-web", "Deployment").inputs.spec).toMatchObject({
			template: { spec: { nodeSelector: labels } },
		});
	});

	test("timers become jobs at the same times, one at a time, in UTC", async () => {
		expect(resource(await build(), "app-process-report", "CronJob").inputs.spec).toMatchObject({
			schedule: "30 2 * * mon,tue,wed,thu,fri",
			timeZone: "Etc/UTC",
			concurrencyPolicy: "Forbid",
		});
	});

	test("settings are readable, secrets are not, and a change of either exchanges the pods", async () => {
		const [one, other] = await Promise.all([
			build(),
			build({ app: { ...stackConfig().app, image: "example/app:1", env: { MODE: "test" } } }),
		]);
		expect(resource(one, "app-settings", "ConfigMap").inputs.data).toMatchObject({
			MODE: "live",
			BUCKET_NAME: ref("files", "name"),
		});
		expect(resource(one, "app-secrets", "Secret").inputs.stringData).toEqual({ "[secret]": expect.any(String) });
		const template = (state: typeof one) =>
			JSON.stringify(resource(state, "app-process-web", "Deployment").inputs.spec);
		expect(template(other)).not.toBe(template(one));
		expect(JSON.stringify(one)).not.toContain("kubeConfigs");
	});

	test("the application's user is let into its database before a process starts, by a login the process is not given", async () => {
		const state = await build();
		expect(resource(state, "app-database-admin", "Secret").inputs.stringData).toEqual({
			"[secret]": expect.any(String),
		});
		const pods = resourcesOf(state, "Deployment").map(({ inputs }) => inputs.spec);
		expect(pods.length).toBe(3);
		for (const spec of pods) {
			expect(spec).toMatchObject({
				template: {
					spec: {
						initContainers: [{ image: "postgres:17-alpine", envFrom: [{ secretRef: { name: "database-admin" } }] }],
						containers: [{ envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "secrets" } }] }],
					},
				},
			});
		}
		expect(names(await build({}))).not.toContain("app-database-admin");
	});

	test("without an image the responder answers, and nothing else runs", async () => {
		const state = await build({});
		expect(resourcesOf(state, "Deployment").map(({ name }) => name)).toEqual(["app-process-web"]);
		expect(resourcesOf(state, "CronJob").map(({ name }) => name)).toEqual(["app-copies-dump", "app-copies-restore"]);
		expect(resource(state, "app-settings", "ConfigMap").inputs.data).toHaveProperty("TIERSTACK_RESPONDER");
		expect(podResponder()).toContain('ThreadingHTTPServer(("", int(');
	});

	test("a compose file, and a time that cron cannot say, are refused before anything is declared", async () => {
		const composed = build({ app: { ...stackConfig().app, compose: "compose.yaml" } });
		await expect(composed).rejects.toThrow("takes no compose file");
		const late = build(withImage, [process("late", "timer", { schedule: "*-*~1 00:00" })]);
		await expect(late).rejects.toThrow(UserError);
	});

	test("other layouts have none of it", async () => {
		const state = await buildModel(stackInput(LADDER.autoscaled, { config: withImage }), NAMES);
		expect(state.resources.filter(({ type }) => type.startsWith("kubernetes:"))).toEqual([]);
	});
});

test.each([
	["daily", "0 0 * * *"],
	["*:0/5", "*/5 * * * *"],
	["*-*-* 02:00:00", "0 2 * * *"],
	["*-*-* 00/6:15", "15 */6 * * *"],
	["Mon..Fri 02:30", "30 2 * * mon,tue,wed,thu,fri"],
	["Sat,Sun 9:05 UTC", "5 9 * * sat,sun"],
	["*-01,07-01 03:00", "0 3 1 1,7 *"],
	["8..17:30", "30 8-17 * * *"],
	["*:3/20", "* * * * *".replace("*", "3-59/20")],
	["2026-12-24 18:00", null],
	["*:*:30", null],
	["25:00", null],
	["Noday 02:00", null],
	["", null],
])("the calendar expression %j is %j in cron", (calendar, cron) => {
	expect(cronOf(calendar)).toBe(cron);
});

import { describe, expect, test } from "vitest";
import type { DesiredState } from "../../src/changes/desired.ts";
import type { StackConfig } from "../../src/config/stackConfig.ts";
import { dockerLogins } from "../../src/host/registry.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { LADDER } from "../builders/blueprint.ts";
import { NAMES, stackConfig, stackInput } from "../builders/config.ts";
import { names, resource, resourcesOf } from "../builders/desired.ts";
import { build as buildAws, tierOf } from "./aws/built.ts";

const asking = (server: string, user = "deploy"): Partial<StackConfig> => ({
	domains: [],
	secretNames: ["PULL_TOKEN", "APP_TOKEN"],
	app: {
		...stackConfig().app,
		image: "registry.example.com/shop:1.4",
		registry: { server, user, passwordSecret: "PULL_TOKEN" },
	},
});

const CLOUDS: readonly (readonly [string, (config: Partial<StackConfig>) => Promise<DesiredState>])[] = [
	["DigitalOcean", (config) => buildModel(stackInput(LADDER.kubernetes, { config }), NAMES)],
	["AWS", (config) => buildAws(tierOf("opex-manager", "enterprise"), { config })],
];

describe.each(CLOUDS)("a private image in a cluster on %s", (_, build) => {
	test("is pulled by every process with the login of the stack file", async () => {
		const state = await build(asking("registry.example.com"));
		expect(resource(state, "app-registry", "Secret").inputs).toMatchObject({
			metadata: { name: "registry", namespace: "app" },
			type: "kubernetes.io/dockerconfigjson",
		});
		const workloads = ["Deployment", "CronJob"]
			.flatMap((kind) => resourcesOf(state, kind))
			.filter(({ name }) => name.startsWith("app-process-"));
		expect(workloads.length).toBeGreaterThan(1);
		for (const { inputs } of workloads)
			expect(JSON.stringify(inputs)).toContain('"imagePullSecrets":[{"name":"registry"}]');
	});

	test("its login is secret, is not the application's, and another one exchanges no pod", async () => {
		const [one, other] = await Promise.all(
			["deploy", "robot"].map((user) => build(asking("registry.example.com", user))),
		);
		if (one === undefined || other === undefined) throw new Error("not built");
		const login = (state: DesiredState) => resource(state, "app-registry", "Secret").inputs.stringData;
		expect(login(one)).toEqual({ "[secret]": expect.any(String) });
		expect(login(other)).not.toEqual(login(one));
		expect(JSON.stringify(one)).not.toContain("secrets.PULL_TOKEN");
		const processes = (state: DesiredState) => resourcesOf(state, "Deployment").map(({ inputs }) => inputs);
		expect(processes(other)).toEqual(processes(one));
	});

	test("nobody logs in where no login is named, nor for the built-in responder", async () => {
		const { app } = asking("registry.example.com");
		if (app === undefined) throw new Error("no application");
		for (const told of [
			{ ...app, registry: null },
			{ ...app, image: null },
		]) {
			const state = await build({ ...asking(""), app: told });
			expect(names(state)).not.toContain("app-registry");
			expect(JSON.stringify(state)).not.toContain("imagePullSecrets");
		}
	});
});

test("Docker Hub's login is found under its name and under the address of old", () => {
	const read: { auths: Record<string, { auth: string }> } = JSON.parse(
		dockerLogins({ server: "docker.io", user: "deploy", password: "pass:word" }),
	);
	expect(Object.keys(read.auths)).toEqual(["docker.io", "https://index.docker.io/v1/"]);
	for (const { auth } of Object.values(read.auths))
		expect(Buffer.from(auth, "base64").toString()).toBe("deploy:pass:word");
});

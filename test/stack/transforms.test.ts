import { expect, test } from "vitest";
import { buildModel } from "../../src/model/buildModel.ts";
import { transformed } from "../../src/stack/transform.ts";
import { transforms } from "../../src/transforms.ts";
import { LADDER } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { resource } from "../builders/desired.ts";
import { useTransforms } from "../builders/transforms.ts";

useTransforms({
	digitalocean: {
		loadBalancer: () => ({ enableBackendKeepalive: true, sizeUnit: 3 }),
		droplet: (_, name) => (name === "app-2" ? { ipv6: false } : {}),
	},
	kubernetes: { deployment: (_, name) => (name === "app-process-web" ? { metadata: { name: "front" } } : {}) },
});

test("a transform changes its own kind of child, by name where it wants, and drops nothing", async () => {
	const state = await buildModel(stackInput(LADDER.balanced), NAMES);
	expect(resource(state, "load-balancer", "LoadBalancer").inputs).toMatchObject({
		enableBackendKeepalive: true,
		sizeUnit: 3,
		region: "fra1",
	});
	expect(resource(state, "app-1", "Droplet").inputs.ipv6).toBe(true);
	expect(resource(state, "app-2", "Droplet").inputs).toMatchObject({ ipv6: false, image: "ubuntu-24-04-x64" });
	expect(Object.keys(transforms.digitalocean)).toEqual(["loadBalancer", "droplet"]);
});

test("objects in a cluster pass theirs as well", async () => {
	const app = {
		image: "example/app:1",
		compose: null,
		registry: null,
		port: 8000,
		healthPath: "/",
		env: {},
		processes: {},
		sticky: false,
	};
	const state = await buildModel(stackInput(LADDER.kubernetes, { config: { app } }), NAMES);
	expect(resource(state, "app-process-web", "Deployment").inputs.metadata).toEqual({ name: "front" });
	expect(resource(state, "app-process-jobs", "Deployment").inputs.metadata).toEqual({ name: "jobs", namespace: "app" });
});

test("what a transform leaves out stays; undefined takes an optional input away", () => {
	const args: { size: string; tags?: string[] | undefined } = { size: "small", tags: ["a"] };
	expect(transformed(() => ({ size: "large" }), args, "x")).toEqual({ size: "large", tags: ["a"] });
	expect(transformed(() => ({ tags: undefined }), args, "x")).toEqual({ size: "small", tags: undefined });
	expect(transformed(undefined, args, "x")).toBe(args);
});

import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { Droplet } from "@pulumi/digitalocean/droplet.js";
import { getRegionsOutput } from "@pulumi/digitalocean/getRegions.js";
import { Vpc } from "@pulumi/digitalocean/vpc.js";
import { CustomResource, type CustomResourceOptions, output, secret } from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DesiredState } from "../../src/changes/desired.ts";
import { BugError, problem, UserError } from "../../src/errors.ts";
import { buildModel, modelOf } from "../../src/model/buildModel.ts";
import { LADDER } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { ref, resource } from "../builders/desired.ts";

/** A resource of a provider the program does not use. */
class Stranger extends CustomResource {
	constructor() {
		super("random:index/randomId:RandomId", "stranger", {});
	}
}

const PLAIN = { domains: [], secretNames: [] };

describe("the model", () => {
	// The runner fails a run on any rejection nobody handled, also on one that is the point of a test: those are
	// collected here in its stead.
	const rejections: unknown[] = [];
	const onRejection = (reason: unknown) => rejections.push(reason);
	let others: NodeJS.UnhandledRejectionListener[] = [];
	beforeEach(() => {
		rejections.length = 0;
		others = process.listeners("unhandledRejection");
		process.removeAllListeners("unhandledRejection");
		process.on("unhandledRejection", onRejection);
	});
	afterEach(async () => {
		await new Promise((resolve) => setImmediate(resolve));
		process.off("unhandledRejection", onRejection);
		for (const other of others) process.on("unhandledRejection", other);
	});

	test("gives the same bytes for the same input, one after the other and at once", async () => {
		const build = () => buildModel(stackInput(LADDER.balanced), NAMES);
		const first = await build();
		const [second, third] = await Promise.all([build(), build()]);
		expect(JSON.stringify(second)).toBe(JSON.stringify(first));
		expect(JSON.stringify(third)).toBe(JSON.stringify(first));
	});

	test("keeps two stacks apart that are built at once", async () => {
		const [small, large] = await Promise.all([
			buildModel(stackInput(LADDER.single), { stack: "dev", project: "tierstack" }),
			buildModel(stackInput(LADDER.kubernetes), { stack: "live", project: "shop" }),
		]);
		expect(small.resources.every(({ urn }) => urn.startsWith("urn:pulumi:dev::tierstack::"))).toBe(true);
		expect(large.resources.every(({ urn }) => urn.startsWith("urn:pulumi:live::shop::"))).toBe(true);
		expect(small.resources.map(({ name }) => name)).not.toContain("app-cluster");
	});

	test("does not know whether it runs in a preview", async () => {
		for (const blueprint of Object.values(LADDER)) {
			const input = stackInput(blueprint, { config: { domains: ["example.com"] } });
			const [real, preview] = [await buildModel(input, NAMES, false), await buildModel(input, NAMES, true)];
			expect(preview.resources).toEqual(real.resources);
		}
	});

	test("writes URNs as the engine does: all parents' types but the stack's", async () => {
		const state = await buildModel(stackInput(LADDER.split), NAMES);
		expect(resource(state, "database", "DatabaseCluster").urn).toBe(
			"urn:pulumi:prod::tierstack::tierstack:digitalocean:Database$digitalocean:index/databaseCluster:DatabaseCluster::database",
		);
		expect(state.resources.map(({ urn }) => urn)).toEqual(state.resources.map(({ urn }) => urn).toSorted());
	});

	test("shows the number of a droplet as the reference it stands for", async () => {
		const state = await buildModel(stackInput(LADDER.single), NAMES);
		const attachment = resource(state, "data-attachment", "VolumeAttachment");
		expect(attachment.inputs).toEqual({ dropletId: ref("app-1", "id"), volumeId: ref("data", "id") });
		expect(JSON.stringify(state)).not.toMatch(/90071\d{11}/);
	});

	test("masks secrets, and still tells two of them apart", async () => {
		const withSecret = (name: string) =>
			buildModel(
				stackInput(LADDER.single, {
					config: {
						alerts: { email: [], slack: { channel: "#ops", urlSecret: name }, webhook: null },
						secretNames: ["hookA", "hookB"],
					},
				}),
				NAMES,
			);
		const [one, same, other] = [await withSecret("hookA"), await withSecret("hookA"), await withSecret("hookB")];
		const alerts = (state: DesiredState) =>
			resource(state, "monitoring-host-cpu-warning", "MonitorAlert").inputs.alerts;
		expect(JSON.stringify(alerts(one))).toContain('"[secret]"');
		expect(JSON.stringify(one)).not.toContain("secrets.hookA");
		expect(alerts(same)).toEqual(alerts(one));
		expect(alerts(other)).not.toEqual(alerts(one));
	});

	test("refuses a resource of a provider it does not know", async () => {
		const build = modelOf(() => ({ made: new Stranger().id }), PLAIN, NAMES);
		await expect(build).rejects.toThrow(BugError);
		expect(rejections).toEqual([]);
	});

	test("refuses a lookup it does not know", async () => {
		const build = modelOf(() => ({ regions: getRegionsOutput().apply(() => "found") }), PLAIN, NAMES);
		await expect(build).rejects.toThrow("getRegions");
		expect(rejections).toEqual([]);
	});

	test("passes on what the program throws, and builds the next stack as if nothing had been", async () => {
		const sorry = new UserError([problem("no such thing")]);
		const broken = modelOf(
			() => {
				new Vpc("network", { region: "fra1" });
				throw sorry;
			},
			PLAIN,
			NAMES,
		);
		await expect(broken).rejects.toBe(sorry);
		const next = await buildModel(stackInput(LADDER.single), NAMES);
		expect(next.resources.length).toBeGreaterThan(20);
		expect(rejections).toEqual([]);
	});

	test("passes on what a value throws late, and builds the next stack", async () => {
		const broken = modelOf(
			() => {
				const region = output("fra1").apply((): string => {
					throw new UserError([problem("too late")]);
				});
				return { id: new Droplet("app-1", { region, size: "s-1vcpu-1gb", image: "ubuntu-24-04-x64" }).id };
			},
			PLAIN,
			NAMES,
		);
		await expect(broken).rejects.toThrow("too late");
		const next = await buildModel(stackInput(LADDER.single), NAMES);
		expect(next.resources.length).toBeGreaterThan(20);
	});

	test("leaves errors and Pulumi's runtime as they were, whether it ends well or not", async () => {
		const borrowed = () =>
			[
				[Error, "stackTraceLimit"] as const,
				[rpc, "transferProperties"] as const,
				[debuggable, "debuggablePromise"] as const,
				[struct.Struct, "fromJavaScript"] as const,
			].map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
		const before = borrowed();
		await buildModel(stackInput(LADDER.single), NAMES);
		expect(borrowed()).toEqual(before);
		await expect(modelOf(() => ({ made: new Stranger().id }), PLAIN, NAMES)).rejects.toThrow(BugError);
		expect(borrowed()).toEqual(before);
		expect(new Error("outside").stack).toContain("buildModel.test.ts");
	});

	test("says of a program that waits for ever that it does, instead of ending without a word", async () => {
		const hanging = modelOf(() => ({ never: output(new Promise<string>(() => undefined)) }), PLAIN, NAMES);
		// Node says so when nothing is left to do; the runner always has something.
		const waiting = process.listeners("beforeExit");
		const end = setInterval(() => {
			for (const each of process.listeners("beforeExit")) if (!waiting.includes(each)) each(0);
		}, 10);
		await expect(hanging).rejects.toThrow("never comes");
		clearInterval(end);
		const next = await buildModel(stackInput(LADDER.single), NAMES);
		expect(next.resources.length).toBeGreaterThan(20);
	});

	test("knows under what else the engine would find a resource: a former type as any other alias", async () => {
		const state = await modelOf(
			() => {
				const vpc = (name: string, aliases: NonNullable<CustomResourceOptions["aliases"]>) =>
					new Vpc(name, { region: "fra1" }, { aliases });
				vpc("typed", [{ type: "digitalocean:index/net:Net" }]);
				vpc("mixed", [{ type: "digitalocean:index/net:Net" }, { name: "older" }]);
				vpc("late", [{ type: output("digitalocean:index/net:Net") }]);
				return {};
			},
			PLAIN,
			NAMES,
		);
		const aliases = (name: string) =>
			resource(state, name, "Vpc").aliases.map((alias) => {
				const { parenturn, ...said } = JSON.parse(alias);
				return { ...said, parent: parenturn.split("::")[2] };
			});
		const formerType = {
			name: "",
			type: "digitalocean:index/net:Net",
			stack: "",
			project: "",
			parent: "pulumi:pulumi:Stack",
		};
		expect(aliases("typed")).toEqual([formerType]);
		expect(aliases("mixed")).toEqual([formerType, { ...formerType, type: "", name: "older" }]);
		expect(aliases("late")).toEqual(aliases("typed"));
	});

	test("reads an input back as it was sent: whole, secret where it was, hanging on its resource", async () => {
		const state = await modelOf(
			() => {
				const vpc = new Vpc("network", { region: "fra1", description: secret("hidden"), ipRange: "10.0.0.0/16" });
				const host = new Droplet("app-1", {
					region: vpc.region,
					size: "s-1vcpu-1gb",
					image: "ubuntu-24-04-x64",
					tags: ["one", "two"],
				});
				return { description: vpc.description, range: vpc.ipRange, tags: host.tags };
			},
			PLAIN,
			NAMES,
		);
		const network = resource(state, "network", "Vpc");
		expect(resource(state, "app-1", "Droplet").inputs).toMatchObject({ region: "fra1", tags: ["one", "two"] });
		expect(resource(state, "app-1", "Droplet").dependsOn).toEqual([network.urn]);
		expect(state.outputs).toEqual({
			description: network.inputs.description,
			range: "10.0.0.0/16",
			tags: ["one", "two"],
		});
		expect(state.outputs.description).toEqual({ "[secret]": expect.stringMatching(/^[0-9a-f]{16}$/) });
	});

	test("answers what only the cloud can say when it is read: the same thing twice, hanging on its resource, secret where it is", async () => {
		const read: unknown[] = [];
		const state = await modelOf(
			() => {
				const cluster = new DatabaseCluster("database", {
					engine: "pg",
					version: "18",
					size: "db-s-1vcpu-1gb",
					region: "fra1",
					nodeCount: 1,
				});
				read.push(cluster.port, cluster.port);
				const vpc = new Vpc("network", { region: "fra1", description: cluster.host });
				return { password: cluster.password, cidr: vpc.ipRange };
			},
			PLAIN,
			NAMES,
		);
		expect(read[0]).toBe(read[1]);
		const network = resource(state, "network", "Vpc");
		expect(network.inputs).toEqual({ region: "fra1", description: ref("database", "host") });
		expect(network.dependsOn).toEqual([resource(state, "database", "DatabaseCluster").urn]);
		expect(state.outputs).toEqual({
			cidr: ref("network", "ipRange"),
			password: { "[secret]": expect.stringMatching(/^[0-9a-f]{16}$/) },
		});
	});
});

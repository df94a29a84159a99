import { describe, expect, test } from "vitest";
import type { StackConfig } from "../../../src/config/stackConfig.ts";
import { buildModel } from "../../../src/model/buildModel.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import { LADDER } from "../../builders/blueprint.ts";
import { NAMES, stackInput } from "../../builders/config.ts";
import { resourcesOf } from "../../builders/desired.ts";

const domains = ["example.com"];
const build = (of: Blueprint, config: Partial<StackConfig> = {}) => buildModel(stackInput(of, { config }), NAMES);
const notes = async (of: Blueprint, config: Partial<StackConfig> = {}) =>
	JSON.stringify((await build(of, config)).outputs.notes);
const unwatched = async (of: Blueprint) => JSON.stringify((await build(of)).outputs.notWatched);

describe("what is not watched is printed", () => {
	test("load of the hosts, and what only a load balancer measures, on a single host", async () => {
		const told = await unwatched(LADDER.single);
		for (const said of ["load of the hosts", "response time: only a load balancer", "error rate: only a load balancer"])
			expect(told).toContain(said);
		expect(told).not.toMatch(/replica lag|cache hits/);
	});

	test("replica lag and cache hits where there are replicas and a cache", async () => {
		const told = await unwatched(LADDER.autoscaled);
		expect(told).toContain("replica lag: no alarm for it exists");
		expect(told).toContain("cache hits: no alarm for them exists");
	});

	test("response time and errors behind a balancer, where the plan names no level for them", async () => {
		const { settings } = LADDER.balanced;
		const silent = Object.entries(settings).filter(([key]) => !/responseMs|errorPercent/.test(key));
		const told = await unwatched({ ...LADDER.balanced, settings: Object.fromEntries(silent) });
		expect(told).toContain("response time: the plan names no level for it");
		expect(told).toContain("error rate: the plan names no level for it");
	});
});

describe("what is not there is said after each update", () => {
	test("names that users reach in the clear, and how to close that", async () => {
		expect(await notes(LADDER.balanced, { domains, edge: "none" })).toContain("so users get plain HTTP");
		expect(await notes(LADDER.balanced, { domains, edge: "cloudflare" })).toContain("plain HTTP goes on from there");
		const own = { domains, edge: "none", secretNames: ["tlsCertificate", "tlsPrivateKey"] } as const;
		for (const config of [{ domains }, own, {}]) expect(await notes(LADDER.balanced, config)).not.toContain("HTTP");
		expect(await notes(LADDER.single, { domains, edge: "none" })).not.toContain("HTTP");
	});

	test("the name that the CDN serves under", async () => {
		expect(await notes(LADDER.autoscaled, { domains })).toContain("cdn: files come under the provider's own name");
		expect(await notes(LADDER.autoscaled)).not.toContain("cdn:");
	});

	test("logs and limits that a host's own programs would keep, in a cluster", async () => {
		const logs = { host: "logs.example.com", port: 6514 };
		const settings = { ...LADDER.kubernetes.settings, "web.bodySizeMib": 100 };
		const told = await notes({ ...LADDER.kubernetes, settings }, { logs });
		expect(told).toContain("logs: pods send none to logs.example.com");
		expect(told).toContain("web.bodySizeMib of the plan");
		expect(await notes(LADDER.balanced, { logs })).not.toContain("logs:");
	});
});

test("everything that takes tags carries the stack's, so that the bill can be told apart", async () => {
	const taking = ["Droplet", "Volume", "DatabaseCluster", "DatabaseReplica", "KubernetesNodePool", "VolumeSnapshot"];
	const own = ["tierstack", "tierstack:shop:prod"];
	const states = await Promise.all(Object.values(LADDER).map((each) => build(each)));
	for (const state of states) {
		for (const kind of taking)
			for (const { name, inputs } of resourcesOf(state, kind).filter(({ custom }) => custom))
				expect(inputs.tags, name).toEqual(expect.arrayContaining(own));
		for (const { inputs } of resourcesOf(state, "DropletAutoscale"))
			expect(inputs.dropletTemplate).toMatchObject({ tags: expect.arrayContaining(own) });
		for (const { inputs } of resourcesOf(state, "KubernetesCluster"))
			expect(inputs).toMatchObject({
				tags: expect.arrayContaining(own),
				nodePool: { tags: expect.arrayContaining(own) },
			});
	}
});

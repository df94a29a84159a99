import { beforeAll, describe, expect, test } from "vitest";
import type { DesiredResource, DesiredState } from "../../../src/changes/desired.ts";
import { resource, resourcesOf } from "../../builders/desired.ts";
import { climb, LADDERS } from "./built.ts";

/** Custom resources of these kinds of the cloud's own. */
function cloud(state: DesiredState, ...kinds: readonly string[]): readonly DesiredResource[] {
	return state.resources.filter(({ type, custom }) => custom && kinds.some((kind) => type === `aws:${kind}`));
}

/** Policies among the inputs, as their statements. */
function statementsOf({ inputs }: DesiredResource): readonly Record<string, unknown>[] {
	return [inputs.policy, inputs.assumeRolePolicy]
		.filter((text) => typeof text === "string")
		.flatMap((text) => JSON.parse(text).Statement);
}

/** What holds data, by type: these may never be replaced or deleted by a promotion. */
const STATEFUL = [
	"rds/instance:Instance",
	"rds/cluster:Cluster",
	"ebs/volume:Volume",
	"s3/bucket:Bucket",
	"elasticache/replicationGroup:ReplicationGroup",
	"sqs/queue:Queue",
];

test("every tier of every ladder finds its place on this cloud", () => {
	expect(LADDERS.map(({ name, sized }) => [name, sized.length])).toEqual([
		["billify", 3],
		["django", 5],
		["opex-manager", 4],
		["plotpro", 3],
		["wizamart", 6],
	]);
});

describe.each(LADDERS)("$name", ({ sized }) => {
	let built: readonly { readonly tier: string; readonly state: DesiredState }[] = [];
	beforeAll(async () => {
		built = await climb(sized);
	}, 60_000);

	test("every tier can be built, and runs the application somewhere", () => {
		for (const { tier, state } of built) {
			const places = cloud(state, "ec2/instance:Instance", "autoscaling/group:Group", "eks/nodeGroup:NodeGroup");
			expect(places.length, tier).toBeGreaterThan(0);
		}
	});

	test("a machine's metadata answers version 2 only, one hop far, and its disks are encrypted from birth", () => {
		for (const { tier, state } of built) {
			const machines = cloud(state, "ec2/instance:Instance", "ec2/launchTemplate:LaunchTemplate");
			expect(machines.length, tier).toBeGreaterThan(0);
			for (const { name, inputs } of machines) {
				expect(inputs.metadataOptions, `${tier} ${name}`).toEqual({
					httpEndpoint: "enabled",
					httpTokens: "required",
					httpPutResponseHopLimit: 1,
				});
				const disk = JSON.stringify(inputs.rootBlockDevice ?? inputs.blockDeviceMappings);
				expect(disk, `${tier} ${name}`).toMatch(/"encrypted":"?true/);
				expect(disk, `${tier} ${name}`).toContain('"volumeType":"gp3"');
			}
			for (const volume of cloud(state, "ebs/volume:Volume")) expect(volume.inputs.encrypted, tier).toBe(true);
		}
	});

	test("no machine is born from whatever is newest: all take the one image the stack chose", () => {
		for (const { tier, state } of built) {
			for (const { inputs } of cloud(state, "ec2/instance:Instance")) {
				expect(resource(state, "app-image", "Parameter").ignoreChanges, tier).toEqual(["insecureValue"]);
				expect(inputs.ami).toBe(resource(state, "app-image", "Parameter").inputs.insecureValue);
			}
		}
	});

	test("user data is the same, byte by byte, in all tiers, and holds no credential", () => {
		const births = new Map<string, Set<string>>();
		for (const { state } of built) {
			for (const { name, inputs } of cloud(state, "ec2/instance:Instance", "ec2/launchTemplate:LaunchTemplate")) {
				if (inputs.userData === undefined) continue;
				births.set(name, (births.get(name) ?? new Set()).add(JSON.stringify(inputs.userData)));
			}
		}
		for (const [name, seen] of births) {
			expect(seen.size, name).toBe(1);
			expect([...seen].join()).not.toContain("[secret]");
		}
	});

	test("no database is public, nothing but the doors and the hosts' own ports is open to everybody", () => {
		for (const { tier, state } of built) {
			for (const { name, inputs } of cloud(state, "rds/instance:Instance", "rds/clusterInstance:ClusterInstance")) {
				expect(inputs.publiclyAccessible ?? false, `${tier} ${name}`).toBe(false);
			}
			const balanced = cloud(state, "lb/loadBalancer:LoadBalancer").length > 0;
			for (const { name, inputs } of cloud(state, "vpc/securityGroupIngressRule:SecurityGroupIngressRule")) {
				if (inputs.cidrIpv4 !== "0.0.0.0/0") continue;
				expect([80, 443], `${tier} ${name}`).toContain(inputs.fromPort);
				expect(inputs.toPort, `${tier} ${name}`).toBe(inputs.fromPort);
				expect(name, tier).toMatch(balanced ? /^load-balancer-/ : /^network-hosts-/);
			}
		}
	});

	test("rules are resources that name their group: no group has inline ones", () => {
		for (const { tier, state } of built) {
			for (const { name, inputs } of cloud(state, "ec2/securityGroup:SecurityGroup")) {
				expect(Object.keys(inputs), `${tier} ${name}`).not.toContain("ingress");
				expect(Object.keys(inputs), `${tier} ${name}`).not.toContain("egress");
			}
		}
	});

	test("rights name what they are about: no action and no resource is everything", () => {
		for (const { tier, state } of built) {
			for (const policy of cloud(state, "iam/rolePolicy:RolePolicy", "iam/userPolicy:UserPolicy")) {
				for (const statement of statementsOf(policy)) {
					expect(statement.Effect).toBe("Allow");
					const actions = [statement.Action].flat();
					expect(actions.length, `${tier} ${policy.name}`).toBeGreaterThan(0);
					for (const action of actions) expect(action, `${tier} ${policy.name}`).not.toMatch(/\*/);
					for (const about of [statement.Resource].flat()) expect(about, `${tier} ${policy.name}`).not.toBe("*");
				}
			}
		}
	});

	test("subnets and their ranges are the same in all tiers, so that no promotion replaces what stands in them", () => {
		const seen = new Map<string, Set<string>>();
		for (const { state } of built) {
			for (const { name, inputs } of cloud(state, "ec2/subnet:Subnet", "ec2/vpc:Vpc")) {
				seen.set(name, (seen.get(name) ?? new Set()).add(JSON.stringify(inputs)));
			}
		}
		for (const [name, each] of seen) expect(each.size, name).toBe(1);
		expect([...seen.keys()].filter((name) => /^network-(public|private|isolated)-\d$/.test(name))).toHaveLength(9);
	});

	test("a host stays the machine it is through every move that keeps it", () => {
		for (const [index, { tier, state }] of built.entries()) {
			const before = built[index - 1]?.state;
			for (const host of cloud(state, "ec2/instance:Instance")) {
				const old = before?.resources.find(({ urn }) => urn === host.urn);
				if (old === undefined) continue;
				const kept = Object.keys(host.inputs).filter(
					(key) =>
						!["instanceType", "rootBlockDevice"].includes(key) &&
						JSON.stringify(host.inputs[key]) !== JSON.stringify(old.inputs[key]),
				);
				expect(
					kept.filter((key) => !host.ignoreChanges.includes(key)),
					`${tier} ${host.name}`,
				).toEqual([]);
			}
		}
	});

	test("what holds data is protected, and stays when a tier no longer asks for it", () => {
		for (const [index, { tier, state }] of built.entries()) {
			const names = new Set(state.resources.map(({ urn }) => urn));
			for (const old of cloud(built[index - 1]?.state ?? state, ...STATEFUL)) {
				if (old.protect) expect(names.has(old.urn), `${old.name} in ${tier}`).toBe(true);
			}
		}
	});

	test("no promotion moves a URN", () => {
		const urns = new Map<string, Set<string>>();
		for (const { state } of built) {
			for (const { name, type, urn } of state.resources) {
				urns.set(`${type} ${name}`, (urns.get(`${type} ${name}`) ?? new Set()).add(urn));
			}
		}
		for (const [key, seen] of urns) expect(seen.size, key).toBe(1);
	});

	test("names hold no tier, no size and no region", () => {
		for (const { tier, state } of built) {
			const skus = sized
				.flatMap(({ components }) => components.map(({ sku }) => sku))
				.filter((sku) => sku.includes("."));
			for (const { name } of state.resources) {
				for (const word of [tier, "us-east-1", "us-west-2", ...skus]) {
					expect(name.split(/[-.]/).join(" "), name).not.toMatch(new RegExp(`\\b${word.replaceAll(/[-.]/g, " ")}\\b`));
				}
			}
		}
	});

	test("no secret stands in the open", () => {
		for (const { tier, state } of built) {
			const open = JSON.stringify(state);
			for (const word of ["password.drawn", "app-key.secret"]) expect(open, tier).not.toContain(word);
			for (const { inputs } of cloud(state, "secretsmanager/secretVersion:SecretVersion")) {
				expect(Object.keys(Object(inputs.secretString)), tier).toEqual(["[secret]"]);
			}
		}
	});

	test("gateways are as many as the plan pays for", () => {
		for (const [index, { tier, state }] of built.entries()) {
			const planned = sized[index]?.components.find(({ name }) => name === "network")?.settings.natGateways;
			expect(resourcesOf(state, "NatGateway").length, tier).toBe(planned);
		}
	});
});

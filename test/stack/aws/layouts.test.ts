import { beforeAll, describe, expect, test } from "vitest";
import type { DesiredState } from "../../../src/changes/desired.ts";
import { names, ref, resource, resourcesOf } from "../../builders/desired.ts";
import { build, tierOf } from "./built.ts";

const own = (state: DesiredState, kind: string) => resourcesOf(state, kind).filter(({ custom }) => custom);
const app = { compose: null, registry: null, port: 8000, healthPath: "/health", sticky: false, env: {}, processes: {} };

describe("a single host", () => {
	let state: DesiredState;
	beforeAll(async () => {
		state = await build(tierOf("wizamart", "starter"));
	}, 60_000);

	test("has an address that outlives it, and the domain points there", () => {
		expect(resource(state, "network-address-assignment", "EipAssociation")).toMatchObject({
			deleteBeforeReplace: true,
			inputs: { allocationId: ref("network-address", "allocationId"), instanceId: ref("app-1", "id") },
		});
		expect(resource(state, "dns-example.com", "Record").inputs).toMatchObject({
			type: "A",
			records: [ref("network-address", "publicIp")],
		});
	});

	test("stands in a public subnet: no gateway is paid for, and its group lets visitors in on two ports", () => {
		expect(own(state, "NatGateway")).toEqual([]);
		expect(resource(state, "network-private-1-out", "Route").inputs.gatewayId).toBe(ref("network-gateway", "id"));
		expect(own(state, "SecurityGroupIngressRule").map(({ inputs }) => [inputs.fromPort, inputs.cidrIpv4])).toEqual(
			expect.arrayContaining([
				[80, "0.0.0.0/0"],
				[443, "0.0.0.0/0"],
			]),
		);
	});

	test("keeps its data on a volume in its own zone, found by its id", async () => {
		expect(resource(state, "data", "Volume")).toMatchObject({
			protect: true,
			inputs: { type: "gp3", encrypted: true, availabilityZone: "us-east-1a" },
		});
		expect(resource(state, "data-attachment", "VolumeAttachment")).toMatchObject({
			deleteBeforeReplace: true,
			inputs: { instanceId: ref("app-1", "id"), volumeId: ref("data", "id") },
		});
	});

	test("is born after its settings, and reads them by its role: no port and no key for people", () => {
		const host = resource(state, "app-1", "Instance");
		expect(host.inputs.iamInstanceProfile).toBe(ref("app-profile", "name"));
		expect(host.inputs).not.toHaveProperty("keyName");
		const waited = host.dependsOn.map((urn) => urn.split("::").at(-1));
		expect(waited).toEqual(expect.arrayContaining(["settings-app-host-value", "app-rights"]));
		const rights = JSON.parse(String(resource(state, "app-rights", "RolePolicy").inputs.policy));
		expect(rights.Statement[0]).toEqual({
			Sid: "ReadSettings",
			Effect: "Allow",
			Action: ["secretsmanager:GetSecretValue"],
			Resource: ["secrets", "settings", "host"].map((document) => ref(`settings-app-${document}`, "arn")),
		});
		expect(resource(state, "settings-app-host", "Secret").inputs.name).toBe("tierstack/prod/app/host.json");
		expect(resource(state, "app-role-session", "RolePolicyAttachment").inputs.policyArn).toMatch(/SSMManaged/);
	});

	test("dumps by its role into its own folder, and the word that opens the dumps is guarded like them", () => {
		const rights = JSON.parse(String(resource(state, "app-rights", "RolePolicy").inputs.policy));
		expect(rights.Statement.at(-1)).toMatchObject({ Resource: `${ref("backups", "arn")}/prod/*` });
		expect(resource(state, "app-seed", "Secret").protect).toBe(true);
		expect(resource(state, "app-seed-value", "SecretVersion").ignoreChanges).toEqual(["secretString"]);
	});

	test("opens port 22 to the ranges that are named, and to nobody when none is", async () => {
		const ssh = own(state, "SecurityGroupIngressRule").filter(({ inputs }) => inputs.fromPort === 22);
		expect(ssh.map(({ inputs }) => inputs.cidrIpv4)).toEqual(["203.0.113.7/32"]);
		const closed = await build(tierOf("wizamart", "starter"), {
			config: { access: { sshKeys: [], sshFrom: [] } },
		});
		expect(own(closed, "SecurityGroupIngressRule").some(({ inputs }) => inputs.fromPort === 22)).toBe(false);
	});

	test("has workers beside it that reach the internet too, though no gateway is there to take them", async () => {
		const alone = tierOf("wizamart", "small");
		const [host] = alone.components.filter(({ role, name }) => role === "app" && name === "app");
		if (host === undefined) throw new Error("wizamart small has no host");
		const worker = { ...host, name: "worker", count: { min: 1, max: 1 } };
		const apart = await build({ ...alone, components: [...alone.components, worker] });
		expect(resource(apart, "worker-1", "Instance")).toMatchObject({ inputs: { associatePublicIpAddress: true } });
		expect(resource(apart, "app-1", "Instance").inputs).not.toHaveProperty("associatePublicIpAddress");
		expect(resource(apart, "worker-1", "Instance").ignoreChanges).toContain("associatePublicIpAddress");
	});

	test("says that a responder answers while no image is named", () => {
		expect(state.outputs.notes).toContain("app: no image is named (tierstack:app), so a built-in responder answers");
	});
});

describe("hosts behind a balancer", () => {
	let state: DesiredState;
	beforeAll(async () => {
		state = await build(tierOf("wizamart", "large"));
	}, 60_000);

	test("go round the zones, and only the balancer reaches them", () => {
		expect(own(state, "Instance").map(({ name, inputs }) => [name, inputs.subnetId])).toEqual(
			expect.arrayContaining([
				["app-1", ref("network-private-1", "id")],
				["app-2", ref("network-private-2", "id")],
			]),
		);
		const openings = own(state, "SecurityGroupIngressRule").filter(
			({ inputs }) => inputs.securityGroupId === ref("network-hosts", "id") && inputs.fromPort !== 22,
		);
		expect(openings.map(({ inputs }) => [inputs.fromPort, inputs.referencedSecurityGroupId])).toEqual([
			[80, ref("load-balancer-group", "id")],
		]);
	});

	test("the balancer speaks HTTPS by a certificate that Route 53 proves, and sends plain HTTP on to it", () => {
		expect(resource(state, "load-balancer-https", "Listener").inputs).toMatchObject({
			port: 443,
			protocol: "HTTPS",
			sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
			certificateArn: ref("load-balancer-certificate", "arn"),
		});
		expect(resource(state, "load-balancer-http", "Listener").inputs.defaultActions).toEqual([
			{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
		]);
		expect(resource(state, "load-balancer-certificate-www.example.com", "Record").inputs).toMatchObject({
			zoneId: "example.com",
			type: "CNAME",
			allowOverwrite: true,
		});
	});

	test("the balancer drops broken headers, logs each request, and holds quiet connections as long as the plan says", async () => {
		expect(resource(state, "load-balancer", "LoadBalancer").inputs).toMatchObject({
			dropInvalidHeaderFields: true,
			internal: false,
			accessLogs: { bucket: ref("load-balancer-logs", "bucket"), enabled: true, prefix: "requests" },
		});
		const patient = await build(tierOf("opex-manager", "medium"));
		expect(resource(patient, "load-balancer", "LoadBalancer").inputs.idleTimeout).toBe(120);
	});

	test("the names of balancers and groups of targets are ones that AWS takes", () => {
		for (const { inputs } of [...own(state, "LoadBalancer"), ...own(state, "TargetGroup")]) {
			expect(String(inputs.name)).toMatch(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/);
		}
	});

	test("with an edge of somebody else's only the edge reaches the balancer", async () => {
		const behind = await build(tierOf("wizamart", "large"), { config: { edge: "cloudflare" } });
		const ranges = own(behind, "SecurityGroupIngressRule")
			.filter(({ name }) => name.startsWith("load-balancer-80-from-"))
			.map(({ inputs }) => inputs.cidrIpv4);
		expect(ranges).toContain("173.245.48.0/20");
		expect(ranges).not.toContain("0.0.0.0/0");
		expect(names(behind).filter((name) => name.startsWith("dns-"))).toEqual([]);
		expect(behind.outputs.recordsManaged).toBe(false);
	});

	test("one's own certificate is taken as it is", async () => {
		const mine = await build(tierOf("wizamart", "large"), {
			config: { edge: "none", secretNames: ["tlsCertificate", "tlsPrivateKey"] },
		});
		const { inputs } = resource(mine, "load-balancer-certificate", "Certificate");
		expect(Object.keys(inputs)).toEqual(expect.arrayContaining(["certificateBody", "privateKey"]));
		expect(inputs.privateKey).toHaveProperty("[secret]");
	});

	test("the application has a key for its bucket and for nothing else", () => {
		const rights = JSON.parse(String(resource(state, "app-user-rights", "UserPolicy").inputs.policy));
		expect(rights.Statement.map(({ Resource }: { Resource: string }) => Resource)).toEqual([
			ref("files", "arn"),
			`${ref("files", "arn")}/*`,
		]);
	});
});

describe("a group that follows the load", () => {
	test("never waits for the application, gives members time to start, and exchanges them a few at a time", async () => {
		const state = await build(tierOf("django", "1m"));
		const { inputs, dependsOn } = resource(state, "app-pool", "Group");
		expect(inputs).toMatchObject({
			minSize: 5,
			maxSize: 10,
			waitForCapacityTimeout: "0",
			healthCheckType: "ELB",
			healthCheckGracePeriod: 390,
			instanceRefresh: { strategy: "Rolling" },
			vpcZoneIdentifiers: [ref("network-private-1", "id"), ref("network-private-2", "id")],
			targetGroupArns: [ref("load-balancer-hosts", "arn")],
		});
		expect(inputs).not.toHaveProperty("desiredCapacity");
		expect(dependsOn.some((urn) => urn.endsWith("::settings-app-host-value"))).toBe(true);
		expect(resource(state, "app-pool-scaling", "Policy").inputs).toMatchObject({
			policyType: "TargetTrackingScaling",
			targetTrackingConfiguration: { targetValue: 70 },
		});
		expect(own(state, "Instance").map(({ name }) => name)).toEqual(expect.arrayContaining(["worker-1", "worker-2"]));
	});
});

describe("a cluster", () => {
	let state: DesiredState;
	beforeAll(async () => {
		state = await build(tierOf("opex-manager", "enterprise"), { config: { app: { ...app, image: "example/app:1" } } });
	}, 60_000);

	test("answers named ranges only, logs who asked what, and is not kept on old versions", () => {
		expect(resource(state, "app-cluster", "Cluster").inputs).toMatchObject({
			name: "opex-manager-prod-cluster",
			accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
			enabledClusterLogTypes: ["api", "audit", "authenticator"],
			upgradePolicy: { supportType: "STANDARD" },
			vpcConfig: { endpointPrivateAccess: true, publicAccessCidrs: ["203.0.113.7/32"] },
		});
		expect(resource(state, "app-cluster-admin-rights", "AccessPolicyAssociation").inputs.principalArn).toBe(
			ref("caller", "issuerArn"),
		);
	});

	test("exchanges its machines in place: their size is in a template, not in the group", () => {
		const { inputs, ignoreChanges } = resource(state, "app-workers", "NodeGroup");
		expect(inputs).not.toHaveProperty("instanceTypes");
		expect(inputs.updateConfig).toEqual({ maxUnavailablePercentage: 25 });
		expect(ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
		expect(resource(state, "app-workers-template", "LaunchTemplate").inputs.instanceType).toBe("t3a.2xlarge");
	});

	test("takes traffic on its nodes, and its pods act as a role of their own, without a key", () => {
		expect(resource(state, "app-workers-target", "Attachment").inputs.lbTargetGroupArn).toBe(
			ref("load-balancer-nodes", "arn"),
		);
		expect(resource(state, "load-balancer-nodes", "TargetGroup").inputs.port).toBe(30080);
		expect(resource(state, "app-pods-identity", "PodIdentityAssociation").inputs).toMatchObject({
			namespace: "app",
			serviceAccount: "default",
			roleArn: ref("app-pods-role", "arn"),
		});
		expect(own(state, "AccessKey")).toEqual([]);
		expect(resource(state, "app-process-web", "Deployment").inputs).toBeDefined();
		const waited = resource(state, "app-namespace", "Namespace").dependsOn.map((urn) => urn.split("::").at(-1));
		expect(waited).toEqual(expect.arrayContaining(["app-pods-identity", "app-cluster-coredns"]));
	});

	test("has a firewall with AWS's own rules and a rate, which lets large uploads pass", () => {
		const { rules } = resource(state, "load-balancer-firewall", "WebAcl").inputs;
		const text = JSON.stringify(rules);
		expect(text).toContain('"name":"AWSManagedRulesCommonRuleSet"');
		expect(text).toContain('"name":"AWSManagedRulesKnownBadInputsRuleSet"');
		expect(text).toContain('{"actionToUse":{"count":{}},"name":"SizeRestrictions_BODY"}');
		expect(text).toContain('"rateBasedStatement":{"aggregateKeyType":"IP"');
		expect(resource(state, "load-balancer-firewall-association", "WebAclAssociation").inputs.resourceArn).toBe(
			ref("load-balancer", "arn"),
		);
	});

	test("has a second door with addresses that stay, behind the same firewall", () => {
		expect(resource(state, "load-balancer-fixed", "LoadBalancer").inputs.loadBalancerType).toBe("network");
		expect(resource(state, "load-balancer-fixed-443-target", "TargetGroupAttachment").inputs.targetId).toBe(
			ref("load-balancer", "arn"),
		);
	});

	test("logs connections where the plan asks for it", async () => {
		expect(resource(state, "network-flow-log", "FlowLog").inputs.trafficType).toBe("ALL");
		expect(names(await build(tierOf("opex-manager", "medium")))).not.toContain("network-flow-log");
	});

	test("stands by in a second region: a network beside the first, a door, and names that fail over to it", () => {
		expect(resource(state, "network-secondary", "Vpc").inputs).toMatchObject({
			region: "us-west-2",
			cidrBlock: "10.1.0.0/16",
		});
		for (const { name, type, inputs } of state.resources) {
			const regional = type.startsWith("aws:") && !/iam|route53/.test(type);
			if (/^(network|load-balancer|database)-secondary/.test(name) && regional) {
				expect(inputs.region, name).toBe("us-west-2");
			}
		}
		expect(resource(state, "dns-first-example.com", "Record").inputs).toMatchObject({
			name: "tierstack-entry.example.com",
			failoverRoutingPolicies: [{ type: "PRIMARY" }],
			aliases: [{ name: ref("load-balancer", "dnsName"), evaluateTargetHealth: true }],
		});
		expect(resource(state, "dns-second-example.com", "Record").inputs).toMatchObject({
			failoverRoutingPolicies: [{ type: "SECONDARY" }],
			aliases: [{ name: ref("load-balancer-secondary", "dnsName") }],
		});
		expect(resource(state, "dns-example.com", "Record").inputs).not.toHaveProperty("setIdentifier");
	});
});

test("another release of the system is a new choice: the image is chosen again, and every host shows it", async () => {
	const before = await build(tierOf("wizamart", "large"));
	const other = { ...tierOf("wizamart", "large") };
	const components = other.components.map((each) =>
		each.settings.image === undefined
			? each
			: { ...each, settings: { ...each.settings, image: "/aws/service/canonical/other/ami-id" } },
	);
	const after = await build({ ...other, components });
	const chosen = resource(after, "app-image", "Parameter");
	expect(chosen.replaceOnChanges).toEqual(["description"]);
	expect(chosen.inputs.description).not.toBe(resource(before, "app-image", "Parameter").inputs.description);
	for (const slot of ["app-1", "app-2"]) {
		expect(resource(after, slot, "Instance").inputs.ami).toBe(ref("image", "/aws/service/canonical/other/ami-id"));
		expect(resource(before, slot, "Instance").inputs.ami).not.toBe(resource(after, slot, "Instance").inputs.ami);
	}
});

describe("what is kept and what goes", () => {
	const data = tierOf("wizamart", "medium").components.filter(({ name }) => name === "data");

	test("a volume that a tier no longer asks for stays as it is", async () => {
		const state = await build(tierOf("wizamart", "large"), { kept: data });
		expect(resource(state, "data", "Volume").protect).toBe(true);
		expect(names(state)).not.toContain("data-snapshot");
	});

	test("one that retires loses its protection, and a snapshot outlives it", async () => {
		const state = await build(tierOf("wizamart", "large"), { retiring: data });
		expect(resource(state, "data", "Volume").protect).toBe(false);
		expect(resource(state, "data-snapshot", "Snapshot").retainOnDelete).toBe(true);
	});

	test("with protection of everything the way in is held too, in the engine and in the cloud", async () => {
		const state = await build(tierOf("wizamart", "large"), { config: { protect: "all" } });
		expect(resource(state, "load-balancer", "LoadBalancer")).toMatchObject({
			protect: true,
			inputs: { enableDeletionProtection: true },
		});
		expect(resource(state, "app-1", "Instance").protect).toBe(true);
		expect(resource(state, "app-2", "Instance").protect).toBe(false);
		expect(resource(state, "dns-example.com", "Record").protect).toBe(true);
	});

	test("the server that an earlier tier left stands beside the cluster that takes its place", async () => {
		const server = tierOf("django", "1m").components.filter(
			({ role, name }) => role === "database" && name === "database",
		);
		const state = await build(tierOf("django", "10m"), { kept: server });
		expect(resource(state, "database", "Instance").protect).toBe(true);
		expect(own(state, "Cluster").map(({ name }) => name)).toEqual(expect.arrayContaining(["database-aurora"]));
	});
});

test("a stack's name that does not fit is refused before anything is declared", async () => {
	const { modelOf } = await import("../../../src/model/buildModel.ts");
	const { buildStack, loadBuilder } = await import("../../../src/stack/buildStack.ts");
	const { stackInput } = await import("../../builders/config.ts");
	await loadBuilder("aws");
	const wrong = modelOf(
		() => buildStack(stackInput(tierOf("billify", "mvp"))),
		{ domains: [], secretNames: [] },
		{ stack: "Prod.EU", project: "tierstack" },
	);
	await expect(wrong).rejects.toThrow('the stack\'s name "Prod.EU" gives bucket names with "P"');
});

import { describe, expect, test } from "vitest";
import type { StackConfig } from "../../src/config/stackConfig.ts";
import { UserError } from "../../src/errors.ts";
import { buildModel, modelOf } from "../../src/model/buildModel.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { buildStack } from "../../src/stack/buildStack.ts";
import { CLOUDFLARE_RANGES } from "../../src/stack/cloudflare.ts";
import { hostAlertUrl, secretsOfApp } from "../../src/stack/secrets.ts";
import { LADDER } from "../builders/blueprint.ts";
import { NAMES, stackConfig, stackInput } from "../builders/config.ts";
import { names, ref, resource, resourcesOf } from "../builders/desired.ts";

const build = (of: Blueprint, config: Partial<StackConfig> = {}) => buildModel(stackInput(of, { config }), NAMES);

const EVERYWHERE = { sourceAddresses: ["0.0.0.0/0", "::/0"] };
const OPS = { protocol: "tcp", portRange: "22", sourceAddresses: ["203.0.113.7/32"] };

describe("who reaches the hosts", () => {
	const admitted = async (of: Blueprint, config: Partial<StackConfig> = {}) =>
		resource(await build(of, config), "network-firewall", "Firewall").inputs.inboundRules;

	test("a single host: everybody on 80 and 443, ops on 22", async () => {
		expect(await admitted(LADDER.single)).toEqual([
			OPS,
			{ protocol: "tcp", portRange: "80", ...EVERYWHERE },
			{ protocol: "tcp", portRange: "443", ...EVERYWHERE },
		]);
	});

	test("22 is closed when nobody is named", async () => {
		const rules = await admitted(LADDER.single, { access: { sshKeys: [], sshFrom: [] } });
		expect(JSON.stringify(rules)).not.toContain('"22"');
	});

	test("hosts behind a load balancer: the balancer alone, and only on the port it sends to", async () => {
		const balancer = { sourceLoadBalancerUids: [ref("load-balancer", "id")] };
		expect(await admitted(LADDER.balanced)).toEqual([OPS, { protocol: "tcp", portRange: "80", ...balancer }]);
		expect(await admitted(LADDER.kubernetes)).toEqual([OPS, { protocol: "tcp", portRange: "30080", ...balancer }]);
	});

	test("behind Cloudflare: its ranges alone, at the host or at the balancer", async () => {
		const rules = await admitted(LADDER.single, { edge: "cloudflare", domains: ["example.com"] });
		expect(rules).toEqual([
			OPS,
			{ protocol: "tcp", portRange: "80", sourceAddresses: CLOUDFLARE_RANGES },
			{ protocol: "tcp", portRange: "443", sourceAddresses: CLOUDFLARE_RANGES },
		]);
		const state = await build(LADDER.balanced, { edge: "cloudflare", domains: ["example.com"] });
		// A balancer is reached by IPv4 alone; with an IPv6 range among the rules it sets up none of them.
		const narrow = CLOUDFLARE_RANGES.filter((range) => !range.includes(":"));
		expect(narrow).toHaveLength(15);
		expect(resource(state, "load-balancer", "LoadBalancer").inputs.firewall).toEqual({
			allows: narrow.map((range) => `cidr:${range}`),
		});
	});

	test("no longer behind Cloudflare: the balancer is told to let everybody in, as it would go on with the old ranges", async () => {
		const state = await build(LADDER.balanced, { edge: "provider", domains: ["example.com"] });
		expect(resource(state, "load-balancer", "LoadBalancer").inputs.firewall).toEqual({ allows: ["cidr:0.0.0.0/0"] });
	});

	test("every host carries the tag the firewall goes by, whoever made it", async () => {
		for (const each of Object.values(LADDER)) {
			const state = await build(each);
			const [tag] = [resource(state, "network-firewall", "Firewall").inputs.tags].flat();
			const hosts = ["Droplet", "DropletAutoscale", "KubernetesNodePool", "KubernetesCluster"].flatMap((kind) =>
				resourcesOf(state, kind),
			);
			expect(hosts.length).toBeGreaterThan(0);
			for (const host of hosts) expect(JSON.stringify(host.inputs), host.name).toContain(JSON.stringify(tag));
		}
	});
});

describe("names and certificates", () => {
	const domains = ["example.com", "www.example.com"];

	test("served by the provider: records in a zone that is looked up, a certificate by name, HTTP sent to HTTPS", async () => {
		const state = await build(LADDER.balanced, { domains });
		expect(resource(state, "dns-www.example.com", "DnsRecord").inputs).toMatchObject({
			domain: "example.com",
			name: "www",
			value: ref("load-balancer", "ip"),
		});
		expect(resourcesOf(state, "Domain")).toEqual([]);
		expect(resource(state, "load-balancer-certificate", "Certificate").inputs).toEqual({
			domains,
			type: "lets_encrypt",
		});
		const { inputs } = resource(state, "load-balancer", "LoadBalancer");
		expect(inputs.redirectHttpToHttps).toBe(true);
		expect(inputs.forwardingRules).toContainEqual(
			expect.objectContaining({ entryPort: 443, certificateName: ref("load-balancer-certificate", "name") }),
		);
		expect(state.outputs).toMatchObject({ url: "https://example.com", recordsManaged: true });
	});

	test("served elsewhere: the records are told, and nothing waits for them", async () => {
		const state = await build(LADDER.balanced, { domains, edge: "none" });
		expect(names(state)).not.toContain("dns");
		expect(resourcesOf(state, "Certificate")).toEqual([]);
		expect(state.outputs).toMatchObject({
			url: "http://example.com",
			recordsManaged: false,
			records: domains.map((name) => ({ name, type: "A", value: ref("load-balancer", "ip") })),
		});
	});

	test("one's own certificate comes from the secrets, masked", async () => {
		const secretNames = ["tlsCertificate", "tlsPrivateKey", "tlsChain", "APP_TOKEN"];
		const state = await build(LADDER.balanced, { domains, edge: "none", secretNames });
		const { inputs } = resource(state, "load-balancer-certificate", "Certificate");
		expect(inputs).toMatchObject({ type: "custom", privateKey: { "[secret]": expect.any(String) } });
		expect(state.outputs.url).toBe("https://example.com");
	});

	test("a host that stands alone keeps its address, so the records stay when it is replaced", async () => {
		const state = await build(LADDER.single, { domains });
		expect(resource(state, "dns-example.com", "DnsRecord").inputs.value).toBe(ref("network-address", "ipAddress"));
		expect(resource(state, "network-address-assignment", "ReservedIpAssignment")).toMatchObject({
			deleteBeforeReplace: true,
			inputs: { dropletId: ref("app-1", "id"), ipAddress: ref("network-address", "ipAddress") },
		});
	});

	test("without a domain the address answers", async () => {
		const state = await build(LADDER.single);
		expect(state.outputs.url).toBe(`http://${ref("network-address", "ipAddress")}`);
		expect(names(state)).not.toContain("dns");
	});
});

describe("what the stack file may ask for beside", () => {
	const app = stackConfig().app;

	test("a visitor stays on one host, by a cookie, when the stack file says so", async () => {
		const [kept, free] = await Promise.all([
			build(LADDER.balanced, { app: { ...app, sticky: true } }),
			build(LADDER.balanced, { app }),
		]);
		const sessions = (state: typeof kept) => resource(state, "load-balancer", "LoadBalancer").inputs.stickySessions;
		expect(sessions(kept)).toEqual({ type: "cookies", cookieName: "host", cookieTtlSeconds: 3600 });
		expect(sessions(free)).toEqual({ type: "none" });
	});

	test("hosts post to the team's own address; what the provider cannot send there is said", async () => {
		const config = {
			alerts: { email: ["ops@example.com"], slack: null, webhook: { urlSecret: "PAGER_URL" } },
			secretNames: ["PAGER_URL", "APP_TOKEN"],
		};
		const state = await build(LADDER.single, config);
		expect(state.outputs.notWatched).toContainEqual(expect.stringMatching(/^at the webhook: /));
		expect(hostAlertUrl(stackConfig())).toBeNull();
		expect(secretsOfApp(stackConfig(config))).toEqual(["APP_TOKEN"]);
	});
});

describe("what is refused before anything is declared", () => {
	test("a stack name that gives names the provider does not take", async () => {
		const build = modelOf(
			() => buildStack(stackInput(LADDER.single)),
			{ domains: [], secretNames: [] },
			{ stack: "Prod.EU", project: "tierstack" },
		);
		await expect(build).rejects.toThrow(UserError);
	});
});

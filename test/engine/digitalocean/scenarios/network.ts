import type { Scenario } from "../../cloud/scenario.ts";
import { SAMPLES } from "../lab.ts";

const certificate = { name: "tls", type: "lets_encrypt", domains: ["shop.example"] };

const https = [{ entryProtocol: "https", entryPort: 443, targetProtocol: "http", targetPort: 8080 }];

export const NETWORK_SCENARIOS: readonly Scenario[] = [
	{
		does: "takes a range that another VPC has",
		source: /vpc.yml:68/,
		says: /^422 .*overlaps with another VPC/,
		act: async (lab) => {
			await lab.create("Vpc", { ...SAMPLES.vpc, name: "one", ipRange: "10.1.0.0/16" });
			await lab.create("Vpc", { ...SAMPLES.vpc, name: "two", ipRange: "10.1.240.0/20" });
		},
	},
	{
		does: "deletes a VPC with members",
		source: /while members exist/,
		says: /^403 .*a Droplet is in it/,
		act: async (lab) => {
			const vpc = await lab.create("Vpc", SAMPLES.vpc);
			await lab.create("Droplet", { ...SAMPLES.droplet, vpcUuid: vpc.id });
			await lab.delete(vpc);
		},
	},
	{
		does: "resizes a load balancer in its first hour",
		source: /once an hour/,
		says: /^422 .*resized again in 60 minutes/,
		act: async (lab) => lab.update(await lab.create("LoadBalancer", SAMPLES.loadBalancer), { sizeUnit: 3 }),
	},
	{
		does: "listens on HTTPS without a certificate",
		source: /loadbalancer and certificate/,
		says: /^422 .*https needs a certificate/,
		act: (lab) => lab.create("LoadBalancer", { ...SAMPLES.loadBalancer, forwardingRules: https }),
	},
	{
		does: "names a certificate that is not there",
		source: /certificates are looked up/,
		says: /^404 certificate "none"/,
		act: (lab) =>
			lab.create("LoadBalancer", {
				...SAMPLES.loadBalancer,
				forwardingRules: https.map((rule) => ({ ...rule, certificateName: "none" })),
			}),
	},
	{
		does: "asks for a certificate of a domain held elsewhere",
		source: /certificate.d.ts:108/,
		says: /^422 domain "shop.example"/,
		act: (lab) => lab.create("Certificate", certificate),
	},
	{
		does: "deletes a certificate in use",
		source: /while a load balancer uses it/,
		says: /^403 .*in use/,
		act: async (lab) => {
			lab.account.addDomain("shop.example");
			const tls = await lab.create("Certificate", certificate);
			await lab.create("LoadBalancer", {
				...SAMPLES.loadBalancer,
				forwardingRules: https.map((rule) => ({ ...rule, certificateName: "tls" })),
			});
			await lab.delete(tls);
		},
	},
];

import type { Scenario } from "../../cloud/scenario.ts";
import { Lab, SAMPLES } from "../lab.ts";

const acl = {
	name: "shop",
	defaultAction: { allow: {} },
	visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: true },
};

async function balancer(lab: Lab, changes = {}) {
	const { subnets } = await lab.network();
	return await lab.create("lb.LoadBalancer", { name: "shop", subnets: [...subnets], ...changes });
}

function distribution(certificate: string) {
	return {
		enabled: true,
		origins: [{ originId: "files", domainName: "files.s3.amazonaws.com" }],
		defaultCacheBehavior: {
			targetOriginId: "files",
			viewerProtocolPolicy: "redirect-to-https",
			allowedMethods: ["GET", "HEAD"],
			cachedMethods: ["GET", "HEAD"],
		},
		restrictions: { geoRestriction: { restrictionType: "none" } },
		viewerCertificate: { acmCertificateArn: certificate },
	};
}

export const NETWORK_SCENARIOS: readonly Scenario<Lab>[] = [
	{
		does: "puts a host into a subnet of another region",
		source: /everything referred to exists/,
		says: /^400 .*subnet-[0-9a-f]+ does not exist in eu-central-1/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			await lab.create("ec2.Instance", { ...SAMPLES.instance, subnetId: subnets[0], region: "eu-central-1" });
		},
	},
	{
		does: "deletes a security group in use",
		source: /DependencyViolation/,
		says: /^400 DependencyViolation: sg-/,
		act: async (lab) => {
			const { vpc, subnets } = await lab.network();
			const group = await lab.create("ec2.SecurityGroup", { vpcId: vpc });
			await lab.create("ec2.Instance", { ...SAMPLES.instance, subnetId: subnets[0], vpcSecurityGroupIds: [group.id] });
			await lab.delete(group);
		},
	},
	{
		does: "puts an application load balancer into one zone",
		source: /spans two zones/,
		says: /^400 .*two different Availability Zones/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			await lab.create("lb.LoadBalancer", { name: "shop", subnets: [subnets[0]] });
		},
	},
	{
		does: "deletes a protected load balancer",
		source: /^elbv2: deletion protection/,
		says: /^400 .*deletion protection is enabled/,
		act: async (lab) => lab.delete(await balancer(lab, { enableDeletionProtection: true })),
	},
	{
		does: "deletes a target group in use",
		source: /a target group in use/,
		says: /^400 .*in use by a listener/,
		act: async (lab) => {
			const front = await balancer(lab);
			const group = await lab.create("lb.TargetGroup", SAMPLES.targetGroup);
			await lab.create("lb.Listener", {
				loadBalancerArn: front.id,
				port: 80,
				defaultActions: [{ type: "forward", targetGroupArn: group.id }],
			});
			await lab.delete(group);
		},
	},
	{
		does: "gives two NAT gateways one address",
		source: /an address has one NAT gateway/,
		says: /^400 .*AlreadyAssociated/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			const { id: allocationId } = await lab.create("ec2.Eip", {});
			await lab.create("ec2.NatGateway", { allocationId, subnetId: subnets[0] }, "one");
			await lab.create("ec2.NatGateway", { allocationId, subnetId: subnets[1] }, "two");
		},
	},
	{
		does: "gives a CDN a certificate of another region",
		source: /certificate and web ACL of us-east-1/,
		says: /^400 InvalidViewerCertificate: arn:aws:acm:eu-central-1/,
		act: async () => {
			const lab = new Lab("eu-central-1");
			const { id } = await lab.create("acm.Certificate", { domainName: "shop.example", validationMethod: "DNS" });
			await lab.create("cloudfront.Distribution", distribution(id));
		},
	},
	{
		does: "makes a CDN's web ACL in another region",
		source: /scope CLOUDFRONT is us-east-1/,
		says: /^400 .*CLOUDFRONT/,
		act: () => new Lab("eu-central-1").create("wafv2.WebAcl", { ...acl, scope: "CLOUDFRONT" }),
	},
	{
		does: "deletes a web ACL in use",
		source: /an associated web ACL/,
		says: /^400 .*is being used/,
		act: async (lab) => {
			const front = await balancer(lab);
			const made = await lab.create("wafv2.WebAcl", { ...acl, scope: "REGIONAL" });
			await lab.create("wafv2.WebAclAssociation", { resourceArn: front.id, webAclArn: made.state.arn ?? null });
			await lab.delete(made);
		},
	},
	{
		does: "deletes a certificate in use",
		source: /a certificate in use/,
		says: /^400 .*Certificate is in use/,
		act: async (lab) => {
			const certificate = await lab.create("acm.Certificate", { domainName: "shop.example", validationMethod: "DNS" });
			await lab.create("cloudfront.Distribution", distribution(certificate.id));
			await lab.delete(certificate);
		},
	},
];

import type { Scenario } from "../../cloud/scenario.ts";
import { type Lab, SAMPLES } from "../lab.ts";

async function cluster(lab: Lab, version: string) {
	const { subnets } = await lab.network();
	return await lab.create("eks.Cluster", {
		roleArn: "arn:aws:iam::123456789012:role/shop",
		version,
		vpcConfig: { subnetIds: [...subnets] },
	});
}

export const COMPUTE_SCENARIOS: readonly Scenario<Lab>[] = [
	{
		does: "gives a host more first-boot script than it takes",
		source: /user data takes 16,384 bytes/,
		says: /^400 .*limited to 16384 bytes, 16385 given/,
		act: (lab) => lab.create("ec2.Instance", { ...SAMPLES.instance, userData: "#".repeat(16_385) }),
	},
	{
		does: "deletes a protected host",
		source: /termination protection/,
		says: /^400 .*may not be terminated/,
		act: async (lab) =>
			lab.delete(await lab.create("ec2.Instance", { ...SAMPLES.instance, disableApiTermination: true })),
	},
	{
		does: "takes an older Kubernetes",
		source: /a version is never taken back/,
		says: /^400 .*Unsupported Kubernetes minor version/,
		act: async (lab) => lab.update(await cluster(lab, "1.34"), { version: "1.33" }),
	},
	{
		does: "jumps over a version of Kubernetes",
		source: /one minor version at a time/,
		says: /^400 .*Unsupported Kubernetes minor version/,
		act: async (lab) => lab.update(await cluster(lab, "1.32"), { version: "1.34" }),
	},
	{
		does: "asks for fewer nodes than the least",
		source: /desired size lies between/,
		says: /^400 .*desired capacity/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			await lab.create("eks.NodeGroup", {
				clusterName: "shop",
				nodeRoleArn: "arn:aws:iam::123456789012:role/node",
				subnetIds: [...subnets],
				scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 1 },
			});
		},
	},
	{
		does: "asks for more hosts at least than at most",
		source: /minimum is not above maximum/,
		says: /^400 .*Max bound/,
		act: (lab) => lab.create("autoscaling.Group", { minSize: 3, maxSize: 2 }),
	},
	{
		does: "puts a cluster into one subnet",
		source: /a cluster spans two subnets/,
		says: /^400 .*two different AZs/,
		act: async (lab) => {
			const { subnets } = await lab.network();
			const roleArn = "arn:aws:iam::123456789012:role/shop";
			await lab.create("eks.Cluster", { roleArn, vpcConfig: { subnetIds: [subnets[0]] } });
		},
	},
];

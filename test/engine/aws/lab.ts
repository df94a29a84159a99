import { CloudLab } from "../cloud/lab.ts";
import type { Properties } from "../cloud/values.ts";
import { AWS } from "./facts.ts";
import { token } from "./schema.ts";

/** The emulated AWS without an engine before it. */
export class Lab extends CloudLab {
	constructor(region = "us-east-1") {
		super(AWS, token, {});
		this.provider.config = { region };
	}

	/** A VPC with a subnet in each of two zones. */
	async network(): Promise<{ readonly vpc: string; readonly subnets: readonly [string, string] }> {
		const { id: vpc } = await this.create("ec2.Vpc", SAMPLES.vpc, "network");
		const subnet = async (zone: string, cidrBlock: string) =>
			(
				await this.create(
					"ec2.Subnet",
					{ vpcId: vpc, availabilityZone: `us-east-1${zone}`, cidrBlock },
					`network-${zone}`,
				)
			).id;
		return { vpc, subnets: [await subnet("a", "10.0.0.0/24"), await subnet("b", "10.0.1.0/24")] };
	}
}

/** Smallest inputs of the types that tests need again and again. */
export const SAMPLES = {
	vpc: { cidrBlock: "10.0.0.0/16" },
	instance: { ami: "ami-0123456789abcdef0", instanceType: "t3.small" },
	volume: { availabilityZone: "us-east-1a", size: 20, type: "gp3", encrypted: true },
	database: {
		identifier: "shop",
		engine: "postgres",
		engineVersion: "17",
		instanceClass: "db.t4g.micro",
		allocatedStorage: 20,
		storageType: "gp3",
		storageEncrypted: true,
		backupRetentionPeriod: 7,
		finalSnapshotIdentifier: "shop-final",
		username: "app",
		manageMasterUserPassword: true,
	},
	cache: {
		replicationGroupId: "shop",
		description: "cache",
		engine: "valkey",
		engineVersion: "8.0",
		nodeType: "cache.t4g.small",
		numCacheClusters: 1,
		transitEncryptionEnabled: true,
		atRestEncryptionEnabled: true,
	},
	bucket: { bucket: "shop-files" },
	targetGroup: { name: "shop-app", port: 8080, protocol: "HTTP" },
	queue: { name: "jobs" },
} satisfies Record<string, Properties>;

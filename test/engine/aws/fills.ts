import type { CloudResource } from "../cloud/account.ts";
import { digest } from "../cloud/digest.ts";
import type { OutputContext } from "../cloud/facts.ts";
import { shortName } from "../cloud/schema.ts";
import { count, list, type Properties, record, text, type Value } from "../cloud/values.ts";
import { providerFacts } from "./schema.ts";

/** Ends of the names of a cache's nodes: `-001`; in cluster mode by shard, `-0001-001`. */
export function cacheNodes({
	clusterMode,
	numCacheClusters,
	numNodeGroups,
	replicasPerNodeGroup,
}: Properties): string[] {
	const three = (slot: number) => String(slot).padStart(3, "0");
	const upTo = (most: number) => Array.from({ length: Math.max(1, most) }, (_, index) => index + 1);
	return clusterMode === "enabled"
		? upTo(count(numNodeGroups)).flatMap((shard) =>
				upTo(1 + count(replicasPerNodeGroup)).map((node) => `-0${three(shard)}-${three(node)}`),
			)
		: upTo(count(numCacheClusters)).map((node) => `-${three(node)}`);
}

type Fill = (context: OutputContext) => Value;

const own: Fill = ({ id }) => id;
const PORTS: Readonly<Record<string, number>> = {
	mysql: 3306,
	"aurora-mysql": 3306,
	postgres: 5432,
	"aurora-postgresql": 5432,
};
const databasePort: Fill = ({ inputs }) => PORTS[text(inputs.engine)] ?? 5432;
const privateIp: Fill = ({ number }) => `10.0.${Math.floor(number / 250)}.${(number % 250) + 4}`;

/** What the cloud puts where the program leaves an optional-and-computed input out. Others stay empty. */
const FILLS: Readonly<Record<string, Readonly<Record<string, Fill>>>> = {
	"autoscaling.Group": { desiredCapacity: ({ inputs }) => inputs.minSize ?? 0 },
	"ec2.Instance": {
		privateIp,
		availabilityZone: ({ inputs, data }) => zoneOfSubnet(data.resources, text(inputs.subnetId)),
	},
	"ec2.Eip": { domain: () => "vpc" },
	"ec2.LaunchTemplate": { defaultVersion: () => 1 },
	"ec2.NatGateway": { privateIp },
	"ec2.SecurityGroup": { ingress: () => [], egress: () => [] },
	"ec2.Subnet": { availabilityZoneId: ({ inputs }) => `id-of-${text(inputs.availabilityZone)}` },
	"elasticache.ReplicationGroup": {
		clusterMode: () => "disabled",
		numCacheClusters: ({ inputs }) => cacheNodes(inputs).length,
		numNodeGroups: () => 1,
		replicasPerNodeGroup: ({ inputs }) => cacheNodes(inputs).length - 1,
	},
	"rds.Cluster": {
		clusterIdentifier: own,
		port: databasePort,
		masterUsername: () => "admin",
		databaseName: () => "",
		dbClusterParameterGroupName: ({ inputs }) => `default.${text(inputs.engine)}`,
		engineVersion: () => "",
	},
	"rds.ClusterInstance": { identifier: own },
	"rds.Instance": { port: databasePort, dbName: () => "", username: () => "admin" },
	"s3.Bucket": {},
};

/** Filled in once and kept: what the cloud chose at the creation stays until the program says otherwise. */
export function filledInputs(type: string, context: OutputContext, previous: CloudResource | null): Properties {
	const filled: Properties = {};
	for (const key of providerFacts(type).computed) {
		const kept = previous?.state[key];
		const fill = FILLS[shortName(type)]?.[key];
		if (kept !== undefined) filled[key] = kept;
		else if (fill !== undefined) filled[key] = fill(context);
	}
	return filled;
}

function zoneOfSubnet(resources: readonly CloudResource[], id: string): string {
	return text(resources.find((other) => other.id === id)?.state.availabilityZone);
}

/** What the cloud adds inside an object that the program gave. */
export function filledObjects(type: string, { id, data, inputs }: OutputContext): Properties {
	const short = shortName(type);
	if (short === "eks.Cluster") {
		const clusterSecurityGroupId = `sg-${digest("cluster", id).slice(0, 17)}`;
		const subnet = list(record(inputs.vpcConfig).subnetIds)[0];
		const vpcId = text(data.resources.find((other) => other.id === subnet)?.inputs.vpcId);
		return { vpcConfig: { ...record(inputs.vpcConfig), clusterSecurityGroupId, vpcId } };
	}
	if (short === "ec2.Instance" && inputs.rootBlockDevice !== undefined) {
		const volumeId = `vol-${digest("root", id).slice(0, 17)}`;
		return { rootBlockDevice: { ...record(inputs.rootBlockDevice), volumeId, deviceName: "/dev/xvda" } };
	}
	return {};
}

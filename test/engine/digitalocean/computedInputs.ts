import type { CloudResource } from "../cloud/account.ts";
import type { OutputContext } from "../cloud/facts.ts";
import { shortName } from "../cloud/schema.ts";
import { list, type Properties, text, type Value } from "../cloud/values.ts";
import { providerFacts, token } from "./schema.ts";
import { baseStorageMib } from "./sizes.ts";

type Fill = (context: OutputContext) => Value;

/** The VPC of a region that every account is born with. */
export function defaultVpc(region: string): string {
	return `default-vpc-${region}`;
}

const vpcOfRegion: Fill = ({ inputs }) => defaultVpc(text(inputs.region));

/** What the cloud puts where the program leaves an optional-and-computed input out. Others stay empty. */
const FILLS: Readonly<Record<string, Readonly<Record<string, Fill>>>> = {
	Droplet: {
		vpcUuid: vpcOfRegion,
		privateNetworking: () => true,
		publicNetworking: () => true,
		ipv6Address: ({ inputs, number }) => (inputs.ipv6 === true ? `2001:db8::${number.toString(16)}` : ""),
		volumeIds: () => [],
	},
	DatabaseCluster: {
		privateNetworkUuid: vpcOfRegion,
		projectId: () => "default-project",
		storageSizeMib: ({ inputs }) => String(baseStorageMib(text(inputs.size))),
	},
	DatabaseReplica: {
		privateNetworkUuid: vpcOfRegion,
		storageSizeMib: ({ inputs }) => String(baseStorageMib(text(inputs.size))),
	},
	LoadBalancer: {
		vpcUuid: vpcOfRegion,
		sizeUnit: () => 1,
		type: () => "REGIONAL",
		httpIdleTimeoutSeconds: () => 60,
		projectId: () => "default-project",
		dropletIds: ({ inputs, data }) => taggedDroplets(data.resources, text(inputs.dropletTag)),
		healthcheck: () => ({ protocol: "http", port: 80, path: "/", checkIntervalSeconds: 10, responseTimeoutSeconds: 5 }),
		stickySessions: () => ({ type: "none" }),
	},
	Cdn: { ttl: () => 3600, certificateName: () => "", certificateId: () => "" },
	DnsRecord: { ttl: () => 1800 },
	KubernetesCluster: {
		vpcUuid: vpcOfRegion,
		ha: () => true,
		clusterSubnet: () => "10.244.0.0/16",
		serviceSubnet: () => "10.245.0.0/16",
	},
	ContainerRegistry: { region: () => "fra1" },
	Vpc: { ipRange: ({ data }) => freeRange(data.resources) },
	ReservedIp: { ipAddress: ({ id }) => id },
};

/** Filled in once and kept: what the cloud chose at the creation stays until the program says otherwise. */
export function computedInputs(type: string, context: OutputContext, previous: CloudResource | null): Properties {
	const filled: Properties = {};
	for (const key of providerFacts(type).computed) {
		const kept = previous?.state[key];
		const fill = FILLS[shortName(type)]?.[key];
		if (kept !== undefined && !growsWithPlan(type, key, context, previous)) filled[key] = kept;
		else if (fill !== undefined) filled[key] = fill(context);
	}
	return filled;
}

/** A database plan brings its base storage along when the program does not name the storage. */
function growsWithPlan(type: string, key: string, context: OutputContext, previous: CloudResource | null): boolean {
	return (
		key === "storageSizeMib" &&
		type.includes("Database") &&
		previous !== null &&
		previous.inputs.size !== context.inputs.size
	);
}

function taggedDroplets(resources: readonly CloudResource[], tag: string): Value[] {
	return resources
		.filter((other) => other.type === token("Droplet") && tag !== "" && list(other.inputs.tags).includes(tag))
		.map((other) => Number(other.id));
}

/** DigitalOcean hands out a /20 that no other VPC of the account has. */
function freeRange(resources: readonly CloudResource[]): string {
	const taken = new Set(
		resources.filter((other) => other.type === token("Vpc")).map((other) => text(other.state.ipRange)),
	);
	for (let index = 0; index < 256; index++) {
		const range = `10.${100 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`;
		if (!taken.has(range)) return range;
	}
	throw new Error("the emulated account ran out of VPC ranges");
}

import { type Attempt, byId, type Refusal } from "../../cloud/refusal.ts";
import { shortName } from "../../cloud/schema.ts";
import { hasUnknown, text, type Value } from "../../cloud/values.ts";
import { defaultVpc } from "../computedInputs.ts";
import { token } from "../schema.ts";

const SPACES_TYPES = [
	"SpacesBucket",
	"SpacesBucketObject",
	"SpacesBucketPolicy",
	"SpacesBucketCorsConfiguration",
	"SpacesBucketLogging",
];

/** Inputs that must name something the account has: type -> input -> type referred to. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	Droplet: { vpcUuid: "Vpc" },
	DropletSnapshot: { dropletId: "Droplet" },
	LoadBalancer: { vpcUuid: "Vpc" },
	DatabaseCluster: { privateNetworkUuid: "Vpc" },
	DatabaseReplica: { clusterId: "DatabaseCluster", privateNetworkUuid: "Vpc" },
	DatabaseConnectionPool: { clusterId: "DatabaseCluster" },
	DatabaseDb: { clusterId: "DatabaseCluster" },
	DatabaseUser: { clusterId: "DatabaseCluster" },
	DatabaseFirewall: { clusterId: "DatabaseCluster" },
	DatabasePostgresqlConfig: { clusterId: "DatabaseCluster" },
	DatabaseMysqlConfig: { clusterId: "DatabaseCluster" },
	DatabaseValkeyConfig: { clusterId: "DatabaseCluster" },
	DnsRecord: { domain: "Domain" },
	KubernetesCluster: { vpcUuid: "Vpc" },
	KubernetesNodePool: { clusterId: "KubernetesCluster" },
	ProjectResources: { project: "Project" },
	ReservedIpAssignment: { dropletId: "Droplet", ipAddress: "ReservedIp" },
	SpacesBucketObject: { bucket: "SpacesBucket" },
	SpacesBucketPolicy: { bucket: "SpacesBucket" },
	SpacesBucketCorsConfiguration: { bucket: "SpacesBucket" },
	SpacesBucketLogging: { bucket: "SpacesBucket", targetBucket: "SpacesBucket" },
	UptimeAlert: { checkId: "UptimeCheck" },
	VolumeAttachment: { dropletId: "Droplet", volumeId: "Volume" },
	VolumeSnapshot: { volumeId: "Volume" },
};

function missingReference(attempt: Attempt): string | null {
	for (const [key, target] of Object.entries(REFERENCES[shortName(attempt.type)] ?? {})) {
		const value: Value | undefined = attempt.inputs[key];
		if (value === undefined || hasUnknown(value) || isDefaultVpc(attempt, String(value))) continue;
		if (byId(attempt, target, String(value)) === undefined && !isReplica(attempt, String(value)))
			return `${key}: no ${target} "${String(value)}" in this account`;
	}
	return null;
}

/** A firewall may name a read replica by its UUID in the place of a cluster (docs/resources/database_firewall.md). */
function isReplica({ type, data }: Attempt, uuid: string): boolean {
	return (
		shortName(type) === "DatabaseFirewall" &&
		data.resources.some((other) => other.type === token("DatabaseReplica") && other.state.uuid === uuid)
	);
}

function isDefaultVpc(attempt: Attempt, id: string): boolean {
	return id === defaultVpc(text(attempt.inputs.region)) || id.startsWith(defaultVpc(""));
}

export const ACCESS_REFUSALS: readonly Refusal[] = [
	{
		trap: null,
		mark: "D",
		source: "API authentication",
		types: [],
		on: ["create", "update", "delete"],
		status: 401,
		refuses: ({ credentials, type }) =>
			credentials.token || SPACES_TYPES.includes(shortName(type)) ? null : "Unable to authenticate you",
	},
	{
		trap: 20,
		mark: "D",
		source: "@pulumi/digitalocean spacesBucket.d.ts:15",
		types: SPACES_TYPES,
		on: ["create", "update", "delete"],
		status: 403,
		refuses: ({ credentials }) =>
			credentials.spaces ? null : "Spaces credentials not configured: spacesAccessId and spacesSecretKey are needed",
	},
	{
		trap: null,
		mark: "D",
		source: "API: unknown ids answer 404",
		types: Object.keys(REFERENCES),
		on: ["create", "update"],
		status: 404,
		refuses: missingReference,
	},
];

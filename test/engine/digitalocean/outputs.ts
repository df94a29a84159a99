import type { CloudResource } from "../cloud/account.ts";
import { now } from "../cloud/account.ts";
import { digest } from "../cloud/digest.ts";
import type { OutputContext } from "../cloud/facts.ts";
import { shortName } from "../cloud/schema.ts";
import { count, DEFAULTS_KEY, type Properties, record, text, type Value } from "../cloud/values.ts";
import { computedInputs } from "./computedInputs.ts";
import { connection } from "./connections.ts";
import { stateValue } from "./hashed.ts";
import { resourceSchema } from "./schema.ts";
import { dropletSize } from "./sizes.ts";

type Compute = (context: OutputContext) => Value;

const publicIp: Compute = ({ number }) => `203.0.${113 + Math.floor(number / 250)}.${(number % 250) + 1}`;
const privateIp: Compute = ({ number }) => `10.${Math.floor(number / 250)}.0.${(number % 250) + 2}`;
const date: Compute = ({ data }) => new Date(now(data) * 1000).toISOString();
const hex =
	(label: string): Compute =>
	({ id }) =>
		digest(label, id).slice(0, 32);
const urn =
	(kind: string): Compute =>
	({ id }) =>
		`do:${kind}:${id}`;
const bucketEndpoint: Compute = ({ inputs }) => `${text(inputs.region)}.digitaloceanspaces.com`;
const size =
	(key: "vcpus" | "memory" | "disk" | "priceMonthly" | "priceHourly"): Compute =>
	({ inputs }) =>
		dropletSize(text(inputs.size))[key];
const nodes: Compute = ({ id, inputs }) =>
	Array.from({ length: Math.max(1, count(inputs.nodeCount), count(inputs.minNodes)) }, (_, index) => ({
		id: digest("node", id, index).slice(0, 32),
		name: `${text(inputs.name)}-${index}`,
		status: "running",
	}));

const COMMON: Readonly<Record<string, Compute>> = { createdAt: date, updatedAt: date, status: () => "active" };

/** Outputs by type, for those that the names in COMMON do not settle. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
	App: {
		activeDeploymentId: hex("deployment"),
		appUrn: urn("app"),
		defaultIngress: ({ id }) => `https://app-${id.slice(0, 5)}.ondigitalocean.app`,
		liveDomain: ({ id }) => `app-${id.slice(0, 5)}.ondigitalocean.app`,
		liveUrl: ({ id }) => `https://app-${id.slice(0, 5)}.ondigitalocean.app`,
	},
	Cdn: {
		endpoint: ({ inputs }) => text(inputs.origin).replace(".digitaloceanspaces.", ".cdn.digitaloceanspaces."),
	},
	Certificate: {
		notAfter: ({ data }) => new Date((now(data) + 90 * 86_400) * 1000).toISOString(),
		sha1Fingerprint: ({ id }) => digest("certificate", id).slice(0, 40),
		state: () => "verified",
		uuid: hex("certificate"),
	},
	ContainerRegistry: {
		endpoint: ({ inputs }) => `registry.digitalocean.com/${text(inputs.name)}`,
		serverUrl: () => "registry.digitalocean.com",
		storageUsageBytes: () => 0,
	},
	ContainerRegistryDockerCredentials: {
		credentialExpirationTime: date,
		dockerCredentials: ({ id }) =>
			JSON.stringify({ auths: { "registry.digitalocean.com": { auth: digest("auth", id) } } }),
	},
	DatabaseCluster: { clusterUrn: urn("dbaas"), metricsEndpoints: () => [] },
	DatabaseReplica: { uuid: hex("replica") },
	DatabaseUser: {
		accessCert: hex("accessCert"),
		accessKey: hex("accessKey"),
		password: ({ id }) => `AVNS_${digest("password", id).slice(0, 16)}`,
		role: () => "normal",
	},
	DnsRecord: {
		fqdn: ({ inputs }) =>
			text(inputs.name) === "@" ? text(inputs.domain) : `${text(inputs.name)}.${text(inputs.domain)}`,
	},
	Domain: { domainUrn: ({ id }) => `do:domain:${id}`, ttl: () => 1800 },
	Droplet: {
		disk: size("disk"),
		vcpus: size("vcpus"),
		memory: size("memory"),
		priceHourly: size("priceHourly"),
		priceMonthly: size("priceMonthly"),
		dropletUrn: urn("droplet"),
		ipv4Address: publicIp,
		ipv4AddressPrivate: privateIp,
		locked: () => false,
	},
	DropletAutoscale: { currentUtilizations: () => [] },
	DropletSnapshot: { minDiskSize: () => 25, regions: () => [], size: () => 2.5 },
	Firewall: { pendingChanges: () => [], status: () => "succeeded" },
	KubernetesCluster: {
		clusterUrn: urn("kubernetes"),
		endpoint: ({ id }) => `https://${id}.k8s.ondigitalocean.com`,
		ipv4Address: publicIp,
		status: () => "running",
		kubeConfigs: ({ id }) => [
			{
				clientCertificate: "",
				clientKey: "",
				clusterCaCertificate: digest("ca", id),
				expiresAt: "",
				host: `https://${id}.k8s.ondigitalocean.com`,
				rawConfig: `apiVersion: v1\nkind: Config\nclusters:\n- name: ${id}\n`,
				token: digest("token", id),
			},
		],
	},
	KubernetesNodePool: {
		actualNodeCount: ({ inputs }) => Math.max(1, count(inputs.nodeCount), count(inputs.minNodes)),
		nodes,
	},
	LoadBalancer: { ip: publicIp, ipv6: () => "", loadBalancerUrn: urn("loadbalancer") },
	MonitorAlert: { uuid: ({ id }) => id },
	Project: { ownerId: () => 1, ownerUuid: () => digest("owner").slice(0, 32) },
	ReservedIp: { reservedIpUrn: ({ id }) => `do:reservedip:${id}` },
	SpacesBucket: {
		bucketDomainName: ({ inputs }) => `${text(inputs.name)}.${text(inputs.region)}.digitaloceanspaces.com`,
		bucketUrn: ({ inputs }) => `do:space:${text(inputs.name)}`,
		endpoint: bucketEndpoint,
	},
	SpacesBucketObject: { versionId: hex("version") },
	SpacesKey: { accessKey: ({ id }) => id, secretKey: ({ id }) => digest("spaces-secret", id) },
	SshKey: {
		fingerprint: ({ inputs }) => (digest("ssh", text(inputs.publicKey)).slice(0, 32).match(/../g) ?? []).join(":"),
	},
	Tag: {
		...Object.fromEntries(
			[
				"databasesCount",
				"dropletsCount",
				"imagesCount",
				"totalResourceCount",
				"volumeSnapshotsCount",
				"volumesCount",
			].map((key) => [key, () => 0]),
		),
	},
	Volume: {
		dropletIds: () => [],
		filesystemLabel: ({ inputs }) => text(inputs.initialFilesystemLabel),
		volumeUrn: urn("volume"),
	},
	VolumeSnapshot: { minDiskSize: () => 1, regions: () => [], size: () => 1 },
	Vpc: { default: () => false, vpcUrn: urn("vpc") },
	VpcNatGateway: { egresses: () => [], state: () => "ACTIVE" },
	VpcPeering: { status: () => "ACTIVE" },
};

/**
 * The state the provider reads back: inputs, what the cloud filled in, and the computed outputs. Outputs once given
 * (addresses, passwords, dates) stay on an update; those that follow from the inputs are computed anew.
 */
export function computeState(type: string, context: OutputContext, previous: CloudResource | null): Properties {
	const name = shortName(type);
	const inputs = Object.fromEntries(
		Object.entries({ ...computedInputs(type, context, previous), ...context.inputs })
			.filter(([key]) => key !== DEFAULTS_KEY)
			.map(([key, value]) => [key, stateValue(type, key, value)]),
	);
	const outputs: Properties = {};
	for (const key of Object.keys(resourceSchema(type).outputs)) {
		const kept = previous?.state[key];
		outputs[key] = kept !== undefined && !FOLLOWING.includes(key) ? kept : compute(name, key, { ...context, inputs });
	}
	const state = { ...outputs, ...inputs };
	if (name === "Droplet") return { ...state, ...diskAfterResize(state, previous) };
	return name === "KubernetesCluster" ? withDefaultPool(context, state) : state;
}

/** Outputs that follow the inputs on an update; all others stay as they were first given. */
const FOLLOWING: readonly string[] = [
	"vcpus",
	"memory",
	"disk",
	"priceMonthly",
	"priceHourly",
	"updatedAt",
	"nodes",
	"actualNodeCount",
	"fqdn",
	"bucketDomainName",
	"endpoint",
];

/** The root disk grows with the plan only when the resize asks for it, and never shrinks. Trap 2. */
function diskAfterResize(state: Properties, previous: CloudResource | null): Properties {
	if (previous === null) return {};
	const before = count(previous.state.disk);
	const grows = previous.inputs.size !== state.size && state.resizeDisk !== false;
	return { disk: grows ? Math.max(before, count(state.disk)) : before };
}

function compute(name: string, key: string, context: OutputContext): Value {
	const computeOutput = OUTPUTS[name]?.[key] ?? connection(name, key) ?? COMMON[key];
	if (computeOutput === undefined) throw new Error(`the emulated provider cannot compute ${name}.${key}`);
	return computeOutput(context);
}

/** The default pool of a cluster gets an id inside its own input. */
function withDefaultPool(context: OutputContext, state: Properties): Properties {
	return {
		...state,
		nodePool: { id: digest("pool", context.id).slice(0, 32), nodes: [], ...record(state.nodePool) },
	};
}

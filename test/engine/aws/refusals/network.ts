import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { shortName } from "../../cloud/schema.ts";
import { list, text, type Value } from "../../cloud/values.ts";

/** Ids by which the account's own things are referred to, and the region each of them is in. */
const OWN_ID = /^(vpc|subnet|sg|igw|nat|eipalloc|rtb|lt|vol|vpce|i)-[0-9a-f]{17}$/;

function idsIn(value: Value | undefined): string[] {
	if (typeof value === "string") return OWN_ID.test(value) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(idsIn);
	return typeof value === "object" && value !== null ? Object.values(value).flatMap((inner) => idsIn(inner)) : [];
}

/** Security groups that clusters make themselves are nobody's resource. */
function isMadeByCluster(attempt: Attempt, id: string): boolean {
	return others(attempt, "eks.Cluster").some(({ state }) => JSON.stringify(state.vpcConfig ?? null).includes(id));
}

function missingReference(attempt: Attempt): string | null {
	for (const id of idsIn(attempt.inputs)) {
		const found = attempt.data.resources.find((other) => other.id === id);
		if (found === undefined && !isMadeByCluster(attempt, id)) return `InvalidParameter: ${id} does not exist`;
		const elsewhere =
			found !== undefined &&
			found.state.region !== undefined &&
			attempt.inputs.region !== undefined &&
			found.state.region !== attempt.inputs.region &&
			shortName(attempt.type) !== "ec2.VpcPeeringConnection";
		if (elsewhere) return `InvalidParameter: ${id} does not exist in ${text(attempt.inputs.region)}`;
	}
	return null;
}

function zonesOf({ data }: Attempt, subnets: Value | undefined): number {
	const zones = list(subnets).map((id) => data.resources.find((other) => other.id === id)?.state.availabilityZone);
	return new Set(zones).size;
}

/** Types that stand in a subnet or security group: while they do, it is not deleted. */
const TENANTS: Readonly<Record<string, readonly string[]>> = {
	"ec2.Vpc": ["ec2.Subnet", "ec2.SecurityGroup", "ec2.RouteTable", "ec2.VpcEndpoint"],
	"ec2.Subnet": [
		"ec2.Instance",
		"ec2.NatGateway",
		"lb.LoadBalancer",
		"rds.SubnetGroup",
		"elasticache.SubnetGroup",
		"eks.Cluster",
		"eks.NodeGroup",
		"autoscaling.Group",
	],
	"ec2.SecurityGroup": [
		"ec2.Instance",
		"lb.LoadBalancer",
		"rds.Instance",
		"rds.Cluster",
		"elasticache.ReplicationGroup",
		"ec2.LaunchTemplate",
		"rds.Proxy",
		"ec2.VpcEndpoint",
	],
};

export const NETWORK_REFUSALS: readonly Refusal[] = [
	{
		trap: 98,
		mark: "K",
		source: "everything referred to exists, in the same region",
		types: [],
		on: ["create", "update"],
		status: 400,
		refuses: missingReference,
	},
	{
		trap: 47,
		mark: "C",
		source: "ec2: DependencyViolation",
		types: Object.keys(TENANTS),
		on: ["delete"],
		status: 400,
		refuses: (attempt) => {
			const tenants = TENANTS[shortName(attempt.type)] ?? [];
			const tenant = tenants
				.flatMap((type) => others(attempt, type))
				.find((other) => idsIn(other.inputs).includes(attempt.previous?.id ?? ""));
			return tenant === undefined
				? null
				: `DependencyViolation: ${attempt.previous?.id ?? ""} has a dependent object: ${tenant.id}`;
		},
	},
	{
		trap: 43,
		mark: "D",
		source: "loadBalancer.d.ts: an application load balancer spans two zones",
		types: ["lb.LoadBalancer"],
		on: ["create", "update"],
		status: 400,
		refuses: (attempt) =>
			text(attempt.inputs.loadBalancerType) !== "network" && zonesOf(attempt, attempt.inputs.subnets) < 2
				? "ValidationError: At least two subnets in two different Availability Zones must be specified"
				: null,
	},
	{
		trap: 44,
		mark: "D",
		source: "elbv2: deletion protection",
		types: ["lb.LoadBalancer"],
		on: ["delete"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.enableDeletionProtection === true
				? "OperationNotPermitted: Load balancer cannot be deleted because deletion protection is enabled"
				: null,
	},
	{
		trap: 45,
		mark: "D",
		source: "elbv2: a target group in use is not deleted",
		types: ["lb.TargetGroup"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) =>
			[...others(attempt, "lb.Listener"), ...others(attempt, "lb.ListenerRule")].some(({ inputs }) =>
				JSON.stringify(inputs).includes(attempt.previous?.id ?? "-"),
			)
				? "ResourceInUse: Target group is currently in use by a listener or a rule"
				: null,
	},
	{
		trap: 48,
		mark: "S",
		source: "ec2: an address has one NAT gateway",
		types: ["ec2.NatGateway"],
		on: ["create"],
		status: 400,
		refuses: (attempt) =>
			others(attempt).some(({ inputs }) => inputs.allocationId === attempt.inputs.allocationId)
				? "Resource.AlreadyAssociated: the address is already associated"
				: null,
	},
	{
		trap: 50,
		mark: "D",
		source: "cloudfront: certificate and web ACL of us-east-1",
		types: ["cloudfront.Distribution"],
		on: ["create", "update"],
		status: 400,
		refuses: ({ inputs }) => {
			const elsewhere = JSON.stringify(inputs).match(/arn:aws:(acm|wafv2):(?!us-east-1:)[a-z0-9-]+:/);
			return elsewhere === null ? null : `InvalidViewerCertificate: ${elsewhere[0]} is not in us-east-1`;
		},
	},
	{
		trap: 50,
		mark: "D",
		source: "webAcl.d.ts: scope CLOUDFRONT is us-east-1",
		types: ["wafv2.WebAcl"],
		on: ["create"],
		status: 400,
		refuses: ({ inputs }) =>
			inputs.scope === "CLOUDFRONT" && text(inputs.region) !== "us-east-1"
				? "WAFInvalidParameterException: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT"
				: null,
	},
	{
		trap: 51,
		mark: "C",
		source: "wafv2: an associated web ACL is not deleted",
		types: ["wafv2.WebAcl"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) => {
			const own = text(attempt.previous?.state.arn);
			const users = [...others(attempt, "wafv2.WebAclAssociation"), ...others(attempt, "cloudfront.Distribution")];
			return users.some(({ inputs }) => inputs.webAclArn === own || inputs.webAclId === own)
				? "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used"
				: null;
		},
	},
	{
		trap: 89,
		mark: "C",
		source: "acm: a certificate in use is not deleted",
		types: ["acm.Certificate"],
		on: ["delete"],
		status: 400,
		refuses: (attempt) => {
			const own = attempt.previous?.id ?? "-";
			const users = [...others(attempt, "lb.Listener"), ...others(attempt, "cloudfront.Distribution")];
			return users.some(({ inputs }) => JSON.stringify(inputs).includes(own))
				? "ResourceInUseException: Certificate is in use"
				: null;
		},
	},
];

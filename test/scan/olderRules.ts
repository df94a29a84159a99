import type { DesiredResource, DesiredState } from "../../src/changes/desired.ts";
import type { Plain, PlainRecord } from "../../src/words.ts";

/** The form that came first: one type for both directions, peers as lists. */
const OLDER = "aws:ec2/securityGroupRule:SecurityGroupRule";
const DIRECTIONS: Readonly<Record<string, string>> = {
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "ingress",
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "egress",
};

/** The same state with the rules of security groups in the form that a scanner knows which is older than the new one. */
export function withOlderRules(state: DesiredState): DesiredState {
	return { ...state, resources: state.resources.map(older) };
}

function older(resource: DesiredResource): DesiredResource {
	const direction = DIRECTIONS[resource.type];
	return direction === undefined
		? resource
		: { ...resource, type: OLDER, inputs: olderInputs(direction, resource.inputs) };
}

function olderInputs(direction: string, inputs: PlainRecord): PlainRecord {
	const { ipProtocol, cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, ...same } = inputs;
	return {
		...same,
		type: direction,
		...given("protocol", ipProtocol),
		...given("cidrBlocks", listed(cidrIpv4)),
		...given("ipv6CidrBlocks", listed(cidrIpv6)),
		...given("prefixListIds", listed(prefixListId)),
		...given("sourceSecurityGroupId", referencedSecurityGroupId),
	};
}

function given(key: string, value: Plain | undefined): PlainRecord {
	return value === undefined ? {} : { [key]: value };
}

function listed(value: Plain | undefined): Plain | undefined {
	return value === undefined ? undefined : [value];
}

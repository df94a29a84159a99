import type { Plain } from "../../words.ts";
import type { ModelCloud } from "../cloud.ts";
import { reference } from "../reference.ts";

/** What the model must know of AWS. */
export const aws: ModelCloud = {
	package: "aws",
	numericIds: new Set(),
	lookup(token, domains, inputs) {
		return LOOKUPS[token]?.(domains, inputs) ?? null;
	},
	shapes(type, name, inputs) {
		return SHAPES[type]?.(name, inputs) ?? {};
	},
};

type Answer = Readonly<Record<string, Plain>>;
type Inputs = Readonly<Record<string, unknown>>;

/** More zones than any region needs, so that a stack that takes a fourth is seen. */
const ZONES = ["a", "b", "c", "d"];

/** Whole answers, so that a program that looks for something else fails here. */
const LOOKUPS: Readonly<Record<string, (domains: readonly string[], inputs: Inputs) => Answer>> = {
	"aws:index/getAvailabilityZones:getAvailabilityZones": (_, { region }) => ({
		id: "zones",
		region: `${region}`,
		names: ZONES.map((letter) => `${region}${letter}`),
		zoneIds: ZONES.map((letter) => `${region}-az-${letter}`),
		groupNames: [],
	}),
	"aws:index/getCallerIdentity:getCallerIdentity": () => ({
		id: "caller",
		accountId: reference("caller", "accountId"),
		arn: reference("caller", "arn"),
		userId: reference("caller", "userId"),
	}),
	"aws:iam/getSessionContext:getSessionContext": (_, { arn }) => ({
		id: "session",
		arn: `${arn}`,
		issuerArn: reference("caller", "issuerArn"),
		issuerId: reference("caller", "issuerId"),
		issuerName: reference("caller", "issuerName"),
		sessionName: reference("caller", "sessionName"),
	}),
	"aws:eks/getClusterAuth:getClusterAuth": (_, { name }) => ({
		id: "auth",
		name: `${name}`,
		token: reference("app-cluster", "token"),
	}),
	"aws:ssm/getParameter:getParameter": (_, { name }) => ({
		id: `${name}`,
		name: `${name}`,
		arn: reference("image", "arn"),
		type: "String",
		// By its place: another release is another image, and hosts born from it are other hosts.
		value: reference("image", `${name}`),
		insecureValue: reference("image", `${name}`),
		version: 1,
	}),
	"aws:secretsmanager/getRandomPassword:getRandomPassword": () => ({
		id: "password",
		randomPassword: reference("password", "drawn"),
	}),
	"aws:route53/getZones:getZones": (domains) => ({ id: "zones", ids: [...zonesFor(domains)] }),
	"aws:route53/getZone:getZone": (_, { zoneId }) => ({
		id: `${zoneId}`,
		zoneId: `${zoneId}`,
		name: `${zoneId}`,
		arn: reference(`${zoneId}`, "arn"),
		privateZone: false,
		nameServers: [],
		tags: {},
	}),
};

/** Outputs with a shape that the program looks into; all others are references as a whole. */
const SHAPES: Readonly<Record<string, (name: string, inputs: Inputs) => Answer>> = {
	"aws:acm/certificate:Certificate": (name, { domainName, subjectAlternativeNames }) => ({
		domainValidationOptions: [domainName, ...listOf(subjectAlternativeNames)]
			.filter((domain) => typeof domain === "string")
			.map((domainName) => ({
				domainName,
				resourceRecordName: reference(name, `proofOf.${domainName}.name`),
				resourceRecordType: "CNAME",
				resourceRecordValue: reference(name, `proofOf.${domainName}.value`),
			})),
	}),
	"aws:eks/cluster:Cluster": (name) => ({
		certificateAuthority: { data: reference(name, "certificateAuthority.data") },
		vpcConfig: { clusterSecurityGroupId: reference(name, "clusterSecurityGroupId") },
	}),
	"aws:eks/nodeGroup:NodeGroup": (name) => ({
		resources: [
			{
				autoscalingGroups: [{ name: reference(name, "autoscalingGroup") }],
				remoteAccessSecurityGroupId: "",
			},
		],
	}),
};

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Zones are assumed at the shortest of the stack's own names: `example.com` holds `www.example.com`. */
function zonesFor(domains: readonly string[]): readonly string[] {
	return domains.filter((domain) => !domains.some((other) => domain.endsWith(`.${other}`)));
}

import { now } from "../../cloud/account.ts";
import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { count, list, record, text } from "../../cloud/values.ts";

const LB_COOL_DOWN_SECONDS = 3600;
const MEMBER_KEYS: Readonly<Record<string, string>> = {
	Droplet: "vpcUuid",
	LoadBalancer: "vpcUuid",
	KubernetesCluster: "vpcUuid",
	DatabaseCluster: "privateNetworkUuid",
	DatabaseReplica: "privateNetworkUuid",
};

/** First and last address of an IPv4 range, or null when it is none. */
function bounds(range: string): { first: number; last: number; bits: number } | null {
	const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range);
	if (match === null) return null;
	const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
	const size = 2 ** (32 - bits);
	const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
	return { first, last: first + size - 1, bits };
}

function rangeClash(attempt: Attempt): string | null {
	const wanted = text(attempt.inputs.ipRange);
	if (wanted === "") return null;
	const range = bounds(wanted);
	if (range === null || range.bits < 16 || range.bits > 28) return `ip_range "${wanted}" is not a range of /16 to /28`;
	const clash = others(attempt).find((other) => {
		const taken = bounds(text(other.state.ipRange));
		return taken !== null && taken.first <= range.last && range.first <= taken.last;
	});
	return clash === undefined ? null : `ip_range "${wanted}" overlaps with another VPC: ${text(clash.state.ipRange)}`;
}

/** Nodes a load balancer has: by unit, or by the older size names. */
function nodes(inputs: Attempt["inputs"]): number {
	const named: Readonly<Record<string, number>> = { "lb-small": 1, "lb-medium": 3, "lb-large": 6 };
	return count(inputs.sizeUnit) || (named[text(inputs.size)] ?? 0);
}

function tlsWithoutCertificate({ inputs }: Attempt): string | null {
	const bare = list(inputs.forwardingRules)
		.map(record)
		.find(
			(rule) =>
				["https", "http2", "http3"].includes(text(rule.entryProtocol)) &&
				text(rule.certificateName) === "" &&
				text(rule.certificateId) === "" &&
				rule.tlsPassthrough !== true,
		);
	return bare === undefined
		? null
		: `forwarding rule ${text(bare.entryProtocol)} needs a certificate or TLS passthrough`;
}

function usedCertificates(inputs: Attempt["inputs"]): string[] {
	return list(inputs.forwardingRules).map((rule) => text(record(rule).certificateName));
}

export const NETWORK_REFUSALS: readonly Refusal[] = [
	{
		trap: 33,
		mark: "D",
		source: "openapi vpc.yml:68",
		types: ["Vpc"],
		on: ["create"],
		status: 422,
		refuses: rangeClash,
	},
	{
		trap: 33,
		mark: "S",
		source: "vpc/resource_vpc.go: delete fails while members exist",
		types: ["Vpc"],
		on: ["delete"],
		status: 403,
		refuses: (attempt) => {
			const member = Object.entries(MEMBER_KEYS).find(([type, key]) =>
				others(attempt, type).some((other) => other.state[key] === attempt.previous?.id),
			);
			return member === undefined ? null : `Can not delete VPC with members: a ${member[0]} is in it`;
		},
	},
	{
		trap: 24,
		mark: "D",
		source: "openapi load_balancer_base.yml:40: once an hour, not within the first",
		types: ["LoadBalancer"],
		on: ["update"],
		status: 422,
		refuses: ({ inputs, previous, data }) => {
			const before = previous === null ? 0 : nodes(previous.state);
			const after = nodes(inputs) || before;
			if (previous === null || after === before) return null;
			const wait = previous.resizedAt + LB_COOL_DOWN_SECONDS - now(data);
			return wait > 0 ? `the load balancer can be resized again in ${Math.ceil(wait / 60)} minutes` : null;
		},
	},
	{
		trap: 23,
		mark: "S",
		source: "loadbalancer and certificate documents",
		types: ["LoadBalancer"],
		on: ["create", "update"],
		status: 422,
		refuses: tlsWithoutCertificate,
	},
	{
		trap: 23,
		mark: "S",
		source: "loadbalancer: certificates are looked up by name",
		types: ["LoadBalancer"],
		on: ["create", "update"],
		status: 404,
		refuses: (attempt) => {
			const known = others(attempt, "Certificate").map((other) => text(other.inputs.name));
			const missing = usedCertificates(attempt.inputs).find((name) => name !== "" && !known.includes(name));
			return missing === undefined ? null : `certificate "${missing}" not found`;
		},
	},
	{
		trap: 23,
		mark: "D",
		source: "certificate.d.ts:108: Let's Encrypt needs the domain on DigitalOcean's DNS",
		types: ["Certificate"],
		on: ["create"],
		status: 422,
		refuses: (attempt) => {
			if (attempt.inputs.type !== "lets_encrypt") return null;
			const zones = others(attempt, "Domain").map((other) => text(other.inputs.name));
			const foreign = list(attempt.inputs.domains)
				.map(text)
				.find((domain) => !zones.some((zone) => domain === zone || domain.endsWith(`.${zone}`)));
			return foreign === undefined ? null : `domain "${foreign}" is not managed by DigitalOcean DNS`;
		},
	},
	{
		trap: 23,
		mark: "S",
		source: "certificate/resource_certificate.go: delete is retried while a load balancer uses it",
		types: ["Certificate"],
		on: ["delete"],
		status: 403,
		refuses: (attempt) =>
			others(attempt, "LoadBalancer").some((other) =>
				usedCertificates(other.inputs).includes(text(attempt.inputs.name)),
			)
				? "Make sure the certificate is not in use before deleting it"
				: null,
	},
];

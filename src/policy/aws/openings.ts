import { isPublic, isWide } from "../../addressRanges.ts";
import { DATA_PORTS, hasPort, type Ports, SSH_PORT } from "../ranges.ts";
import type { Check } from "../rule.ts";
import { type Inputs, numberAt, recordsAt, type Subject, textAt, textsAt } from "../subject.ts";

/** One opening of a security group, whichever way it is written. */
interface Opening {
	readonly ports: Ports;
	readonly ranges: readonly string[];
}

function openingOf(rule: Inputs): Opening {
	const all = ["-1", "all"].includes(textAt(rule, "protocol") ?? textAt(rule, "ipProtocol") ?? "");
	const ports: Ports = all ? [0, 65535] : [numberAt(rule, "fromPort") ?? 0, numberAt(rule, "toPort") ?? 65535];
	const single = [textAt(rule, "cidrIpv4"), textAt(rule, "cidrIpv6")].filter((range) => range !== null);
	return { ports, ranges: [...textsAt(rule, "cidrBlocks"), ...textsAt(rule, "ipv6CidrBlocks"), ...single] };
}

/** The three ways to write what a security group lets in, by type token. */
const OPENINGS: Readonly<Record<string, (inputs: Inputs) => readonly Opening[]>> = {
	"aws:ec2/securityGroup:SecurityGroup": (inputs) => recordsAt(inputs, "ingress").map(openingOf),
	"aws:ec2/securityGroupRule:SecurityGroupRule": (inputs) =>
		textAt(inputs, "type") === "ingress" ? [openingOf(inputs)] : [],
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (inputs) => [openingOf(inputs)],
};

export const OPENING_TYPES: readonly string[] = Object.keys(OPENINGS);

function opensTo({ type, inputs }: Subject, port: number, isOpen: (range: string) => boolean): readonly string[] {
	return (OPENINGS[type]?.(inputs) ?? [])
		.filter(({ ports }) => hasPort(ports, port))
		.flatMap(({ ranges }) => ranges)
		.filter(isOpen);
}

export const checkGroupForSsh: Check = (subject) =>
	opensTo(subject, SSH_PORT, isWide).map((range) => `opens port ${SSH_PORT} to ${range}`);

export const checkGroupForData: Check = (subject) =>
	DATA_PORTS.flatMap(([port, what]) =>
		opensTo(subject, port, isPublic).map((range) => `opens port ${port} (${what}) to ${range}`),
	);

import { isIPv4, isIPv6 } from "node:net";

/**
 * Checks of single values in a stack file. Each returns null for a good value, else a clause that says what is
 * wanted; the reader adds what was found. Nothing here repeats the value: some of them are secrets by mistake.
 */
export type Complaint = string | null;

/** A calendar day, `YYYY-MM-DD`, that exists. */
export function checkDate(text: string): Complaint {
	const wanted = 'must be a date as "YYYY-MM-DD"';
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return wanted;
	const day = new Date(`${text}T00:00:00Z`);
	const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
	return exists ? null : `${wanted} that exists`;
}

/** A host name the stack can answer for: no scheme, port, path, wildcard or address. */
export function checkDomain(text: string): Complaint {
	if (text.includes("://")) return "must be a bare host name such as shop.example.com, without http://";
	if (/[/:]/.test(text)) return "must be a bare host name such as shop.example.com, without port or path";
	if (text.startsWith("*")) return "must name one host; a wildcard certificate needs a DNS challenge";
	if (isIPv4(text)) return "must be a host name; no certificate is issued for an address";
	const labels = text.split(".");
	const legal = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
	if (!legal || text.length > 253) return "must be a host name in lower case such as shop.example.com";
	return labels.length < 2 ? "must be a whole host name such as shop.example.com" : null;
}

/** A path the load balancer asks for: from the root, no query. */
export function checkHealthPath(text: string): Complaint {
	if (!text.startsWith("/")) return 'must start with "/"';
	return /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/.test(text) ? null : "must be a path without spaces or query";
}

/** A path inside the project, for a compose file. */
export function checkProjectPath(text: string): Complaint {
	const outside = text.startsWith("/") || text.split("/").includes("..");
	return outside ? "must be a path inside the project" : null;
}

/** A container image as a registry reads it: name, then tag or digest. */
export function checkImage(text: string): Complaint {
	const name = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
	const host = "(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?";
	const pattern = new RegExp(
		`^${host}${name}(?:/${name})*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`,
	);
	const match = pattern.exec(text);
	if (match === null) return "must be a container image such as registry.example.com/shop:1.4";
	return match[1] === undefined && match[2] === undefined
		? "must carry a tag or digest, such as shop:1.4, so that a rebuild does not move it"
		: null;
}

/** A registry's name: host, and port where it is not the usual one. */
export function checkServer(text: string): Complaint {
	return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(text)
		? null
		: "must be a registry such as ghcr.io, without https:// or path";
}

/** An address a host can call. */
export function checkWebAddress(text: string): Complaint {
	return /^https?:\/\/[^\s"'<>\\]+$/.test(text) && URL.canParse(text)
		? null
		: "must be an address such as https://watch.example.com/ping";
}

/** An address range that may reach SSH: CIDR, IPv4 or IPv6, its host bits zero. */
export function checkSource(text: string): Complaint {
	const [address = "", bits, rest] = text.split("/");
	const family = isIPv4(address) ? 32 : isIPv6(address) ? 128 : null;
	if (family === null || rest !== undefined) return "must be an address range such as 203.0.113.7/32";
	if (bits === undefined) return `must be a range; for this one address write ${address}/${family}`;
	if (!/^\d{1,3}$/.test(bits) || Number(bits) > family) return `must end in a prefix length of 0 to ${family}`;
	return family === 32 ? checkHostBits(address, Number(bits)) : null;
}

/** Whether a range lets the whole internet in. */
export function isEverywhere(text: string): boolean {
	return /\/0+$/.test(text);
}

/** A private IPv4 network for the stack: AWS takes /16 to /24 here, so that every zone gets subnets. */
export function checkNetwork(text: string): Complaint {
	const [address = "", bits = ""] = text.split("/");
	if (!isIPv4(address) || !/^\d{1,2}$/.test(bits)) return "must be a private range such as 10.0.0.0/16";
	const length = Number(bits);
	if (length < 16 || length > 24) return "must have a prefix length of 16 to 24";
	const value = toNumber(address);
	const isPrivate = PRIVATE.some(([base, size]) => Math.floor(value / 2 ** (32 - size)) * 2 ** (32 - size) === base);
	return isPrivate ? checkHostBits(address, length) : "must lie in a private range (10/8, 172.16/12, 192.168/16)";
}

/** RFC 1918. */
const PRIVATE: readonly (readonly [number, number])[] = [
	[toNumber("10.0.0.0"), 8],
	[toNumber("172.16.0.0"), 12],
	[toNumber("192.168.0.0"), 16],
];

function checkHostBits(address: string, bits: number): Complaint {
	const size = 2 ** (32 - bits);
	const value = toNumber(address);
	const base = Math.floor(value / size) * size;
	return base === value ? null : `must start at its own network; did you mean ${toAddress(base)}/${bits}?`;
}

function toNumber(address: string): number {
	return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
	return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** An address alarms are sent to. */
export function checkEmail(text: string): Complaint {
	return /^[^\s@"'<>]+@[^\s@"'<>]+\.[^\s@"'<>.]+$/.test(text) ? null : "must be one email address";
}

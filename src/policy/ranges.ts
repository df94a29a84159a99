import { BlockList, isIP } from "node:net";

/** Ports from and to, both inclusive. */
export type Ports = readonly [number, number];

const ALL: Ports = [0, 65535];

/** A port range as DigitalOcean writes it: `22`, `8000-9000`, `all`, or nothing for all. Unreadable counts as all. */
export function portsOf(written: string | null): Ports {
	const [low, high] = /^(\d+)(?:-(\d+))?$/.exec(written ?? "")?.slice(1) ?? [];
	if (low === undefined || Number(low) === 0) return ALL;
	return [Number(low), Number(high ?? low)];
}

export function hasPort([low, high]: Ports, port: number): boolean {
	return low <= port && port <= high;
}

/** Ranges that are not routed on the internet: RFC 1918, 6598, 4193 and loopback. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet("10.0.0.0", 8, "ipv4");
PRIVATE.addSubnet("172.16.0.0", 12, "ipv4");
PRIVATE.addSubnet("192.168.0.0", 16, "ipv4");
PRIVATE.addSubnet("100.64.0.0", 10, "ipv4");
PRIVATE.addSubnet("127.0.0.0", 8, "ipv4");
PRIVATE.addSubnet("fc00::", 7, "ipv6");
PRIVATE.addSubnet("::1", 128, "ipv6");

/**
 * Shortest prefix that can still be one organisation's own addresses. A /16 is 65,536 IPv4 addresses; a /32 is what a
 * whole network operator gets in IPv6.
 */
const WIDEST = { ipv4: 16, ipv6: 32 } as const;

/** Whether a range lets in the internet, or so much of it that it makes no difference. Unreadable counts as wide. */
export function isWide(range: string): boolean {
	const [address = "", bits] = range.trim().split("/");
	const version = isIP(address);
	if (version === 0) return true;
	const family = version === 4 ? "ipv4" : "ipv6";
	const prefix = bits === undefined ? 128 : Number(bits);
	if (prefix === 0 || !Number.isInteger(prefix)) return true;
	return prefix < WIDEST[family] && !PRIVATE.check(address, family);
}

/** Whether a range is reached from the internet at all. */
export function isPublic(range: string): boolean {
	const [address = "", bits] = range.trim().split("/");
	const version = isIP(address);
	if (version === 0 || bits === "0") return true;
	return !PRIVATE.check(address, version === 4 ? "ipv4" : "ipv6");
}

export const SSH_PORT = 22;

/** Ports that databases and caches listen on, with the word for the message. */
export const DATA_PORTS: readonly (readonly [number, string])[] = [
	[3306, "MySQL"],
	[5432, "PostgreSQL"],
	[6379, "Redis and Valkey"],
	[25060, "managed databases"],
	[25061, "managed connection pools"],
];

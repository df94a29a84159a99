import { BlockList, isIP } from "node:net";

type Family = "ipv4" | "ipv6";

interface Range {
	readonly address: string;
	readonly family: Family;
	readonly prefix: number;
}

const LENGTH = { ipv4: 32, ipv6: 128 } as const;

/** An address alone is a range of one; null = unreadable. */
function rangeOf(text: string): Range | null {
	const [address = "", bits, rest] = text.trim().split("/");
	const version = isIP(address);
	if (version === 0 || rest !== undefined) return null;
	const family = version === 4 ? "ipv4" : "ipv6";
	const prefix = bits === undefined ? LENGTH[family] : /^\d+$/.test(bits) ? Number(bits) : -1;
	return prefix < 0 || prefix > LENGTH[family] ? null : { address, family, prefix };
}

/** Ranges that are not routed on the internet: RFC 1918, 6598, 4193 and loopback. */
const PRIVATE: readonly Range[] = [
	{ address: "10.0.0.0", prefix: 8, family: "ipv4" },
	{ address: "172.16.0.0", prefix: 12, family: "ipv4" },
	{ address: "192.168.0.0", prefix: 16, family: "ipv4" },
	{ address: "100.64.0.0", prefix: 10, family: "ipv4" },
	{ address: "127.0.0.0", prefix: 8, family: "ipv4" },
	{ address: "fc00::", prefix: 7, family: "ipv6" },
	{ address: "::1", prefix: 128, family: "ipv6" },
];

/** Whether all of a range lies in a private one: its beginning does, and it is no wider. */
function isPrivate(range: Range): boolean {
	return PRIVATE.some((outer) => {
		if (outer.family !== range.family || range.prefix < outer.prefix) return false;
		const list = new BlockList();
		list.addSubnet(outer.address, outer.prefix, outer.family);
		return list.check(range.address, range.family);
	});
}

/**
 * Shortest prefix that can still be one organisation's own addresses. A /16 is 65,536 IPv4 addresses; a /32 is what a
 * whole network operator gets in IPv6.
 */
export const WIDEST = { ipv4: 16, ipv6: 32 } as const;

/**
 * Whether a range lets in the internet, or so much of it that a few such make no difference. Unreadable counts as wide.
 */
export function isWide(text: string): boolean {
	const range = rangeOf(text);
	return range === null || (range.prefix < WIDEST[range.family] && !isPrivate(range));
}

/** Whether a range is reached from the internet at all. Unreadable counts as reached. */
export function isPublic(text: string): boolean {
	const range = rangeOf(text);
	return range === null || !isPrivate(range);
}

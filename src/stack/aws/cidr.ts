import { BugError } from "../../errors.ts";

/** Address ranges of one zone. */
export interface ZoneRanges {
	/** Load balancers and gateways. */
	readonly public: string;
	/** Hosts and nodes; the largest, because each pod of a cluster takes an address. */
	readonly private: string;
	/** Databases and caches: no way to the internet. */
	readonly isolated: string;
}

/** Zones a plan has room for; a fourth never comes, so no promotion runs out of addresses. */
export const MOST_ZONES = 3;

/**
 * Divides a network's range among zones, the same way for every tier: a subnet's range can never be changed, only
 * replaced with everything in it. Private ranges are the first three eighths, public ones the ninth to eleventh
 * sixteenth, isolated ones the thirteenth to fifteenth; the rest stays free.
 *
 * @param range IPv4 network of 16 to 24 bits, such as `10.0.0.0/16`.
 * @example zoneRanges("10.0.0.0/16")[0] // { private: "10.0.0.0/19", public: "10.0.128.0/20", isolated: "10.0.192.0/20" }
 */
export function zoneRanges(range: string): readonly ZoneRanges[] {
	const { base, bits } = parse(range);
	const part = (index: number, more: number) => `${toAddress(base + index * 2 ** (32 - bits - more))}/${bits + more}`;
	return Array.from({ length: MOST_ZONES }, (_, zone) => ({
		private: part(zone, 3),
		public: part(8 + zone, 4),
		isolated: part(12 + zone, 4),
	}));
}

/**
 * Range of the second region's network: the neighbour of the same size, so that the two can be joined one day. A range
 * whose neighbour is not private takes one from 10.0.0.0/8.
 */
export function neighbourRange(range: string): string {
	const { base, bits } = parse(range);
	const size = 2 ** (32 - bits);
	const neighbour = (base / size) % 2 === 0 ? base + size : base - size;
	const inPrivate = PRIVATE.some(([start, length]) => {
		const block = 2 ** (32 - length);
		return Math.floor(neighbour / block) === start / block;
	});
	return `${inPrivate ? toAddress(neighbour) : "10.0.0.0"}/${bits}`;
}

/** RFC 1918. */
const PRIVATE: readonly (readonly [number, number])[] = [
	[toNumber("10.0.0.0"), 8],
	[toNumber("172.16.0.0"), 12],
	[toNumber("192.168.0.0"), 16],
];

function parse(range: string): { readonly base: number; readonly bits: number } {
	const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(range);
	const [, address, length] = match ?? [];
	const bits = Number(length);
	if (address === undefined || bits < 16 || bits > 24) {
		throw new BugError(`the network range ${range} passed the checks of the stack file and has not 16 to 24 bits`);
	}
	return { base: toNumber(address), bits };
}

function toNumber(address: string): number {
	return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
	return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

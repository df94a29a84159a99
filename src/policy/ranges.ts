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

export const SSH_PORT = 22;

/** Ports that databases and caches listen on, with the word for the message. */
export const DATA_PORTS: readonly (readonly [number, string])[] = [
	[3306, "MySQL"],
	[5432, "PostgreSQL"],
	[6379, "Redis and Valkey"],
	[25060, "managed databases"],
	[25061, "managed connection pools"],
];

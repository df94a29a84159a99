import { problem, UserError } from "../../errors.ts";
import { unknownWord } from "../../nearest.ts";

/**
 * Versions by what a plan writes: the service wants major and minor. Families go by the major one.
 * Source: docs.aws.amazon.com, AmazonElastiCache, supported engine versions; @pulumi/aws 7.48.0,
 * elasticache/replicationGroup.d.ts, `engineVersion` (read 2026-11-21).
 */
const VERSIONS: Readonly<Record<"valkey" | "redis", Readonly<Record<string, string>>>> = {
	valkey: { "7": "7.2", "7.2": "7.2", "8": "8.0", "8.0": "8.0", "8.1": "8.1", "8.2": "8.2" },
	redis: { "7": "7.1", "7.0": "7.0", "7.1": "7.1" },
};

/**
 * Version with its minor part.
 *
 * @throws UserError for one that is not in the table.
 */
export function cacheVersion(engine: "valkey" | "redis", version: string): string {
	const found = VERSIONS[engine][version];
	if (found !== undefined) return found;
	throw new UserError([
		problem(unknownWord(`version of ${engine} for the cache`, version, Object.keys(VERSIONS[engine]))),
	]);
}

/** Family of parameters: `valkey8`, `redis7`. */
export function cacheFamily(engine: "valkey" | "redis", version: string): string {
	return `${engine}${cacheVersion(engine, version).split(".").at(0)}`;
}

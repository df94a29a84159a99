/**
 * The project's vocabulary: the closed lists that every room shares.
 * Data files, schemas and messages all draw on these lists, so a word has one spelling everywhere.
 */

/** Clouds a ladder can be sized for. */
export const PROVIDERS = ["digitalocean", "aws"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What a component is for. Costs, downtime and the change set are grouped by role. */
export const ROLES = [
	"app",
	"database",
	"cache",
	"files",
	"load-balancer",
	"cdn",
	"queue",
	"dns",
	"network",
	"monitoring",
	"backup",
] as const;
export type Role = (typeof ROLES)[number];

/** How the application is hosted, smallest first. */
export const LAYOUTS = ["single", "split", "balanced", "autoscaled", "kubernetes"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Database engines a ladder may name. `sqlite` always lives on the host's data volume. */
export const ENGINES = ["sqlite", "postgres", "mysql"] as const;
export type Engine = (typeof ENGINES)[number];

/** What answers where the product should: the product, or what stands in for it while no image is named. */
export const SERVED = ["application", "built-in responder"] as const;
export type Served = (typeof SERVED)[number];

/** What a stack may accept, one narrow entry at a time. There is no `all`. */
export const RISKS = ["downtime", "one-way", "data-loss", "cost", "exposure", "unknown", "recovery-gap"] as const;
export type Risk = (typeof RISKS)[number];

/** Components that hold data: kept when a tier no longer asks for them, until a stack file retires them by this name. */
export const RETIRABLE = ["backup", "cache", "data", "database", "files", "queue"] as const;

/** Hours that turn an hourly price into a monthly one on AWS (DigitalOcean caps a month at 672 h). */
export const HOURS_PER_MONTH = 730;

/** Values that can be written as JSON and compared byte by byte. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainRecord = { readonly [key: string]: Plain };

/** For the `default` of an exhaustive switch: a new member of a union stops the build, not the user. */
export function assertNever(value: never, what: string): never {
	throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}

import type { Plain } from "../words.ts";
import { aws } from "./aws/cloud.ts";
import { digitalOcean } from "./digitalocean/cloud.ts";
import { kubernetes } from "./kubernetes/cloud.ts";

/** What the model must know of a cloud whose resources the program declares. */
export interface ModelCloud {
	/** First part of its types' tokens. */
	readonly package: string;
	/** Types whose ids programs turn into numbers: a reference in text would become NaN on the way. */
	readonly numericIds: ReadonlySet<string>;
	/**
	 * What a lookup would find, by token; null = the model knows no such lookup.
	 *
	 * @param domains host names of the stack.
	 * @param inputs what it is asked about.
	 */
	lookup(
		token: string,
		domains: readonly string[],
		inputs: Readonly<Record<string, unknown>>,
	): Readonly<Record<string, Plain>> | null;
	/** Outputs of a resource that the program looks into, where a reference to the whole would not do. Default: none. */
	shapes?(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, Plain>>;
}

/** One row a cloud, and one for what runs inside clusters. A type or lookup of any other stops the model. */
const CLOUDS: readonly ModelCloud[] = [aws, digitalOcean, kubernetes];

/** Type of a provider that a program declares by itself, such as the one of a cluster: `pulumi:providers:<package>`. */
const PROVIDER_PREFIX = "pulumi:providers:";

/** The cloud a type or a lookup belongs to; null for strangers. */
export function cloudOf(token: string): ModelCloud | null {
	const own = token.startsWith(PROVIDER_PREFIX) ? `${token.slice(PROVIDER_PREFIX.length)}:` : token;
	return CLOUDS.find((cloud) => own.startsWith(`${cloud.package}:`)) ?? null;
}

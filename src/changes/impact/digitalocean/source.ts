import type { Source } from "../rule.ts";

/** Day the provider's source, schema and documents were read; rules read later say so themselves. */
const READ_AT = "2026-11-21";
/** terraform-provider-digitalocean, the code under the Pulumi provider. */
export const PROVIDER = "terraform-provider-digitalocean v2.99.1 (401992a1)";
export const API = "digitalocean/openapi 7c1300c4";

/** Where a rule comes from, with its numbers in the list of traps. */
export function from(source: string, ...traps: readonly number[]): Source {
	return { source, traps, readAt: READ_AT };
}

/** `Droplet` -> `digitalocean:index/droplet:Droplet`. */
export function token(name: string): string {
	return `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

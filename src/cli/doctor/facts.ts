import type { Unfinished } from "../../changes/unfinished.ts";

/** What was found out, without a judgement. Never holds a secret's value: only whether there is one. */
export interface Facts {
	/** `3.250.0`; null = no `pulumi` on PATH. */
	readonly pulumiVersion: string | null;
	/** Where the state is kept; null = not logged in. */
	readonly backend: { readonly url: string; readonly user: string } | null;
	/** The stack as the backend knows it; null = not made yet, or not logged in. */
	readonly stack: { readonly unfinished: readonly Unfinished[] } | null;
	/** How the stack's secrets are encrypted, as its file says; null = it does not say. */
	readonly secretsProvider: string | null;
	/** Names of environment variables that are set and not empty. */
	readonly env: ReadonlySet<string>;
	readonly dns: readonly DnsFact[];
	/** The provider's own answers; a text = why there are none. */
	readonly account: AccountFacts | string;
}

export interface DnsFact {
	readonly domain: string;
	/** Zone that answered and its name servers; null = no zone above the domain answers. */
	readonly zone: { readonly name: string; readonly servers: readonly string[] } | null;
}

/** What an account offers in the stack's region, and what of its limits is used. */
export interface AccountFacts {
	/** Why the account is not active; null = it is. */
	readonly trouble: string | null;
	/** Regions that take new machines. */
	readonly regions: readonly string[];
	/** Machine sizes on offer in the region. */
	readonly machineSizes: ReadonlySet<string>;
	/** Managed engines by our own name. */
	readonly engines: Readonly<Record<string, EngineFacts>>;
	readonly quotas: readonly QuotaFact[];
	/** Fingerprints of the SSH keys that were added to the account; null = the provider takes keys from anywhere. */
	readonly sshFingerprints: ReadonlySet<string> | null;
	/** DNS zones the account serves. */
	readonly zones: readonly string[];
}

export interface EngineFacts {
	readonly regions: readonly string[];
	readonly versions: readonly string[];
	/** `2:db-s-1vcpu-2gb`: sizes by number of nodes. */
	readonly layouts: ReadonlySet<string>;
}

export interface QuotaFact {
	readonly what: "machines";
	readonly limit: number;
	/** Used by the whole account, this stack with it; null = not known. */
	readonly used: number | null;
}

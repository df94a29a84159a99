import type { Provider } from "../../words.ts";
import { AWS } from "./aws.ts";
import { DIGITALOCEAN } from "./digitalocean.ts";

/** What a person who moves data meets at one cloud and not at another. */
export interface ProviderFacts {
	/** Words that tell rclone of the cloud's buckets, after its `config create <name>`. */
	readonly remote: (region: string) => string;
	/** Whether the application's user of a managed PostgreSQL owns its database, and so may make tables in it at once. */
	readonly ownsDatabase: boolean;
	/** Logical names of what lets hosts act at the cloud, `*` for any rest: it goes after them. */
	readonly hostRights: readonly string[];
}

export const PROVIDER_FACTS: Readonly<Record<Provider, ProviderFacts>> = { aws: AWS, digitalocean: DIGITALOCEAN };

import type { ProviderFacts } from "./providerFacts.ts";

/**
 * Endpoint: docs.digitalocean.com, "Spaces API", read 2026-11-21. Owner: docs.digitalocean.com, "How to Manage PostgreSQL
 * Users and Databases" (the administrator `doadmin` owns databases; users are given rights), read 2026-11-21.
 */
export const DIGITALOCEAN: ProviderFacts = {
	remote: (region) => `s3 provider=DigitalOcean endpoint=${region}.digitaloceanspaces.com`,
	ownsDatabase: false,
	hostRights: [],
};

import type { ProviderFacts } from "./providerFacts.ts";

/** Words: rclone.org/s3, read 2026-11-21. The application's user is the one the database is made with, so it owns it. */
export const AWS: ProviderFacts = {
	remote: (region) => `s3 provider=AWS region=${region}`,
	ownsDatabase: true,
	hostRights: ["app-role*", "app-user*"],
};

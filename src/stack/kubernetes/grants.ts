import type { core } from "@pulumi/kubernetes/types/input.js";
import { type Output, secret } from "@pulumi/pulumi";
import { adminVariables, DATABASE_GRANTS, type DatabaseAdmin } from "../../host/files/databaseGrants.ts";
import { postgresImage } from "./copies.ts";

/** What lets the application's user into its database before a process starts. */
export interface GrantsArgs {
	/** Major version of the server, for the image of its client. */
	readonly version: string;
	/** Secret. */
	readonly admin: Output<DatabaseAdmin>;
}

/** Name of the secret with the administrator's login, which the application's own containers are not given. */
export const ADMIN = "database-admin";

/** Content of that secret. */
export function adminSecret({ admin }: GrantsArgs): Output<Record<string, string>> {
	return secret(admin.apply(adminVariables));
}

/** Runs to its end before the application's container starts; asks for nothing that is granted already. */
export function grantsContainer({ version }: GrantsArgs): core.v1.Container {
	return {
		name: "database-grants",
		image: postgresImage(version),
		command: ["/bin/sh", "-c", DATABASE_GRANTS],
		envFrom: [{ secretRef: { name: ADMIN } }],
		securityContext: { allowPrivilegeEscalation: false },
	};
}

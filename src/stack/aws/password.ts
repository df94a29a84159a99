import { getRandomPasswordOutput } from "@pulumi/aws/secretsmanager/getRandomPassword.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { type Output, secret } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { Declare } from "./declare.ts";

/** A password nobody types, and where the cloud keeps it. */
export interface Password {
	readonly secret: Secret;
	/** ARN of the secret, once its value is written. */
	readonly arn: Output<string>;
	readonly user: string;
	/** Secret. */
	readonly value: Output<string>;
}

/** Letters and digits only: the value stands in connection strings as it is. 40 of them are 238 bits. */
const LENGTH = 40;
/** Days in which a deleted secret can be brought back; the least AWS takes, so that a mistake is not final. */
const RECOVERY_DAYS = 7;

/**
 * A password drawn by Secrets Manager and kept there, written once: later draws are ignored, so it never changes by
 * an update. Its value is a secret of the engine too and stands in its state encrypted only.
 *
 * Not the password that RDS can manage by itself: AWS takes no read replica of such a database, and no member of a
 * global one (docs.aws.amazon.com, AmazonRDS and AuroraUserGuide, rds-secrets-manager, "Limitations", read
 * 2026-11-21), so a promotion to such a tier would have to take the password away first. And it changes every seven
 * days, while the application holds a connection string.
 *
 * @param name logical name of the secret, such as `database-password`.
 * @param guard whether losing it loses data.
 */
export function password(
	declare: Declare,
	name: string,
	what: { readonly user: string; readonly description: string; readonly guard: { readonly protect: boolean } },
): Password {
	const kept = declare(
		"secret",
		Secret,
		name,
		{ description: what.description, recoveryWindowInDays: RECOVERY_DAYS },
		what.guard,
	);
	const drawn = getRandomPasswordOutput({ passwordLength: LENGTH, excludePunctuation: true }, { parent: kept });
	const version = declare(
		"secretVersion",
		SecretVersion,
		`${name}-value`,
		{
			secretId: kept.id,
			secretString: secret(drawn.randomPassword).apply((word) =>
				JSON.stringify({ username: what.user, password: word }),
			),
		},
		{ ...what.guard, ignoreChanges: ["secretString"] },
	);
	return {
		secret: kept,
		arn: version.arn,
		user: what.user,
		value: secret(version.secretString).apply((text) => passwordIn(text, name)),
	};
}

function passwordIn(text: string | undefined, name: string): string {
	const found: unknown = text === undefined ? null : JSON.parse(text);
	if (typeof found === "object" && found !== null && "password" in found && typeof found.password === "string") {
		return found.password;
	}
	throw new BugError(`the secret ${name} holds no password`);
}

import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter.js";
import { Parameter } from "@pulumi/aws/ssm/parameter.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { asSecretString, DOCUMENTS, type DocumentName, documentKey, type Pool } from "../../host/plan.ts";
import type { Declare } from "./declare.ts";
import { MANAGED, readSecrets } from "./identity.ts";
import { policyDocument, type Statement, trustOf } from "./policyDocument.ts";

/* What the machines of a pool share: their role, their settings, their image. */

/** What the machines of a pool act as. */
export interface PoolIdentity {
	readonly role: Role;
	readonly profile: InstanceProfile;
}

/** The role of a pool's machines: sessions without an open port, and what `publish` adds. */
export function identityOf(declare: Declare, pool: Pool): PoolIdentity {
	const role = declare("role", Role, `${pool}-role`, {
		assumeRolePolicy: trustOf("ec2.amazonaws.com"),
		description: "Hosts of the stack: their settings, sessions without an open port",
	});
	declare("rolePolicyAttachment", RolePolicyAttachment, `${pool}-role-session`, {
		role: role.name,
		policyArn: MANAGED.session,
	});
	return { role, profile: declare("instanceProfile", InstanceProfile, `${pool}-profile`, { role: role.name }) };
}

/** The documents of a pool, and who reads them. */
export interface PublishArgs {
	readonly pool: Pool;
	/** Beginning of the secrets' names, such as `tierstack/prod`: hosts are born with it. */
	readonly prefix: string;
	readonly documents: Readonly<Record<DocumentName, Output<string>>>;
	readonly identity: PoolIdentity;
	/** What the pool's machines may do beside reading these. In place. */
	readonly grants: readonly Statement[];
}

/**
 * Writes a pool's documents, one after the other: hosts must find the secrets before what refers to them. Deleted ones
 * are gone at once, so that a stack that is made again finds the names free: nothing is in them that the program
 * would not write again.
 */
export function publish(declare: Declare, args: PublishArgs): readonly Resource[] {
	const { pool } = args;
	const secrets: Secret[] = [];
	let before: SecretVersion[] = [];
	for (const document of DOCUMENTS) {
		const name = `settings-${pool}-${document.replace(".json", "")}`;
		const kept = declare("secret", Secret, name, {
			name: `${args.prefix}/${documentKey(pool, document)}`,
			description: "Read by the hosts of the stack; written by the program in each update",
			recoveryWindowInDays: 0,
		});
		const secretString = args.documents[document].apply(asSecretString);
		secrets.push(kept);
		before = [
			declare(
				"secretVersion",
				SecretVersion,
				`${name}-value`,
				{ secretId: kept.id, secretString },
				{ dependsOn: before },
			),
		];
	}
	const rights = declare("rolePolicy", RolePolicy, `${pool}-rights`, {
		role: args.identity.role.id,
		policy: policyDocument(readSecrets(secrets.map(({ arn }) => arn)), ...args.grants),
	});
	return [...before, rights];
}

/**
 * The image every host of the stack is born from, chosen once: what the publisher calls current changes every few
 * weeks, and hosts would be replaced by it unasked. Another place (another release, or a dated one by a pin) is a new
 * choice.
 *
 * @param place name of the public parameter that holds an image's id.
 */
export function bornImage(declare: Declare, parent: Resource, place: string): Output<string> {
	const image = declare(
		"parameter",
		Parameter,
		"app-image",
		{
			type: "String",
			insecureValue: getParameterOutput({ name: place }, { parent }).insecureValue,
			description: `Machine image of the stack's hosts, from ${place}`,
		},
		{ ignoreChanges: ["insecureValue"], replaceOnChanges: ["description"] },
	);
	return image.insecureValue;
}

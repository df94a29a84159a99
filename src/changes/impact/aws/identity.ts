import { otherValue } from "../conditions.ts";
import { down, lost, NO_DOWNTIME, quiet, readByHosts, removed, replaced } from "../effects.ts";
import type { PropertyRule, TypeRule } from "../rule.ts";
import { CFN, from, inPlace, PROVIDER, part, SDK, token } from "./source.ts";

const refusedUser = down("outage", null, "whoever acts by it is refused");
const notRead = [{ risk: "exposure" as const, why: "the policy is not read here, so it counts as wider" }];

export const IDENTITY_TYPES: readonly TypeRule[] = [
	part("iam.Role", "role", from(`${CFN} AWS::IAM::Role`), {
		remove: { ...removed, downtime: refusedUser },
		replace: replaced({ downtime: refusedUser, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["name"],
		heldBy: "the role is still in use",
	}),
	part("iam.RolePolicy", "what a role may do", from(`${PROVIDER}/iam/role_policy.go`), {
		kind: "grant",
		within: "role",
		remove: { ...removed, downtime: refusedUser },
		replace: replaced({ downtime: NO_DOWNTIME, data: "none", undo: "yes", undoWhy: "set it back" }),
		uniqueBy: ["role", "name"],
	}),
	part(
		"iam.RolePolicyAttachment",
		"what a role may do",
		from(`${CFN} AWS::IAM::RolePolicy; pulumi-aws provider/resource_overrides.go`),
		{
			kind: "grant",
			within: "role",
			remove: { ...removed, downtime: refusedUser },
			replace: replaced({
				downtime: down("brief", [0, 2], "whoever acts by it is refused until it is attached again"),
				data: "none",
				undo: "yes",
				undoWhy: "set it back",
			}),
			uniqueBy: ["role", "policyArn"],
		},
	),
	part("iam.Policy", "policy", from(`${CFN} AWS::IAM::ManagedPolicy`), {
		kind: "grant",
		uniqueBy: ["name"],
		heldBy: "the policy is still attached",
	}),
	part("iam.User", "user of the account", from(`${CFN} AWS::IAM::User`), {
		remove: { ...removed, downtime: refusedUser },
		replace: replaced({
			downtime: refusedUser,
			data: "none",
			undo: "partial",
			undoWhy: "its keys do not come back",
			route: "second-credential",
		}),
		uniqueBy: ["name"],
		heldBy: "the user still has keys or policies",
	}),
	part("iam.AccessKey", "key of a user", from(`${CFN} AWS::IAM::AccessKey`), {
		kind: "grant",
		within: "user",
		remove: {
			...removed,
			downtime: refusedUser,
			undo: "partial",
			undoWhy: "the old secret does not come back",
			route: "second-credential",
		},
		replace: replaced({
			downtime: down("outage", null, "the new key has another secret"),
			data: "none",
			undo: "partial",
			undoWhy: "the old secret does not come back",
			route: "second-credential",
		}),
	}),
	part("iam.UserPolicy", "what a user may do", from(`${PROVIDER}/iam/user_policy.go`), {
		kind: "grant",
		within: "user",
		remove: { ...removed, downtime: refusedUser },
		uniqueBy: ["user", "name"],
	}),
	part("iam.InstanceProfile", "role of the hosts", from(`${CFN} AWS::IAM::InstanceProfile`), {
		remove: { ...removed, downtime: refusedUser },
		uniqueBy: ["name"],
		heldBy: "hosts still run under it",
	}),
	part("iam.OpenIdConnectProvider", "trust in the cluster's own identities", from(`${CFN} AWS::IAM::OIDCProvider`), {
		kind: "grant",
	}),
	part("iam.ServiceLinkedRole", "role of a service", from(`${CFN} AWS::IAM::ServiceLinkedRole`)),
	part("kms.Key", "key of encryption", from(`${CFN} AWS::KMS::Key`, 88, 95), {
		kind: "data",
		remove: {
			...lost(
				"lost",
				"after its waiting time nothing that it encrypted can be read again",
				down("outage", null, "what is encrypted with it cannot be read"),
			),
			route: "keep-then-retire",
		},
		removeWhen: [
			{
				says: "it only encrypts what alarms say on their way",
				holds: ({ name }) => /-topic-key$/.test(name),
				effect: { ...removed, undoWhy: "create it again; nobody is told meanwhile" },
			},
		],
		replace: replaced({
			downtime: down("outage", null, "what is encrypted with the old key cannot be read once that is gone"),
			data: "lost",
			undo: "no",
			undoWhy: "a key that is gone does not come back",
			route: "keep-then-retire",
		}),
	}),
	part("kms.ReplicaKey", "key of encryption in the other region", from(`${CFN} AWS::KMS::ReplicaKey`, 88), {
		kind: "data",
		remove: {
			...lost("lost", "after its waiting time nothing that it encrypted there can be read again", NO_DOWNTIME),
			route: "keep-then-retire",
		},
		replace: replaced({
			downtime: NO_DOWNTIME,
			data: "lost",
			undo: "no",
			undoWhy: "a key that is gone does not come back",
			route: "keep-then-retire",
		}),
	}),
	part("kms.Alias", "name of a key", from(`${CFN} AWS::KMS::Alias`), { uniqueBy: ["name"] }),
	part("secretsmanager.Secret", "secret", from(`${PROVIDER}/secretsmanager/secret.go`, 84), {
		kind: "settings",
		remove: {
			...removed,
			downtime: down("outage", null, "whoever reads it at its next start finds nothing"),
			undo: "partial",
			undoWhy: "it waits for its days of recovery, and its name is taken so long",
			route: "second-credential",
		},
		replace: replaced({
			downtime: down("outage", null, "whoever reads it looks in the old place until told of the new one"),
			data: "none",
			undo: "partial",
			undoWhy: "the old name is taken for the days of recovery",
			route: "second-credential",
		}),
		uniqueBy: ["name"],
	}),
	part("secretsmanager.SecretVersion", "value of a secret", from(`${PROVIDER}/secretsmanager/secret_version.go`, 84), {
		kind: "settings",
		within: "secretId",
		remove: { ...removed, undoWhy: "write it again" },
		replace: replaced({
			downtime: down(
				"none",
				null,
				"shown as a replacement, is a new version; whoever reads it takes it at the next look",
				"documented",
			),
			data: "none",
			undo: "yes",
			undoWhy: "write the older value again",
		}),
		replaceWhen: [
			{
				says: "a document that hosts look for and restart services by",
				holds: ({ name }) => /^settings-.+-(host|secrets)-value$/.test(name),
				effect: replaced({ ...readByHosts, undoWhy: "hosts read the older settings again" }),
			},
		],
	}),
	part("secretsmanager.SecretPolicy", "who may read the secret", from(`${SDK} secretsmanager/secretPolicy.d.ts`), {
		kind: "grant",
		within: "secretArn",
	}),
	part(
		"secretsmanager.SecretRotation",
		"change of the secret by itself",
		from(`${SDK} secretsmanager/secretRotation.d.ts`),
		{ within: "secretId" },
	),
	part("ssm.Parameter", "setting of the hosts", from(`${CFN} AWS::SSM::Parameter`), {
		kind: "settings",
		uniqueBy: ["name"],
	}),
	part("ec2.KeyPair", "SSH key", from(`${CFN} AWS::EC2::KeyPair`), { uniqueBy: ["keyName"] }),
];

const POLICIES: readonly (readonly [short: string, ...paths: string[]])[] = [
	["iam.Role", "assumeRolePolicy", "permissionsBoundary", "inlinePolicies", "managedPolicyArns"],
	["iam.RolePolicy", "policy"],
	["iam.Policy", "policy"],
	["iam.UserPolicy", "policy"],
	["iam.User", "permissionsBoundary"],
	["kms.Key", "policy"],
	["kms.ReplicaKey", "policy"],
	["secretsmanager.Secret", "policy"],
	["secretsmanager.SecretPolicy", "policy"],
	["iam.OpenIdConnectProvider", "clientIdLists", "thumbprintLists"],
];

export const IDENTITY_RULES: readonly PropertyRule[] = [
	...POLICIES.map(
		([short, ...paths]): PropertyRule => ({
			type: token(short),
			paths,
			effect: { ...quiet, risks: notRead },
			...from(`${CFN}: policies are changed in place; not read here, so they count as wider`),
		}),
	),
	inPlace("iam.Role", ["description", "maxSessionDuration", "tags"], from(`${CFN} AWS::IAM::Role: in place`)),
	{
		type: token("iam.Role"),
		paths: ["forceDetachPolicies"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} iam/role.d.ts`),
	},
	{
		type: token("iam.User"),
		paths: ["forceDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} iam/user.d.ts`),
	},
	inPlace("iam.User", ["path", "tags"], from(`${CFN} AWS::IAM::User: in place`)),
	{
		type: token("iam.AccessKey"),
		paths: ["status"],
		effect: { ...quiet, outcome: "interrupts", downtime: refusedUser, undoWhy: "switch it on again" },
		...from(`${CFN} AWS::IAM::AccessKey: in place`),
	},
	{
		type: token("iam.InstanceProfile"),
		paths: ["role"],
		when: otherValue,
		effect: { ...quiet, risks: [{ risk: "exposure", why: "what hosts may do in the account changes" }] },
		...from(`${CFN} AWS::IAM::InstanceProfile: in place`),
	},
	inPlace("iam.InstanceProfile", ["role", "tags"], from(`${CFN} AWS::IAM::InstanceProfile: in place`)),
	inPlace("iam.Policy", ["tags"], from(`${SDK}: tags are changed in place`)),
	inPlace("iam.OpenIdConnectProvider", ["tags"], from(`${SDK}: tags are changed in place`)),
	inPlace("iam.ServiceLinkedRole", ["description", "tags"], from(`${SDK} iam/serviceLinkedRole.d.ts`)),
	{
		type: token("kms.Key"),
		paths: ["isEnabled"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "a key that is switched off opens nothing"),
			undoWhy: "switch it on again",
		},
		...from(`${SDK} kms/key.d.ts`, 88),
	},
	inPlace(
		"kms.Key",
		["deletionWindowInDays", "description", "enableKeyRotation", "rotationPeriodInDays", "tags"],
		from(`${CFN} AWS::KMS::Key: in place`, 88),
	),
	inPlace(
		"kms.ReplicaKey",
		["deletionWindowInDays", "description", "enabled", "tags"],
		from(`${CFN} AWS::KMS::ReplicaKey: in place`, 88),
	),
	inPlace("kms.Alias", ["targetKeyId"], from(`${CFN} AWS::KMS::Alias: in place`)),
	inPlace(
		"secretsmanager.Secret",
		["description", "kmsKeyId", "recoveryWindowInDays", "replicas", "tags", "forceOverwriteReplicaSecret"],
		from(`${PROVIDER}/secretsmanager/secret.go: in place`, 84),
	),
	inPlace(
		"secretsmanager.SecretVersion",
		["versionStages", "secretStringWo"],
		from(`${PROVIDER}/secretsmanager/secret_version.go: in place`, 84),
	),
	inPlace(
		"secretsmanager.SecretRotation",
		["rotateImmediately", "rotationLambdaArn", "rotationRules"],
		from(`${SDK} secretsmanager/secretRotation.d.ts`),
	),
	{
		type: token("ssm.Parameter"),
		paths: ["value", "insecureValue", "valueWo"],
		effect: { ...readByHosts, outcome: "interrupts", undoWhy: "hosts read the older settings again" },
		...from("src/host/files/apply.ts: units whose files changed are restarted"),
	},
	inPlace(
		"ssm.Parameter",
		["allowedPattern", "dataType", "description", "keyId", "overwrite", "tags", "tier", "type"],
		from(`${SDK} ssm/parameter.d.ts`),
	),
];

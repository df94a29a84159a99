import { standingInTheWay, unfinishedText, wayOut } from "../../changes/unfinished.ts";
import { checkAccount } from "./accountChecks.ts";
import { checkDns } from "./dnsChecks.ts";
import type { Facts } from "./facts.ts";
import { type Finding, missing, note, ok } from "./finding.ts";
import type { Needs } from "./needs.ts";

/** The CLI must not be older than the SDK the program is built with (package.json, `@pulumi/pulumi`). */
export const PULUMI_VERSION = "3.248.0";

/** Everything a stack needs for `pulumi up`; without a stack, what every stack needs. */
export function check(facts: Facts, needs: Needs | null): Finding[] {
	const general = [checkCli(facts), checkBackend(facts, needs)];
	if (needs === null) return general;
	return [
		...general,
		...checkStackState(facts, needs),
		...checkSecretsProvider(facts, needs),
		...checkCredentials(facts, needs),
		...checkAccess(needs),
		...checkDns(facts.dns, needs),
		...checkAccount(facts.account, needs),
	];
}

function checkCli({ pulumiVersion }: Facts): Finding {
	if (pulumiVersion === null) return missing("no Pulumi CLI on PATH", "curl -fsSL https://get.pulumi.com | sh");
	return isOlder(pulumiVersion, PULUMI_VERSION)
		? missing(`Pulumi CLI ${pulumiVersion} is older than ${PULUMI_VERSION}`, "curl -fsSL https://get.pulumi.com | sh")
		: ok(`Pulumi CLI ${pulumiVersion}`);
}

function isOlder(found: string, wanted: string): boolean {
	const left = found.split(/[.+-]/).map(Number);
	const right = wanted.split(".").map(Number);
	for (const [index, part] of right.entries()) {
		const other = left[index] ?? 0;
		if (other !== part) return other < part;
	}
	return false;
}

function checkBackend({ pulumiVersion, backend }: Facts, needs: Needs | null): Finding {
	if (backend === null) {
		const what = pulumiVersion === null ? "backend not looked up, as there is no CLI" : "not logged in to a backend";
		return missing(what, "pulumi login (or pulumi login s3://your-bucket, or pulumi login --local for a trial)");
	}
	const local = backend.url.startsWith("file:");
	if (local && needs?.production === true) {
		const what = `the state of ${needs.stack} is kept on this machine (${backend.url}): lost with it, shared with nobody`;
		return missing(what, "pulumi login (or pulumi login s3://your-bucket)");
	}
	return local
		? note(`state is kept on this machine (${backend.url}): fine for a trial`)
		: ok(`backend ${backend.url}`);
}

function checkStackState({ backend, stack }: Facts, needs: Needs): Finding[] {
	if (backend === null) return [];
	if (stack === null) return [missing(`the backend has no stack ${needs.stack}`, `pulumi stack init ${needs.stack}`)];
	return [
		ok(`stack ${needs.stack}`),
		...stack.unfinished.map((each) =>
			(standingInTheWay([each]).length > 0 ? missing : note)(
				unfinishedText(each),
				wayOut(needs.stack, each)
					.steps.map((step, index) => `${index + 1}. ${step}`)
					.join(" "),
			),
		),
	];
}

function checkSecretsProvider({ secretsProvider, backend, env }: Facts, needs: Needs): Finding[] {
	const given = env.has("PULUMI_CONFIG_PASSPHRASE") || env.has("PULUMI_CONFIG_PASSPHRASE_FILE");
	if (secretsProvider === "passphrase") {
		return [
			given
				? ok("secrets are encrypted by a passphrase")
				: missing("secrets are encrypted by a passphrase, which is not set", "export PULUMI_CONFIG_PASSPHRASE=..."),
		];
	}
	if (secretsProvider !== null) return [ok(`secrets are encrypted by ${secretsProvider.split("?")[0]}`)];
	if (backend === null) return [];
	if (/^https?:/.test(backend.url)) return [ok("secrets are encrypted by the backend")];
	// Any other backend encrypts by a passphrase, unless the stack is made with a key service.
	if (given) return [ok("secrets will be encrypted by a passphrase")];
	const fix = `export PULUMI_CONFIG_PASSPHRASE=... (or pulumi stack init ${needs.stack} --secrets-provider awskms://alias/...)`;
	return [missing("nothing is set to encrypt secrets with", fix)];
}

interface Credential {
	readonly what: string;
	/** Any one group of variables, all of it set. */
	readonly groups: readonly (readonly string[])[];
	readonly fix: string;
	readonly needed: (needs: Needs) => boolean;
}

const CREDENTIALS: Readonly<Record<Needs["provider"], readonly Credential[]>> = {
	digitalocean: [
		{
			what: "DigitalOcean API token",
			groups: [["DIGITALOCEAN_TOKEN"], ["DIGITALOCEAN_ACCESS_TOKEN"]],
			fix: "export DIGITALOCEAN_TOKEN=... (console: API, Tokens, Generate; write scope)",
			needed: () => true,
		},
		{
			what: "Spaces access key, which is separate from the API token",
			groups: [["SPACES_ACCESS_KEY_ID", "SPACES_SECRET_ACCESS_KEY"]],
			fix: "export SPACES_ACCESS_KEY_ID=... SPACES_SECRET_ACCESS_KEY=... (console: Spaces Object Storage, Access Keys, Full access)",
			needed: ({ buckets }) => buckets,
		},
	],
	aws: [
		{
			what: "AWS credentials",
			groups: [
				["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
				["AWS_PROFILE"],
				["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
				["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
			],
			fix: "export AWS_PROFILE=... (or aws configure sso)",
			needed: () => true,
		},
	],
};

function checkCredentials({ env }: Facts, needs: Needs): Finding[] {
	return CREDENTIALS[needs.provider]
		.filter(({ needed }) => needed(needs))
		.map(({ what, groups, fix }) =>
			groups.some((group) => group.every((name) => env.has(name))) ? ok(what) : missing(`no ${what}`, fix),
		);
}

/** How else people reach a machine without a key of theirs; null = not at all. */
const KEYLESS_ACCESS: Readonly<Record<Needs["provider"], string | null>> = {
	digitalocean: null,
	aws: "no SSH key: machines are reached by aws ssm start-session",
};

function checkAccess({ stack, provider, sshFingerprints, machines }: Needs): Finding[] {
	if (machines.length === 0) return [];
	const keys = sshFingerprints.length;
	if (keys > 0) return [ok(`${keys} SSH ${keys === 1 ? "key" : "keys"} may log in`)];
	const keyless = KEYLESS_ACCESS[provider];
	if (keyless !== null) return [note(keyless)];
	const fix = `ssh-keygen -t ed25519, then write the .pub line to tierstack:access.sshKeys in Pulumi.${stack}.yaml`;
	return [missing("no SSH key may log in to the machines", fix)];
}

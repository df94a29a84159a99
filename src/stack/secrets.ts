import { createHash } from "node:crypto";
import { Config, type Input, type Output } from "@pulumi/pulumi";
import type { StackConfig } from "../config/stackConfig.ts";
import { BugError } from "../errors.ts";

/** Names under `tierstack:secrets` that hold one's own certificate, PEM each. */
export const OWN_CERTIFICATE = {
	certificate: "tlsCertificate",
	privateKey: "tlsPrivateKey",
	chain: "tlsChain",
} as const;

/** Names of the secrets that are the application's: all that the stack itself has no use for. */
export function secretsOfApp(config: StackConfig): readonly string[] {
	const ours: readonly string[] = [
		...Object.values(OWN_CERTIFICATE),
		config.alerts.slack?.urlSecret ?? "",
		config.alerts.webhook?.urlSecret ?? "",
		config.app.registry?.passwordSecret ?? "",
		config.backup.heartbeatSecret ?? "",
	];
	return config.secretNames.filter((name) => !ours.includes(name));
}

/**
 * A value of `tierstack:secrets`, as a secret. Only its name is known to plain code; the value goes from the engine
 * into inputs and never through a file.
 */
export function secretNamed(name: string): Output<string> {
	return new Config("tierstack").requireSecretObject<Record<string, string>>("secrets").apply((secrets) => {
		const value = secrets[name];
		if (value === undefined)
			throw new BugError(`the secret ${name} passed the checks of the stack file and is not there`);
		return value;
	});
}

/** Where a host tells what fails on it: the team's own address, else the chat; null = its journal only. */
export function hostAlertUrl({ alerts }: StackConfig): Output<string> | null {
	const told = alerts.webhook ?? alerts.slack;
	return told === null ? null : secretNamed(told.urlSecret);
}

/** Address that a host calls after each good dump; null = nobody watches. */
export function heartbeatOf({ backup }: StackConfig): Input<string> | null {
	return backup.heartbeatSecret === null ? backup.heartbeatUrl : secretNamed(backup.heartbeatSecret);
}

/** Login of the registry a private image comes from, as hosts are told; null = nobody asks. */
export function registryLogin({ app }: StackConfig) {
	if (app.registry === null) return null;
	const { server, user, passwordSecret } = app.registry;
	return { server, user, password: secretNamed(passwordSecret) };
}

/**
 * A password that nobody types: made from a word that the provider drew at random and that is never replaced, so it
 * needs no place of its own in the state.
 */
export function derived(purpose: string, key: Output<string>): Output<string> {
	return key.apply((secret) => createHash("sha256").update(`tierstack:${purpose}:${secret}`).digest("hex"));
}

import { Config, type Output } from "@pulumi/pulumi";
import { BugError } from "../errors.ts";

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

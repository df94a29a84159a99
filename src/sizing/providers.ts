import { BugError } from "../errors.ts";
import { assertNever, type Provider } from "../words.ts";
import { digitaloceanRules } from "./digitalocean/rules.ts";
import type { ProviderRules } from "./rules.ts";

/** The rules of a provider. */
export function rulesFor(provider: Provider): ProviderRules {
	switch (provider) {
		case "digitalocean":
			return digitaloceanRules;
		case "aws":
			throw new BugError("sizing on aws is not written yet");
		default:
			return assertNever(provider, "provider");
	}
}

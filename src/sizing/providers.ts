import { assertNever, type Provider } from "../words.ts";
import { awsRules } from "./aws/rules.ts";
import { digitaloceanRules } from "./digitalocean/rules.ts";
import type { ProviderRules } from "./rules.ts";

/** The rules of a provider. */
export function rulesFor(provider: Provider): ProviderRules {
	switch (provider) {
		case "digitalocean":
			return digitaloceanRules;
		case "aws":
			return awsRules;
		default:
			return assertNever(provider, "provider");
	}
}

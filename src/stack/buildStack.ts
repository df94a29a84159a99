import { problem, UserError } from "../errors.ts";
import type { Provider } from "../words.ts";
import { buildDigitalOcean } from "./digitalocean/stack.ts";
import type { StackInput } from "./input.ts";
import type { StackOutputs } from "./outputs.ts";

/** Builds a stack from plain data. Every resource is decided before the first one is declared. */
export type StackBuilder = (input: StackInput) => StackOutputs;

/** One builder a cloud, each in its own folder with the same file names for the same roles. */
const BUILDERS: Readonly<Partial<Record<Provider, StackBuilder>>> = {
	digitalocean: buildDigitalOcean,
};

/**
 * Declares everything the blueprint asks for, what earlier tiers left, and what is being retired.
 * Runs inside a Pulumi program, or under Pulumi's mocks for the model.
 *
 * @throws UserError when the provider cannot be built on yet.
 */
export function buildStack(input: StackInput): StackOutputs {
	const { provider } = input.blueprint;
	const build = BUILDERS[provider];
	if (build === undefined) {
		throw new UserError([
			problem(`provider ${provider} can be sized but not built yet`, { key: "tierstack:provider" }),
		]);
	}
	return build(input);
}

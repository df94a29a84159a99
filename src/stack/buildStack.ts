import { BugError, problem, UserError } from "../errors.ts";
import type { Provider } from "../words.ts";
import type { StackInput } from "./input.ts";
import type { StackOutputs } from "./outputs.ts";

/** Builds a stack from plain data. Every resource is decided before the first one is declared. */
export type StackBuilder = (input: StackInput) => StackOutputs;

/**
 * One builder a cloud, each in its own folder with the same file names for the same roles. Loaded by provider: a
 * stack on one cloud does not wait for the other cloud's library.
 */
const LOADERS: Readonly<Partial<Record<Provider, () => Promise<StackBuilder>>>> = {
	digitalocean: async () => (await import("./digitalocean/stack.ts")).buildDigitalOcean,
};

const loaded = new Map<Provider, StackBuilder>();

/** Makes a provider's components ready for `buildStack`. What cannot be built on yet is told there. */
export async function loadBuilder(provider: Provider): Promise<void> {
	const load = LOADERS[provider];
	if (load !== undefined && !loaded.has(provider)) loaded.set(provider, await load());
}

/**
 * Declares everything the blueprint asks for, what earlier tiers left, and what is being retired.
 * Runs inside a Pulumi program, or under Pulumi's mocks for the model, after `loadBuilder`.
 *
 * @throws UserError when the provider cannot be built on yet.
 */
export function buildStack(input: StackInput): StackOutputs {
	const { provider } = input.blueprint;
	if (LOADERS[provider] === undefined) {
		throw new UserError([
			problem(`provider ${provider} can be sized but not built yet`, { key: "tierstack:provider" }),
		]);
	}
	const build = loaded.get(provider);
	if (build === undefined) throw new BugError(`the builder of ${provider} was not loaded before it was asked`);
	return build(input);
}

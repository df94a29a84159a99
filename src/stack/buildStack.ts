import { BugError } from "../errors.ts";
import type { Provider } from "../words.ts";
import type { StackInput } from "./input.ts";
import type { StackOutputs } from "./outputs.ts";

/** Builds a stack from plain data. Every resource is decided before the first one is declared. */
export type StackBuilder = (input: StackInput) => StackOutputs;

/**
 * One builder a cloud, each in its own folder with the same file names for the same roles. Loaded by provider: a
 * stack on one cloud does not wait for the other cloud's library.
 */
const LOADERS: Readonly<Record<Provider, () => Promise<StackBuilder>>> = {
	aws: async () => (await import("./aws/stack.ts")).buildAws,
	digitalocean: async () => (await import("./digitalocean/stack.ts")).buildDigitalOcean,
};

const loaded = new Map<Provider, StackBuilder>();

/** Makes a provider's components ready for `buildStack`. */
export async function loadBuilder(provider: Provider): Promise<void> {
	if (!loaded.has(provider)) loaded.set(provider, await LOADERS[provider]());
}

/**
 * Declares everything the blueprint asks for, what earlier tiers left, and what is being retired.
 * Runs inside a Pulumi program, or under Pulumi's mocks for the model, after `loadBuilder`.
 */
export function buildStack(input: StackInput): StackOutputs {
	const { provider } = input.blueprint;
	const build = loaded.get(provider);
	if (build === undefined) throw new BugError(`the builder of ${provider} was not loaded before it was asked`);
	return build(input);
}

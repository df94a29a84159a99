/**
 * Changes the inputs of one kind of child after the stack has computed them.
 *
 * @param args what the stack would declare.
 * @param name logical name of the child, to tell several of a kind apart.
 * @returns only what differs. What is left out stays, so a transform cannot drop a required input by forgetting it;
 *   an explicit `undefined` removes an optional one.
 */
export type Transform<Args> = (args: Args, name: string) => Partial<Args>;

/** Applies a transform, when there is one. */
export function transformed<Args extends object>(
	transform: Transform<Args> | undefined,
	args: Args,
	name: string,
): Args {
	return transform === undefined ? args : { ...args, ...transform(args, name) };
}

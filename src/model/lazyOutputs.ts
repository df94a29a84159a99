import type { Resource, ResourceTransformationArgs, ResourceTransformationResult } from "@pulumi/pulumi";

/** What an output becomes once its resource is registered; the recorder answers. */
export type OutputValue = (name: string) => unknown;

/**
 * Gives a resource its outputs, inputs' own included, in the place of the runtime (leanRuntime.mts): each is made when
 * somebody reads it. A resource on AWS has dozens, of which a program reads one or two, and the library makes about
 * forty promises for each: they were most of the model's time and memory.
 *
 * The output hangs on the resource's URN, so whoever uses it depends on the resource as ever.
 *
 * @returns the resource without the properties that nobody set: they only come back from the cloud.
 */
export function withLazyOutputs(args: ResourceTransformationArgs, value: OutputValue): ResourceTransformationResult {
	const names = Object.keys(args.props).filter((name) => !OWN.has(name));
	for (const name of names) makeLazy(args.resource, name, value);
	return {
		props: Object.fromEntries(Object.entries(args.props).filter(([, own]) => own !== undefined)),
		opts: args.opts,
	};
}

/** The library sets these two by itself, and sends neither. */
const OWN: ReadonlySet<string> = new Set(["id", "urn"]);

function makeLazy(resource: Resource, name: string, value: OutputValue): void {
	const place = { configurable: true, enumerable: true };
	Object.defineProperty(resource, name, {
		...place,
		get() {
			const output = resource.urn.apply(() => value(name));
			Object.defineProperty(resource, name, { ...place, value: output, writable: true });
			return output;
		},
	});
}

import type { Resource, ResourceTransformationArgs, ResourceTransformationResult } from "@pulumi/pulumi";

/** What an output becomes once its resource is registered; the recorder answers. */
export type OutputValue = (name: string) => unknown;

/**
 * Takes out of a resource's properties those that only come back from the cloud, and puts in the place of each an
 * output that is made when somebody reads it. A resource on AWS has dozens, of which a program reads one or two, and
 * the library makes about twenty promises for each: they were most of the model's time and memory.
 *
 * The output hangs on the resource's URN, so whoever uses it depends on the resource as ever.
 */
export function withLazyOutputs(args: ResourceTransformationArgs, value: OutputValue): ResourceTransformationResult {
	const props = Object.fromEntries(
		Object.entries(args.props).filter(([name, own]) => own !== undefined || OWN.has(name)),
	);
	for (const name of Object.keys(args.props)) {
		if (!(name in props)) makeLazy(args.resource, name, value);
	}
	return { props, opts: args.opts };
}

/** The library sets these two by itself. */
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

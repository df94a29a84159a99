import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

// The parts below are reached as the runtime itself reaches them, through the exports of its CommonJS modules. A file
// that is an ES module by its name gets those as they are, from Node and from esbuild alike; any other gets a copy.

/**
 * Takes from Pulumi's runtime what it does for an engine, for debugging or in advance, and the model has no use for;
 * answers with what gives it back. A model of the largest tier makes 400 000 promises otherwise, and with this a third.
 *
 * What the program declares stays the library's: constructors, outputs, serialisation, dependencies.
 */
export function leanRuntime(): () => void {
	const giveBack = [
		replaced(Error, "stackTraceLimit", NO_TRACES),
		replaced(rpc, "transferProperties", { value: () => ({}) }),
		replaced(debuggable, "debuggablePromise", { value: (promise: unknown) => promise }),
		replaced(struct.Struct, "fromJavaScript", { value: unchanged }),
	];
	return () => {
		for (const each of giveBack) each();
	};
}

/**
 * V8 takes a stack trace for every error that is made: the runtime makes one per property, and for each resource it
 * lifts the limit and writes out the whole of one. What is no plain number V8 reads as "none", and what is set
 * meanwhile is not kept.
 */
const NO_TRACES: PropertyDescriptor = { get: () => 0, set: () => undefined };

/** A message that holds a value as it is: the model reads it in the same process, so nothing has to be written out. */
function unchanged(value: { readonly [key: string]: object }): InstanceType<typeof struct.Struct> {
	return Object.assign(new struct.Struct(), { toJavaScript: () => value });
}

/** Puts something in the place of a property; answers with what puts the property back as it was. */
function replaced(owner: object, name: string, by: PropertyDescriptor): () => void {
	const before = Object.getOwnPropertyDescriptor(owner, name);
	if (before === undefined) throw new Error(`Pulumi's runtime has no ${name}`);
	Object.defineProperty(owner, name, { configurable: true, ...by });
	return () => {
		Object.defineProperty(owner, name, before);
	};
}

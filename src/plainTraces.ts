/**
 * Gives stack traces back to V8. Pulumi's language host lays a reader of source maps over them, and the SDK writes one
 * trace out for every property of every resource: a third of a run's work. No map is named in what we compile, so the
 * reader has nothing to add. Call it once, first thing in a program.
 */
export function plainTraces(): void {
	Reflect.deleteProperty(Error, "prepareStackTrace");
}

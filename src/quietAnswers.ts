import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { ReadResourceResponse, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";

/**
 * Keeps what the engine answers out of its log. Pulumi's SDK writes each answer into a debug message, which `--debug`
 * shows and `--event-log` keeps: with the passwords the cloud made, in the open, and for the guard's question about
 * everything deployed all of them at once. Call it once, first thing in a program.
 */
export function quietAnswers(): void {
	for (const { prototype } of [InvokeResponse, ReadResourceResponse, RegisterResourceResponse])
		Reflect.set(prototype, "toString", () => "(not told)");
}

import type { Served } from "../words.ts";
import type { StackInput } from "./input.ts";

/**
 * What answers in this stack. A web process with a command of its own runs on hosts without an image; in a cluster
 * nothing runs without one.
 */
export function servedBy({ blueprint, config }: StackInput): Served {
	const { image, compose } = config.app;
	const onHosts = blueprint.layout !== "kubernetes";
	const commanded = onHosts && blueprint.processes.some(({ kind, command }) => kind === "web" && command !== null);
	return image !== null || compose !== null || commanded ? "application" : "built-in responder";
}

/** Said after each `up`: the address answers, so nobody sees from the outside that the product does not. */
export function responderNote(input: StackInput): readonly string[] {
	return servedBy(input) === "application"
		? []
		: ["app: no image is named (tierstack:app), so a built-in responder answers"];
}

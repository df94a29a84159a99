import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getStack, RunError } from "@pulumi/pulumi";
import { buildStack, loadBuilder } from "../../src/stack/buildStack.ts";
import type { StackInput } from "../../src/stack/input.ts";

/**
 * The stack without the program around it: builds what `input.<stack>.json` in the working folder says. For tests of
 * the stack itself; the program's own tests run `src/boot.cjs`.
 */
const input: StackInput = JSON.parse(readFileSync(join(process.cwd(), `input.${getStack()}.json`), "utf8"));

/** As the program's own entry does: an error with a stack takes the SDK and Node 20 the better part of a minute to print. */
function withoutStack(error: unknown): RunError {
	const told = new RunError(error instanceof Error ? (error.stack ?? error.message) : String(error));
	Reflect.deleteProperty(told, "stack");
	return told;
}

module.exports = async () => {
	try {
		await loadBuilder(input.blueprint.provider);
		return buildStack(input);
	} catch (error) {
		throw withoutStack(error);
	}
};

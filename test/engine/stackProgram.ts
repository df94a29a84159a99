import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getStack } from "@pulumi/pulumi";
import { plainTraces } from "../../src/plainTraces.ts";
import { buildStack, loadBuilder } from "../../src/stack/buildStack.ts";
import type { StackInput } from "../../src/stack/input.ts";

/**
 * The stack without the program around it: builds what `input.<stack>.json` in the working folder says. For tests of
 * the stack itself; the program's own tests run `src/boot.cjs`.
 */
const input: StackInput = JSON.parse(readFileSync(join(process.cwd(), `input.${getStack()}.json`), "utf8"));

module.exports = async () => {
	plainTraces();
	await loadBuilder(input.blueprint.provider);
	return buildStack(input);
};

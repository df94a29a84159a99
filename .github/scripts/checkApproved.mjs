// Compares what was approved with what an `up` would do now, against what is deployed. Ends with 0 when no risk was
// added, with 3 when one was: then nothing is applied, and both sides are shown.
import { addedRisks, changesOfStack } from "./changes.mjs";
import { cell, nameOf, table } from "./markdown.mjs";
import { main, readIfThere, setting, summarise } from "./runtime.mjs";

const REFUSED = 3;

await main(async () => {
	const stack = setting("STACK");
	const report = JSON.parse(readIfThere(setting("APPROVED_FILE")) ?? "{}");
	const { changes } = JSON.parse(readIfThere(setting("DEPLOYED_FILE")) ?? "{}");
	if (changes === undefined) throw new Error(`there is no preview of ${stack} against what is deployed`);
	const approved = changesOfStack(report, stack);
	const added = addedRisks(approved, changes);
	if (added.length === 0) {
		summarise(`### 🟢 ${cell(stack)}: what is deployed adds no risk to what was approved\n`);
		return 0;
	}
	const rows = added.map(({ urn, what, was, is }) => [cell(nameOf(urn)), what, cell(was), cell(is)]);
	const ways = "Promote again from what is deployed now, or accept the risk in the stack file, and have it approved.";
	const text = `### 🔴 ${cell(stack)}: not applied, ${added.length} risks were added since the approval\n\n${table(["resource", "what", "approved", "now"], rows)}\n\n${ways}\n`;
	summarise(text);
	console.log(`::error::${stack}: ${added.length} risks were added since the approval; see the run's page`);
	return REFUSED;
});

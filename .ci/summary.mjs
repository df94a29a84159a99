// Adds up the test reports and ends with the plain line "N passed, N failed". A skipped test, a missing report or a
// report without tests counts as a failure: a suite that did not run proves nothing.
import { existsSync, readFileSync } from "node:fs";

const [checksFailed, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = Number(checksFailed);
for (const path of reports) {
	if (!existsSync(path)) {
		console.log(`no report: ${path.split("/").at(-1)}`);
		failed += 1;
		continue;
	}
	const report = JSON.parse(readFileSync(path, "utf8"));
	const skipped = report.numPendingTests + report.numTodoTests;
	if (skipped > 0) console.log(`${skipped} tests did not run in ${path.split("/").at(-1)}`);
	if (report.numTotalTests === 0) console.log(`no test ran in ${path.split("/").at(-1)}`);
	passed += report.numPassedTests;
	failed += report.numFailedTests + skipped + (report.numTotalTests === 0 ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

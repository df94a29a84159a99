import { describe, expect, it } from "vitest";
import { compareStates } from "../../src/changes/compareStates.ts";
import { IMPACTS } from "../../src/changes/impact/catalogue.ts";
import { comparisonOf, type Label, readLabels } from "./labels.ts";

const labels = readLabels();
const ruled = labels.filter(({ provider }) => IMPACTS[provider] !== undefined);
const SEVERITY = ["none", "safe", "needs-acceptance", "blocked"];

function severity(verdict: string): number {
	return Math.max(1, SEVERITY.indexOf(verdict));
}

/** Recall: dangerous labels that are told at least as severe. False alarms: labels told more severe than they are. */
function score(some: readonly Label[]) {
	const told = some.map((label) => ({ label, verdict: compareStates(comparisonOf(label)).verdict }));
	const dangerous = told.filter(({ label }) => label.expect !== "safe");
	const caught = dangerous.filter(({ label, verdict }) => severity(verdict) >= severity(label.expect));
	const alarms = told.filter(({ label, verdict }) => severity(verdict) > severity(label.expect));
	return { dangerous: dangerous.length, caught: caught.length, alarms: alarms.length, all: some.length };
}

describe("changes labelled by hand", () => {
	it.each(ruled)("$provider $id: $expect, because $why", (label) => {
		const { verdict, reasons } = compareStates(comparisonOf(label));
		expect(verdict === "none" ? "safe" : verdict, JSON.stringify(reasons)).toBe(label.expect);
		expect(reasons.map(({ risk }) => risk)).toEqual(expect.arrayContaining(label.risks));
	});

	it("catches every dangerous one and raises fewer than 5 % false alarms", () => {
		const { dangerous, caught, alarms, all } = score(ruled);
		const waiting = labels.length - ruled.length;
		process.stdout.write(
			`labels: ${all} of ${labels.length} run (${waiting} wait for rules of their provider); ` +
				`recall ${caught}/${dangerous} = ${((100 * caught) / dangerous).toFixed(1)} %; ` +
				`false alarms ${alarms}/${all} = ${((100 * alarms) / all).toFixed(1)} %\n`,
		);
		expect(all).toBeGreaterThanOrEqual(60);
		expect(caught).toBe(dangerous);
		expect(alarms / all).toBeLessThan(0.05);
	});

	it("has each label once, and each with a trap it comes from", () => {
		expect(new Set(labels.map(({ id }) => id)).size).toBe(labels.length);
		for (const { traps } of labels) for (const trap of traps) expect(trap).toBeGreaterThan(0);
	});
});

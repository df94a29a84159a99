import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { oddFiles } from "./oddFiles.ts";
import { sandbox, stackText } from "./run.ts";

const FILES = oddFiles(40);
const RISKS = "cost,downtime,one-way,unknown,recovery-gap,exposure";

/** Lines of the old text that are gone and lines of the new that came, the rest in order: a longest common part. */
function changedLines(before: readonly string[], after: readonly string[]): { gone: string[]; came: string[] } {
	const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
	const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
	for (let row = before.length - 1; row >= 0; row -= 1) {
		for (let column = after.length - 1; column >= 0; column -= 1) {
			const same = before[row] === after[column];
			const line = lengths[row];
			if (line !== undefined) {
				line[column] = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
			}
		}
	}
	const [gone, came]: [string[], string[]] = [[], []];
	let [row, column] = [0, 0];
	while (row < before.length || column < after.length) {
		if (row < before.length && column < after.length && before[row] === after[column]) {
			row += 1;
			column += 1;
		} else if (column < after.length && (row === before.length || at(row, column + 1) >= at(row + 1, column))) {
			came.push(after[column] ?? "");
			column += 1;
		} else {
			gone.push(before[row] ?? "");
			row += 1;
		}
	}
	return { gone, came };
}

/** Lines that a promotion may take away or bring: the tier's own, and those of acceptances. No comment line is one. */
const INTENDED =
	/tierstack:tier|^\s*:? *(&tier |!!str )?['"]?(small|medium)['"]?\b|tierstack:accept|^\s*(- |\{ )?(risk|resource|from|to|by|reason|until):|^\s*(the night|of the 14th)$/;

it("40 odd but legal stack files: after promote only the intended lines differ, and the file reads as intended", {
	timeout: 300_000,
}, async () => {
	const project = sandbox({ "Pulumi.prod.yaml": stackText({ tier: "small" }) });
	const newlines = { crlf: 0, lf: 0 };
	try {
		for (const before of FILES) {
			project.write("Pulumi.prod.yaml", before);
			const words = [
				"promote",
				"prod",
				"--accept",
				RISKS,
				"--reason",
				'it\'s "due": # yes',
				"--by",
				"ada",
				"--yes",
				"--json",
			];
			const { code, out, err } = await project.run(words);
			expect({ code, err }, `${before}\n${out}`).toEqual({ code: 0, err: "" });
			const after = readFileSync(join(project.dir, "Pulumi.prod.yaml"), "utf8");
			project.delete("tierstack.prod.lock.json");

			const { gone, came } = changedLines(before.split(/\r?\n/), after.split(/\r?\n/));
			for (const line of [...gone, ...came]) expect(line, `${before}\n=>\n${after}`).toMatch(INTENDED);
			expect([...gone, ...came].filter((line) => /^\s*#/.test(line))).toEqual([]);
			newlines[before.includes("\r\n") ? "crlf" : "lf"] += 1;
			expect(/(?<!\r)\n/.test(after), after).toBe(/(?<!\r)\n/.test(before));

			const old = parse(before, { merge: true });
			const kept = (old.config["tierstack:accept"] ?? []).filter(({ to }: { to: string }) => to !== "small");
			const answered = JSON.parse(out).changes.accepted.map(
				({ risk, resource }: { risk: string; resource: string }) => ({
					risk,
					resource,
					from: "small",
					to: "medium",
					by: "ada",
					reason: 'it\'s "due": # yes',
					until: "2026-12-05",
				}),
			);
			expect(answered.length).toBeGreaterThan(2);
			const { "tierstack:accept": accept, ...config } = parse(after, { merge: true }).config;
			const { "tierstack:accept": _old, ...others } = old.config;
			expect({ ...parse(after, { merge: true }), config }).toEqual({
				...old,
				config: { ...others, "tierstack:tier": "medium" },
			});
			expect(accept.slice(0, kept.length)).toEqual(kept);
			const byName = (left: { risk: string; resource: string }, right: { risk: string; resource: string }) =>
				`${left.risk} ${left.resource}` < `${right.risk} ${right.resource}` ? -1 : 1;
			expect(accept.slice(kept.length).toSorted(byName)).toEqual(answered.toSorted(byName));
		}
	} finally {
		project.remove();
	}
	expect(FILES).toHaveLength(40);
	const forms = [
		/&tier /,
		/!!str/,
		/<<: \*figures/,
		/\? .*tierstack:tier/,
		/>-\r?\n +small/,
		/\t#/,
		/\t\r?\n/,
		/secure:/,
		/^---/m,
		/^%YAML/,
		/^\uFEFF/,
		/\*all/,
		/- risk: downtime # agreed/,
		/accept: \[\{/,
		/accept: \[\]/,
		/[^\n]$/,
		/^\.\.\.$/m,
		/^\{/,
	];
	expect(forms.filter((form) => !FILES.some((text) => form.test(text)))).toEqual([]);
	expect(new Set(FILES).size).toBe(40);
	expect(newlines.crlf).toBeGreaterThan(5);
	expect(newlines.lf).toBeGreaterThan(5);
});

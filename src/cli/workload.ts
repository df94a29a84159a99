import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Problem, problem } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { echo } from "../secretText.ts";
import type { Ladder } from "../tiers/ladder.ts";
import type { Io } from "./io.ts";

/**
 * Measured figures from `metric=value` words and a JSON file (or `-`, standard input); null when there are none. A
 * word wins over the file. Customers may be counted by plan: `clients.essential=500`, `clients={essential:500}`.
 */
export async function readWorkload(
	words: readonly string[],
	file: string | undefined,
	ladder: Ladder,
	io: Io,
	problems: Problem[],
): Promise<Record<string, number> | null> {
	const figures: Record<string, number> = {};
	if (file !== undefined) {
		for (const [metric, value] of flatten(await readFigures(file, io, problems))) {
			if (typeof value === "number" && value >= 0) figures[metric] = value;
			else
				problems.push(problem(`must be a number of at least 0, found ${JSON.stringify(value)}`, { file, key: metric }));
		}
	}
	const seen = new Set<string>();
	for (const word of words.flatMap(ungroup)) {
		const [metric = "", text] = word.split("=", 2);
		if (text === undefined) {
			problems.push(problem(`found "${echo(word)}"; a measured figure is written as metric=value`));
		} else if (seen.has(metric)) {
			problems.push(problem("is given twice", { key: metric }));
		} else if (/^\d+(\.\d+)?$/.test(text)) {
			seen.add(metric);
			figures[metric] = Number(text);
		} else problems.push(problem(`must be a number of at least 0, found "${echo(text)}"`, { key: metric }));
	}
	const metrics = ladder.metrics.map(({ name }) => name);
	for (const metric of new Set([...Object.keys(figures), ...seen])) {
		// Which plans may be counted is sizing's to say.
		const [first = metric] = metric.split(".");
		if (!metrics.includes(first)) problems.push(problem(unknownWord("metric", echo(first), metrics)));
	}
	return words.length === 0 && file === undefined ? null : figures;
}

/** `clients={essential:500,business:20}` as `clients.essential=500` and `clients.business=20`. */
function ungroup(word: string): string[] {
	const [, metric, inside] = /^([^={]+)=\{(.*)\}$/.exec(word) ?? [];
	if (metric === undefined || inside === undefined) return [word];
	return inside.split(",").map((each) => `${metric}.${each.trim().replace(/\s*:\s*/, "=")}`);
}

/** Entries of a JSON object, groups as `metric.plan`. */
function flatten(figures: object): [string, unknown][] {
	return Object.entries(figures).flatMap(([metric, value]: [string, unknown]): [string, unknown][] =>
		typeof value === "object" && value !== null && !Array.isArray(value)
			? Object.entries(value).map(([plan, count]): [string, unknown] => [`${metric}.${plan}`, count])
			: [[metric, value]],
	);
}

async function readFigures(file: string, io: Io, problems: Problem[]): Promise<object> {
	const path = resolve(io.cwd, file);
	if (file !== "-" && !existsSync(path)) {
		problems.push(problem("no such file", { file, key: "--workload" }));
		return {};
	}
	const text = file === "-" ? await io.stdin() : readFileSync(path, "utf8");
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	} catch {
		// told below, with the form that is wanted
	}
	problems.push(problem('must be JSON such as {"clients": 420}', { file, key: "--workload" }));
	return {};
}

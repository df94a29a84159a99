import type { Headroom } from "../sizing/blueprint.ts";
import type { Style } from "./style.ts";
import { renderTable, wrap } from "./table.ts";
import { metricName, money, price } from "./words.ts";

/** A stack file in one line. `problem` says why it could not be read or sized. */
export interface StackLine {
	readonly stack: string;
	readonly ladder: string | null;
	readonly tier: string | null;
	readonly provider: string | null;
	readonly monthlyUsd: number | null;
	readonly atLeast: boolean;
	/** USD a month for one unit of the ladder's measure, and what that is. */
	readonly perUnit: { readonly usd: number; readonly planUsd: number | null; readonly metric: string } | null;
	/** The figure nearest to its alarm. */
	readonly firstLimit: Headroom | null;
	/** What earlier tiers left: it holds data, stays and is paid. */
	readonly kept: readonly { readonly name: string; readonly monthlyUsd: number | null }[];
	/** Resources that are being retired, by name. */
	readonly retiring: readonly string[];
	readonly acceptances: readonly { readonly what: string; readonly until: string; readonly over: boolean }[];
	readonly pins: readonly { readonly what: string; readonly until: string | null; readonly over: boolean }[];
	readonly pricesAsOf: string | null;
	readonly problem: string | null;
}

/** Every stack of the project in a line each. */
export function renderStacks(stacks: readonly StackLine[], style: Style): string {
	if (stacks.length === 0) return "No stack file here: write Pulumi.<stack>.yaml\n";
	const rows = stacks.flatMap((line) => [
		[
			line.stack,
			line.tier === null ? "-" : `${line.ladder} ${line.tier}`,
			line.provider ?? "-",
			line.monthlyUsd === null ? "-" : `${money(line.monthlyUsd)}${line.atLeast ? "*" : ""}`,
			perUnitText(line.perUnit),
			line.firstLimit === null ? "-" : limitText(line.firstLimit),
			line.pricesAsOf ?? "-",
		],
		...exceptions(line).map((text) => `    ${text}`),
	]);
	const head = ["stack", "tier", "provider", "$/month", "for one", "first limit", "prices"];
	const table = renderTable({ head, rows, right: [3], flex: 5 }, style);
	const notes = [
		...(stacks.some(({ atLeast }) => atLeast) ? ["* at least: something has no confirmed price"] : []),
		...stacks.flatMap(({ stack, problem }) => (problem === null ? [] : [`${stack}: ${problem}`])),
	];
	return [table, ...(notes.length === 0 ? [] : [""]), ...notes.map((note) => wrap(note, style.width, 2)), ""].join(
		"\n",
	);
}

function perUnitText(perUnit: StackLine["perUnit"]): string {
	if (perUnit === null) return "-";
	const plan = perUnit.planUsd === null ? "" : ` (plan ${money(perUnit.planUsd)})`;
	return `${money(perUnit.usd)}${plan}`;
}

function limitText({ metric, used, capacity }: Headroom): string {
	return `${metricName(metric)} ${Math.round((used / capacity) * 100)} %`;
}

function exceptions({ kept, retiring, acceptances, pins }: StackLine): string[] {
	const until = (date: string | null, over: boolean) =>
		date === null ? "" : over ? ` (over since ${date})` : ` until ${date}`;
	return [
		...kept.map(({ name, monthlyUsd }) => `keeps ${name} of an earlier tier, ${price(monthlyUsd)} a month`),
		...retiring.map((name) => `retiring ${name}`),
		...pins.map((pin) => `pin ${pin.what}${until(pin.until, pin.over)}`),
		...acceptances.map((each) => `accepts ${each.what}${until(each.until, each.over)}`),
	];
}

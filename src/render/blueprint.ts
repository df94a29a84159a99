import type { Blueprint, Component, Headroom, RecoveryCell } from "../sizing/blueprint.ts";
import { paint, type Style } from "./style.ts";
import { renderTable, section, wrap } from "./table.ts";
import { count, duration, figure, metricName, money, price, range } from "./words.ts";

/** A tier on a provider: what it takes, what that costs, how full it is, what it survives, and why. */
export function renderBlueprint(blueprint: Blueprint, style: Style): string {
	return [
		paint(style, "strong", headline(blueprint)),
		wrap(workloadLine(blueprint), style.width),
		"",
		componentTable(blueprint, style),
		...costLines(blueprint, style),
		...section("Room left", headroomTable(blueprint.headroom, style), style),
		nextTierLine(blueprint),
		...section("What it survives", recoveryTable(blueprint.recovery, style), style),
		...section("Why these", reasons(blueprint.components, style), style),
		...section("Notes", bullets(blueprint.notes, style), style),
		"",
	]
		.filter((line) => line !== null)
		.join("\n");
}

function headline(blueprint: Blueprint): string {
	const { ladder, tier, provider, region, layout } = blueprint;
	return `${ladder} ${tier} on ${provider} ${region} (${layout}): ${monthly(blueprint)} a month`;
}

/** `$48.00`, `at least $48.00`, `$48.00 to $96.00`. */
export function monthly({ cost }: Blueprint): string {
	const atLeast = cost.atLeast ? "at least " : "";
	const most = cost.maxMonthly > cost.monthly + 0.005 ? ` to ${money(cost.maxMonthly)}` : "";
	return `${atLeast}${money(cost.monthly)}${most}`;
}

function workloadLine({ workload, workloadSource }: Blueprint): string {
	const figures = Object.entries(workload).map(([metric, value]) => `${figure(value)} ${metricName(metric)}`);
	const basis = workloadSource === "measured" ? "for the measured workload" : "for the top of the tier's range";
	return `Sized ${basis}: ${figures.join(", ") || "nothing measured"}`;
}

function componentTable({ components }: Blueprint, style: Style): string {
	const rows = components.map((component) => [
		component.role,
		component.name === component.role ? "" : component.name,
		component.sku,
		spec(component),
		componentPrice(component),
	]);
	return renderTable({ head: ["role", "name", "size", "what it has", "$/month"], rows, right: [4], flex: 3 }, style);
}

function spec({ count: nodes, vcpu, memoryGib, diskGb, settings }: Component): string {
	const each = [
		vcpu === null ? null : `${figure(vcpu)} vCPU`,
		memoryGib === null ? null : `${figure(memoryGib)} GiB`,
		diskGb === null ? null : `${figure(diskGb)} GB${vcpu === null ? "" : " disk"}`,
		typeof settings.engine === "string" ? engine(settings.engine, settings.version) : null,
		typeof settings.storageGb === "number" && settings.storageGb !== diskGb ? `${figure(settings.storageGb)} GB` : null,
		typeof settings.standbyNodes === "number" && settings.standbyNodes > 0
			? `${count(settings.standbyNodes, "standby node")}`
			: null,
	].filter((part) => part !== null);
	const amount = nodes.min === nodes.max ? String(nodes.min) : `${nodes.min} to ${nodes.max}`;
	if (nodes.max === 1) return each.join(", ");
	return each.length === 0 ? `${amount} units` : `${amount} x ${each.join(", ")}`;
}

function engine(name: string, version: unknown): string {
	return typeof version === "string" || typeof version === "number" ? `${name} ${version}` : name;
}

function componentPrice({ monthlyUsd, maxMonthlyUsd, priceMark, sku }: Component): string {
	if (monthlyUsd === null) return sku === "on-host" ? "on the host" : "not priced";
	if (monthlyUsd === 0 && priceMark === null) return "included";
	const most = maxMonthlyUsd !== null && maxMonthlyUsd > monthlyUsd + 0.005 ? ` to ${money(maxMonthlyUsd)}` : "";
	return `${money(monthlyUsd)}${most}${priceMark === null ? "" : ` [${priceMark}]`}`;
}

const MARKS = {
	A: "the provider's own page or API",
	B: "generated from the provider's price API",
	C: "a third party's document",
} as const;

function costLines({ cost, components }: Blueprint, style: Style): string[] {
	const usage = cost.usage > 0.005 ? ` (${money(cost.base)} base, ${money(cost.usage)} usage)` : "";
	const lines = ["", `Total ${cost.atLeast ? "at least " : ""}${money(cost.monthly)} a month${usage}`];
	if (cost.documented !== null) lines.push(wrap(documentedLine(cost.documented, cost.monthly), style.width));
	const unpriced = cost.coverage.unpricedIds;
	if (unpriced.length > 0) {
		lines.push(wrap(`No confirmed price, not in the total: ${unpriced.join(", ")}`, style.width));
	}
	const marks = [...new Set(components.flatMap(({ priceMark }) => priceMark ?? []))].sort();
	const legend = marks.map((mark) => `[${mark}] ${MARKS[mark]}`).join(", ");
	const asOf = cost.pricesAsOf === null ? "" : `; oldest price read ${cost.pricesAsOf}`;
	if (legend !== "") lines.push(paint(style, "quiet", wrap(`Prices: ${legend}${asOf}`, style.width)));
	return lines;
}

type Documented = NonNullable<Blueprint["cost"]["documented"]>;

const FITS = {
	under: "below it",
	within: "within it",
	over: "over it",
	unknown: "not known to fit, as parts of it have no confirmed price",
} as const;

function documentedLine(documented: Documented, monthlyUsd: number): string {
	const { min, max, currency, rate, rateDate, fit } = documented;
	const inUsd = currency === "USD" ? "" : `, ${usdRange(documented)} at ${rate} of ${rateDate}`;
	const miss =
		fit === "over" && max !== null
			? ` by ${money(monthlyUsd - max * rate)}`
			: fit === "under"
				? ` by ${money(min * rate - monthlyUsd)}`
				: "";
	return `The plan says ${range(min, max, currency)} a month${inUsd}: this is ${FITS[fit]}${miss}${because(documented)}`;
}

function because(documented: Documented): string {
	return documented.because === undefined ? "" : `, because ${documented.because}`;
}

/** `over the plan's €100-180 by $52.16, because ...`; null when it is not over. */
export function overText({ cost }: Blueprint): string | null {
	const { documented, monthly: usd } = cost;
	if (documented === null || documented.fit !== "over" || documented.max === null) return null;
	const { min, max, currency, rate } = documented;
	return `over the plan's ${range(min, max, currency)} by ${money(usd - max * rate)}${because(documented)}`;
}

function usdRange({ min, max, rate }: Documented): string {
	return range(Math.round(min * rate), max === null ? null : Math.round(max * rate), "USD");
}

function headroomTable(headroom: readonly Headroom[], style: Style): string {
	if (headroom.length === 0) return "";
	const rows = headroom.map(({ role, metric, used, capacity, warnAt, criticalAt }) => {
		const tone = used >= criticalAt ? "bad" : used >= warnAt ? "warning" : "plain";
		return [
			role,
			metricName(metric),
			figure(used),
			figure(capacity),
			paint(style, tone, `${Math.round((used / capacity) * 100)} %`),
			`${figure(warnAt)}, then ${figure(criticalAt)}`,
		];
	});
	const head = ["role", "metric", "used", "capacity", "full", "alarm at"];
	return renderTable({ head, rows, right: [2, 3, 4], flex: 5 }, style);
}

/** The metric is what the ladder counts, or `role.metric` when a limit comes before the end of the range. */
function nextTierLine({ nextTier }: Blueprint): string {
	if (nextTier === null) return "This is the last tier";
	const { tier, metric, at } = nextTier;
	return `The next tier, ${tier}, is due above ${figure(at)} ${metricName(metric)}`;
}

const SCENARIOS = {
	"process-or-node": "a process or machine lost",
	zone: "a zone lost",
	region: "the region lost",
	"human-error": "data deleted by mistake",
} as const;

function recoveryTable(cells: readonly RecoveryCell[], style: Style): string {
	if (cells.length === 0) return "";
	const rows = cells.flatMap(({ scenario, rtoMinutes, rpoMinutes, mechanism, basis, met, acknowledged }) => [
		recoveryRow({ scenario, rtoMinutes, rpoMinutes, mechanism, basis, met }, style),
		...(acknowledged === undefined ? [] : [`    acknowledged: ${acknowledged}`]),
	]);
	return renderTable({ head: ["scenario", "back in", "data lost", "promise met", "by"], rows, flex: 4 }, style);
}

function recoveryRow(cell: RecoveryCell, style: Style): string[] {
	const { scenario, rtoMinutes, rpoMinutes, mechanism, basis, met } = cell;
	return [
		SCENARIOS[scenario],
		rtoMinutes === null ? "not known" : duration(rtoMinutes),
		rpoMinutes === null ? "not known" : duration(rpoMinutes),
		met === null ? "-" : met ? paint(style, "good", "yes") : paint(style, "warning", "no"),
		`${mechanism} (${basis})`,
	];
}

function reasons(components: readonly Component[], style: Style): string {
	return components.map(({ name, why }) => bullet(`${name}: ${why}`, style)).join("\n");
}

/** Column of the requirement in letters; the last column takes what is left. */
const REQUIRED_WIDTH = 30;

/** Each choice in a line: what was required, what was taken, the next cheaper one and what it lacks, the cost. */
export function renderExplanation(blueprint: Blueprint, style: Style): string {
	const rows = blueprint.components.map(({ name, sku, why, rejected, monthlyUsd }) => {
		const next = rejected.at(-1);
		return [
			name,
			wrap(why.replace(/^the cheapest with /, ""), REQUIRED_WIDTH),
			sku,
			sku === "on-host" ? "on the host" : price(monthlyUsd),
			next === undefined ? "-" : `${next.sku}: ${next.because}`,
		];
	});
	const head = ["what", "required", "chosen", "$/month", "next cheaper"];
	return renderTable({ head, rows, right: [3], flex: 4 }, style);
}

export function bullets(lines: readonly string[], style: Style): string {
	return lines.map((line) => bullet(line, style)).join("\n");
}

function bullet(line: string, style: Style): string {
	return `  - ${wrap(line, style.width, 4)}`;
}

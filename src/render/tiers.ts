import type { Blueprint } from "../sizing/blueprint.ts";
import { overText } from "./blueprint.ts";
import { paint, type Style } from "./style.ts";
import { renderTable, wrap } from "./table.ts";
import { count, figure, money, range } from "./words.ts";

/** A product's ladder in one line. */
export interface LadderLine {
	readonly name: string;
	readonly description: string;
	readonly tiers: readonly string[];
	/** What its tiers are measured in, such as `clients`. */
	readonly metric: string;
}

/** The ladders there are. */
export function renderLadders(ladders: readonly LadderLine[], style: Style): string {
	const rows = ladders.map(({ name, description, tiers, metric }) => [name, metric, tiers.join(", "), description]);
	const table = renderTable({ head: ["ladder", "measured in", "tiers", "product"], rows, flex: 3 }, style);
	return `${table}\n\nOne ladder's tiers: tierstack tiers ${ladders[0]?.name ?? "<ladder>"}\n`;
}

/** One tier of a ladder, sized; `problem` says why it could not be. */
export interface TierLine {
	readonly tier: string;
	/** Where the range begins (not in it) and ends (in it); null = open. */
	readonly above: number;
	readonly upTo: number | null;
	readonly blueprint: Blueprint | null;
	readonly problem: string | null;
}

/**
 * One ladder's tiers side by side: what each takes, costs, and whether that fits the plan's own range.
 *
 * @param metric what the ranges count, such as `clients`.
 */
export function renderTiers(title: string, metric: string, tiers: readonly TierLine[], style: Style): string {
	const rows = tiers.map((line) => [line.tier, rangeText(line), ...sizedCells(line.blueprint, style)]);
	const head = ["tier", metric, "provider", "layout", "sizes", "$/month", "plan says"];
	const table = renderTable({ head, rows, right: [5], flex: 4 }, style);
	const rates = [...new Set(tiers.flatMap(({ blueprint }) => rateNote(blueprint)))];
	const atLeast = tiers.some(({ blueprint }) => blueprint?.cost.atLeast === true);
	const notes = [
		...(atLeast ? ["* at least: something in this tier has no confirmed price"] : []),
		...rates,
		...tiers.flatMap(({ tier, blueprint }) => {
			const over = blueprint === null ? null : overText(blueprint);
			return over === null ? [] : [`${tier}: ${over}`];
		}),
		...tiers.flatMap(({ tier, problem }) => (problem === null ? [] : [`${tier}: ${problem}`])),
	];
	const quiet = notes.map((note) => paint(style, "quiet", wrap(note, style.width, 2)));
	return [paint(style, "strong", title), "", table, "", ...quiet, ""].join("\n");
}

/** `up to 50`, `51-100`, `above 1,000`. */
function rangeText({ above, upTo }: TierLine): string {
	if (upTo === null) return `above ${figure(above)}`;
	return above === 0 ? `up to ${figure(upTo)}` : `${figure(above + 1)}-${figure(upTo)}`;
}

function sizedCells(blueprint: Blueprint | null, style: Style): string[] {
	if (blueprint === null) return ["-", "-", "cannot be had", "-", "-"];
	const { monthly: usd, documented, atLeast } = blueprint.cost;
	const plan =
		documented === null
			? "-"
			: `${range(documented.min, documented.max, documented.currency)}\n${fitText(documented.fit, style)}`;
	return [
		blueprint.provider,
		blueprint.layout,
		sizes(blueprint).join("\n"),
		`${money(usd)}${atLeast ? "*" : ""}`,
		plan,
	];
}

type Documented = NonNullable<Blueprint["cost"]["documented"]>;

function fitText(fit: Documented["fit"], style: Style): string {
	return paint(style, fit === "over" ? "warning" : "plain", fit);
}

/** Machines and managed services that have a size; what is bought by the gigabyte is left to `size`. */
export function sizes({ components }: Blueprint): string[] {
	const named = components.filter(({ sku, vcpu }) => vcpu !== null && sku !== "on-host");
	const shown = named.length > 0 ? named : components.filter(({ sku }) => sku !== "on-host");
	return shown.map(({ sku, count: nodes }) => (nodes.min > 1 ? `${nodes.min}x ${sku}` : sku));
}

function rateNote(blueprint: Blueprint | null): string[] {
	const documented = blueprint?.cost.documented ?? null;
	if (documented === null || documented.currency === "USD") return [];
	return [`The plan counts in ${documented.currency}: $${documented.rate} for one, ${documented.rateDate}`];
}

/** `shop: a shop (6 tiers)`. */
export function tiersTitle(ladder: string, amount: number, description: string): string {
	return `${ladder}: ${description} (${count(amount, "tier")})`;
}

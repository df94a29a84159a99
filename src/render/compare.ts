import type { Blueprint } from "../sizing/blueprint.ts";
import { PROVIDERS, type Provider } from "../words.ts";
import { monthly, overText } from "./blueprint.ts";
import { paint, type Style } from "./style.ts";
import { renderTable, wrap } from "./table.ts";
import { sizes } from "./tiers.ts";
import { moneyDelta } from "./words.ts";

/** A tier on one provider; `problem` says why that provider cannot have it. */
export interface OfferLine {
	readonly tier: string;
	readonly provider: Provider;
	readonly blueprint: Blueprint | null;
	readonly problem: string | null;
}

/** Providers beside each other, tier by tier: layout, sizes, cost, fit with the plan's own range. */
export function renderComparison(title: string, offers: readonly OfferLine[], style: Style): string {
	const rows = offers.map(({ tier, provider, blueprint }, index) => {
		const name = offers[index - 1]?.tier === tier ? "" : tier;
		if (blueprint === null) return [name, provider, "-", "-", "-", "cannot be had, see below"];
		return [
			name,
			provider,
			blueprint.layout,
			monthly(blueprint),
			blueprint.cost.documented?.fit ?? "-",
			sizes(blueprint).join("\n"),
		];
	});
	const head = ["tier", "provider", "layout", "$/month", "fit", "sizes"];
	const table = renderTable({ head, rows, right: [3], flex: 5 }, style);
	const notes = [
		...differences(offers),
		...offers.flatMap(({ tier, provider, blueprint }) => {
			const over = blueprint === null ? null : overText(blueprint);
			return over === null ? [] : [`${tier} on ${provider}: ${over}`];
		}),
		...offers.flatMap(({ tier, provider, problem }) =>
			problem === null ? [] : [`${tier} on ${provider}: ${problem}`],
		),
	];
	return [paint(style, "strong", title), "", table, "", ...notes.map((note) => wrap(note, style.width, 2)), ""].join(
		"\n",
	);
}

function differences(offers: readonly OfferLine[]): string[] {
	const [first, second] = PROVIDERS;
	const tiers = [...new Set(offers.map(({ tier }) => tier))];
	return tiers.flatMap((tier) => {
		const [left, right] = [first, second].map(
			(provider) => offers.find((offer) => offer.tier === tier && offer.provider === provider)?.blueprint ?? null,
		);
		if (left == null || right == null) return [];
		const atLeast = left.cost.atLeast || right.cost.atLeast ? " (not all of it is priced)" : "";
		return [
			`${tier}: ${second} ${moneyDelta(right.cost.monthly - left.cost.monthly)} a month against ${first}${atLeast}`,
		];
	});
}

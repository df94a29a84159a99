import type { KnownWords } from "../../src/config/known.ts";

/** A small world to check stack files against. */
export const known: KnownWords = {
	ladders: {
		shop: {
			tiers: ["starter", "small", "medium"],
			metrics: ["clients", "products", "orders"],
			plans: ["essential", "growth"],
		},
		wiki: { tiers: ["one", "two"] },
	},
	regions: { digitalocean: ["fra1", "nyc1", "nyc3"], aws: ["us-east-1", "eu-central-1"] },
};

export const minimal = [
	"config:",
	"  tierstack:ladder: shop",
	"  tierstack:tier: starter",
	"  tierstack:provider: digitalocean",
	"  tierstack:region: fra1",
	"",
].join("\n");

/** `minimal` with lines below it, indented under `config:`. */
export function withLines(...lines: readonly string[]): string {
	return minimal + lines.map((line) => `  ${line}\n`).join("");
}

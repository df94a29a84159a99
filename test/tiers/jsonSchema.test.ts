import { expect, it } from "vitest";
import { ladderJsonSchema } from "../../src/tiers/jsonSchema.ts";

it("the checked-in JSON Schema is the one the checking schema generates (vitest -u writes it)", async () => {
	const generated = `${JSON.stringify(ladderJsonSchema(), null, "\t")}\n`;
	await expect(generated).toMatchFileSnapshot("../../tiers/ladder.schema.json");
});

it("every key a ladder may have is described, for editors show it", () => {
	expect(undescribed(ladderJsonSchema(), "")).toEqual([]);
});

function undescribed(schema: unknown, path: string): string[] {
	if (typeof schema !== "object" || schema === null) return [];
	return Object.entries(schema).flatMap(([key, value]) => {
		if (key !== "properties") return undescribed(value, path);
		const properties: [string, unknown][] = Object.entries(value);
		return properties.flatMap(([name, property]) => {
			const own = typeof property === "object" && property !== null && "description" in property;
			return [...(own ? [] : [`${path}.${name}`]), ...undescribed(property, `${path}.${name}`)];
		});
	});
}

import { expect, it } from "vitest";
import { ladderJsonSchema } from "../../src/tiers/jsonSchema.ts";

it("the checked-in JSON Schema is the one the checking schema generates (vitest -u writes it)", async () => {
	const generated = `${JSON.stringify(ladderJsonSchema(), null, "\t")}\n`;
	await expect(generated).toMatchFileSnapshot("../../tiers/ladder.schema.json");
});

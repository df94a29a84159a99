import { expect, it } from "vitest";
import { stackFileJsonSchema } from "../../src/config/jsonSchema.ts";

it("the checked-in JSON Schema is the one the checking schema generates (vitest -u writes it)", async () => {
	const generated = `${JSON.stringify(stackFileJsonSchema(), null, "\t")}\n`;
	await expect(generated).toMatchFileSnapshot("../../docs/stack-file.schema.json");
});

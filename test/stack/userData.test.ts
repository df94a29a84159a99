import { expect, test } from "vitest";
import { BIRTH_FACTS } from "../../src/host/renderUserData.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { LADDERS } from "./aws/built.ts";

/** What the model says of a long text: its length and its hash, never the text. */
const LONG_TEXT = /^text of (\d+) characters, sha256 [0-9a-f]{16}$/;

test.each(LADDERS)("user data of every host of $name fits what EC2 takes, in every tier", async ({ sized }) => {
	const limit = BIRTH_FACTS.aws.maxBytes;
	expect(limit).toBe(16_384);
	for (const blueprint of sized) {
		const { resources } = await buildModel(stackInput(blueprint), NAMES);
		const born = resources.flatMap(({ name, inputs }) => {
			const text = `${inputs.userData ?? inputs.userDataBase64 ?? ""}`;
			return text === "" ? [] : [{ name, characters: Number(LONG_TEXT.exec(text)?.[1]) }];
		});
		if (blueprint.layout !== "kubernetes") expect(born.length, blueprint.tier).toBeGreaterThan(0);
		// A launch template has it in base64, which the limit does not count: four characters are three bytes.
		for (const { name, characters } of born)
			expect(characters, `${blueprint.tier} ${name}`).toBeLessThan((limit * 4) / 3);
	}
});

import { z } from "zod";
import { writtenStack } from "./schema.ts";

/**
 * The JSON Schema of a stack file, for editors. Generated from the schema that checks; the copy in
 * `docs/stack-file.schema.json` is held equal by a test. Other namespaces (`aws:region`) pass through.
 */
export function stackFileJsonSchema(): object {
	const { $schema, properties = {}, required = [] } = z.toJSONSchema(writtenStack, { io: "input" });
	const prefixed = Object.entries(properties).map(([key, value]) => [`tierstack:${key}`, value] as const);
	return {
		$schema,
		title: "A tierstack stack file: Pulumi.<stack>.yaml",
		type: "object",
		required: ["config"],
		properties: {
			config: {
				type: "object",
				required: required.map((key) => `tierstack:${key}`),
				properties: Object.fromEntries(prefixed),
				patternProperties: { "^(?!tierstack:)[^:]+:.+$": true },
				additionalProperties: false,
			},
			encryptionsalt: { type: "string" },
			encryptedkey: { type: "string" },
			secretsprovider: { type: "string" },
			environment: true,
		},
		additionalProperties: false,
	};
}

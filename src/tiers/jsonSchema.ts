import { z } from "zod";
import { writtenLadder } from "./schema.ts";

/**
 * The JSON Schema of a ladder file, for editors. Generated from the schema that checks; the copy in
 * `tiers/ladder.schema.json` is held equal by a test.
 */
export function ladderJsonSchema(): object {
	return { title: "A tierstack ladder: tiers/<name>.yaml", ...z.toJSONSchema(writtenLadder, { io: "input" }) };
}

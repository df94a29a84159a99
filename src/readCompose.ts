import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackConfig } from "./config/stackConfig.ts";
import { problem, UserError } from "./errors.ts";

/**
 * Text of the compose file a stack file names; nothing when it names none.
 *
 * @throws UserError when the file cannot be read.
 */
export function readCompose(config: StackConfig, projectDir: string): { readonly compose?: string } {
	const path = config.app.compose;
	if (path === null) return {};
	try {
		return { compose: readFileSync(join(projectDir, path), "utf8") };
	} catch {
		const place = { file: `Pulumi.${config.stack}.yaml`, key: "tierstack:app.compose" };
		throw new UserError([problem(`there is no readable file "${path}" in the project`, place)]);
	}
}

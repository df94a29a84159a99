import type { StackInput } from "../input.ts";
import { findCloudPart, flagIn, type Part, textIn } from "../parts.ts";

/**
 * What a plan of this kind may be expected to have and this stack has not, in one sentence each. Nothing here can be
 * seen from the outside before it is needed, so it is said after every `up`.
 */
export function notesOf({ blueprint }: StackInput, parts: readonly Part[]): string[] {
	const backup = findCloudPart(parts, "backup", "backup")?.component;
	const copied = backup !== undefined && (flagIn(backup.settings, "copiesFiles") ?? false);
	const database = findCloudPart(parts, "database", "database")?.component;
	const tenants = blueprint.demand.databases ?? blueprint.workload.databases ?? null;
	return [
		...(findCloudPart(parts, "files", "files") === null || copied
			? []
			: [
					"files: no copy of the bucket lies in another region, as the tier asks for none; a lost region takes it along",
				]),
		// @pulumi/digitalocean 4.80.1, databaseMysqlConfig.d.ts: neither is among the settings.
		...(database !== undefined && textIn(database.settings, "engine") === "mysql"
			? [
					`database: open files and table cache of a managed MySQL are the provider's to set${tenants === null ? "" : `, also for ${tenants} databases`}; the application's user may create and drop databases, and the stack owns none but "app"`,
				]
			: []),
	];
}

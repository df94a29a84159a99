import { join } from "node:path";
import { catalogFor } from "../../catalog/catalog.ts";
import { checkCatalog, checkReserved } from "../../catalog/checkCatalog.ts";
import type { CatalogRefresh } from "../../catalog/refresh/refreshCatalog.ts";
import { reservedRows } from "../../catalog/reserved.ts";
import { type Problem, UserError } from "../../errors.ts";
import { type CatalogLine, renderCatalogCheck, renderCatalogRefresh } from "../../render/catalog.ts";
import { renderJson } from "../../render/json.ts";
import { PROVIDERS } from "../../words.ts";
import { chooseProvider } from "../choices.ts";
import { EXIT } from "../exit.ts";
import { findProject } from "../project.ts";
import { type Line, type Shell, textOption } from "../shell.ts";

/** `tierstack catalog check` */
export async function catalogCheck({ io, json }: Shell, _line: Line): Promise<number> {
	const lines: CatalogLine[] = PROVIDERS.flatMap((provider) => {
		const catalog = catalogFor(provider);
		const reserved = checkReserved(catalog, reservedRows(provider), io.today);
		return [...checkCatalog(catalog, io.today), ...reserved].map((finding) => ({ provider, ...finding }));
	});
	io.stdout(
		json
			? renderJson({ schema: "tierstack.catalog-check/1", today: io.today, findings: lines })
			: renderCatalogCheck(lines, io.today, io.style),
	);
	return EXIT.done;
}

/** `tierstack catalog refresh [--provider P] [--write]`: asks the providers; writes only with `--write`. */
export async function catalogRefresh({ io, json }: Shell, line: Line): Promise<number> {
	const project = findProject(io.cwd);
	const problems: Problem[] = [];
	const provider = chooseProvider(textOption(line, "provider"), problems);
	if (problems.length > 0) throw new UserError(problems);
	const { refreshCatalog } = await import("../../catalog/refresh/refreshCatalog.ts");
	const folder = join(project.dir, "src", "catalog");
	const refreshed: CatalogRefresh[] = [];
	for (const each of provider === undefined ? PROVIDERS : [provider]) {
		refreshed.push(await refreshCatalog({ provider: each, folder, today: io.today, env: io.env }));
	}
	const written = line.options.write === true;
	if (written) {
		const { writeTables } = await import("../../catalog/refresh/tables.ts");
		for (const { files } of refreshed) writeTables(folder, files);
	}
	io.stdout(
		json
			? renderJson({ schema: "tierstack.catalog-refresh/1", written, refreshed })
			: renderCatalogRefresh(refreshed, written, io.style),
	);
	return EXIT.done;
}

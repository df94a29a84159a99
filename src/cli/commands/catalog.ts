import { catalogFor } from "../../catalog/catalog.ts";
import { checkCatalog } from "../../catalog/checkCatalog.ts";
import { type CatalogLine, renderCatalogCheck } from "../../render/catalog.ts";
import { renderJson } from "../../render/json.ts";
import { PROVIDERS } from "../../words.ts";
import { EXIT } from "../exit.ts";
import type { Line, Shell } from "../shell.ts";

/** `tierstack catalog check` */
export async function catalogCheck({ io, json }: Shell, _line: Line): Promise<number> {
	const lines: CatalogLine[] = PROVIDERS.flatMap((provider) =>
		checkCatalog(catalogFor(provider), io.today).map((finding) => ({ provider, ...finding })),
	);
	io.stdout(
		json
			? renderJson({ schema: "tierstack.catalog-check/1", today: io.today, findings: lines })
			: renderCatalogCheck(lines, io.today, io.style),
	);
	return EXIT.done;
}

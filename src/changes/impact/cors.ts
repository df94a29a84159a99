import type { Plain } from "../../words.ts";
import type { Grant } from "./rule.ts";

/** Pages of which origins may call a bucket, and how: `{allowedOrigins, allowedMethods}`, as both providers write it. */
export function corsGrants(value: Plain | undefined): readonly Grant[] {
	return listOf(value).flatMap((rule) => {
		const { allowedOrigins, allowedMethods } = Object.fromEntries(Object.entries(rule ?? {}));
		return listOf(allowedOrigins).flatMap((who) =>
			listOf(allowedMethods).map((what) => ({ what: String(what), ports: null, who: String(who) })),
		);
	});
}

function listOf(value: Plain | undefined): readonly Plain[] {
	return Array.isArray(value) ? value : [];
}

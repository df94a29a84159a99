import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** The document's HTML, raw tags kept so that an injected one shows. */
export function asHtml(markdown: string): string {
	return micromark(markdown, {
		allowDangerousHtml: true,
		allowDangerousProtocol: true,
		extensions: [gfm()],
		htmlExtensions: [gfmHtml()],
	});
}

/**
 * The document's bones: its tags with their attributes, in order. Code letters are left out, because a value may be
 * empty; so is the marker, which is compared by itself.
 */
export function skeleton(markdown: string): string {
	const tags = asHtml(markdown).match(/<!--[\s\S]*?-->|<\/?[a-zA-Z][^>]*>|<[^\sa-zA-Z/][^>]*>/g) ?? [];
	return tags.filter((tag) => !/^<\/?code>$|^<!-- tierstack:v1 /.test(tag)).join("");
}

/** Text as GitHub searches it for mentions and references: what stands in code is left alone there, so it is cut out. */
export function searchedText(markdown: string): string {
	return asHtml(markdown)
		.replace(/<!--[\s\S]*?-->/g, "")
		.replace(/<code>[\s\S]*?<\/code>/g, "")
		.replace(/<[^>]*>/g, " ")
		.replace(/&#(\d+);/g, (_match, point: string) => String.fromCodePoint(Number(point)))
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&quot;", '"')
		.replaceAll("&amp;", "&");
}

// A fork's own program wrote the text, so it may hold anything. What tierstack itself writes passes unchanged, but for
// an invisible space in addresses.

const ZERO_WIDTH = "\u200b";
const HARMLESS_TAG = /^<\/?(details|summary|code|br)>$/i;

/** The same text without mentions, links, images or any tag but the ones tierstack uses. The marker stays as it is. */
export function disarm(body) {
	const [marker] = /^<!-- tierstack:v1 [\w=.,%+ -]*-->\n/.exec(body) ?? [""];
	const text = body
		.slice(marker.length)
		.replace(/<!--|-->/g, "")
		.replace(/<\/?[a-z!?][^>]*>?/gi, (tag) => (HARMLESS_TAG.test(tag) ? tag : tag.replaceAll("<", "&lt;")))
		.replace(/@(?=[a-z0-9])/gi, `@${ZERO_WIDTH}`)
		.replace(/#(?=\d)(?<!&#)/g, `#${ZERO_WIDTH}`)
		.replace(/\](?=[([:])/g, `]${ZERO_WIDTH}`)
		.replaceAll("://", `:${ZERO_WIDTH}//`)
		.replace(/www\./gi, `www${ZERO_WIDTH}.`);
	return `${marker}${text}`;
}

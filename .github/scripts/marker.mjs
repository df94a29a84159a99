// The hidden first line of everything that is posted: by it a text is found again, and the newest one wins.

const FIRST_LINE = /^<!-- tierstack:v1 ([^\n]*?) ?-->/;

/** Attributes of a text's marker; null when it has none. */
export function readMarker(body) {
	const line = FIRST_LINE.exec(body ?? "");
	if (line === null) return null;
	const pairs = line[1].split(" ").map((pair) => pair.split(/=(.*)/s));
	return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}

/**
 * The text with who posts it written into its marker; a text without one gets one.
 *
 * @param {{ key: string, run: number, attempt: number }} post `key` tells several texts of one pull request apart.
 */
export function withPost(body, { key, run, attempt }) {
	const kept = Object.entries(readMarker(body) ?? {}).filter(([name]) => !["key", "run", "attempt"].includes(name));
	const attributes = [["key", encodeURIComponent(key)], ["run", run], ["attempt", attempt], ...kept];
	const line = `<!-- tierstack:v1 ${attributes.map(([name, value]) => `${name}=${value}`).join(" ")} -->`;
	return `${line}\n${body.replace(FIRST_LINE, "").replace(/^\n/, "")}`;
}

/** Whether a marker is of this key. */
export function isOf(marker, key) {
	return marker?.key === encodeURIComponent(key);
}

/** Whether what is posted already is newer than this run: an older run that ends late must not overwrite it. */
export function isNewer(marker, { run, attempt }) {
	const [theirs, again] = [Number(marker.run), Number(marker.attempt)];
	if (!Number.isFinite(theirs)) return false;
	return theirs > run || (theirs === run && again > attempt);
}

import { buffer } from "node:stream/consumers";
import { brotliCompressSync, brotliDecompressSync, constants, createBrotliCompress, inflateRawSync } from "node:zlib";
import { BugError } from "../errors.ts";
import { PROVIDERS, type Provider } from "../words.ts";
import aws1 from "./aws/recordDictionary.json" with { type: "json" };
import aws2 from "./aws/recordDictionary2.json" with { type: "json" };
import digitalocean1 from "./digitalocean/recordDictionary.json" with { type: "json" };

/*
 * How the text of a record becomes a stack output, and back. Nearly all of a record is what the program says in every
 * stack, so that is not written out: each cloud has a dictionary of it, and Brotli is started on the dictionary. The
 * record then begins where the dictionary ends, and holds what this stack alone says.
 */

/** What a packing of this version begins with where a text stands by itself; one without a colon is deflated, and older. */
const PLAIN = "br:";

interface Frozen {
	/** What a packing after it begins with. */
	readonly packing: string;
	/** Beginning of a Brotli stream, base64, as `recordDictionary.mjs` wrote it. */
	readonly stream: readonly string[];
}

/**
 * Dictionaries of each cloud, newest first; the first one is written with. None is ever changed or taken away: what was
 * written after one can only be read after it.
 */
const DICTIONARIES: Readonly<Record<Provider, readonly [Frozen, ...Frozen[]]>> = {
	aws: [
		{ packing: "d2.aws:", stream: aws2.stream },
		{ packing: "d1.aws:", stream: aws1.stream },
	],
	digitalocean: [{ packing: "d1.digitalocean:", stream: digitalocean1.stream }],
};

/** Packs a text after a cloud's dictionary. The same text gives the same packing. */
export async function packByDictionary(text: string, provider: Provider): Promise<string> {
	const [newest] = DICTIONARIES[provider];
	const { stream, says } = dictionaryOf(newest);
	const whole = await packAfter(says, text);
	// Another version of Brotli may begin otherwise; what it writes then does not follow on this beginning.
	const follows = whole.subarray(0, stream.length).equals(stream);
	return follows
		? `${newest.packing}${whole.subarray(stream.length).toString("base64")}`
		: packPlainly(text, constants.BROTLI_MAX_QUALITY);
}

/** Packs a text by itself: larger, and read by any version. */
export function packPlainly(text: string, quality: number): string {
	const bytes = Buffer.from(text, "utf8");
	const params = {
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_QUALITY]: quality,
		[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
	};
	return `${PLAIN}${brotliCompressSync(bytes, { params }).toString("base64")}`;
}

/**
 * The text of a packing of this version or an older one.
 *
 * @throws BugError for a packing of a newer version; what decoding throws for a damaged one.
 */
export function unpackText(packed: string): string {
	const colon = packed.indexOf(":");
	const [packing, body] = [packed.slice(0, colon + 1), Buffer.from(packed.slice(colon + 1), "base64")];
	const after = PROVIDERS.flatMap((each) => DICTIONARIES[each]).find((each) => each.packing === packing);
	if (after !== undefined) return textAfter(dictionaryOf(after), body);
	if (packing === PLAIN) return brotliDecompressSync(body).toString("utf8");
	if (packing === "") return inflateRawSync(body).toString("utf8");
	throw new BugError(`the stack's record is packed as ${JSON.stringify(packing)}, which this version does not read`);
}

/** The beginning of a stream that says a text: what `recordDictionary.mjs` writes down. */
export function beginningOf(text: string): string {
	return brotliCompressSync(text, { params: PARAMS, finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString("base64");
}

/** What a cloud's dictionary says. */
export function dictionaryText(provider: Provider): string {
	return dictionaryOf(DICTIONARIES[provider][0]).says.toString("utf8");
}

/** Part of every beginning: another quality or window would give another one. */
const PARAMS = {
	[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
	[constants.BROTLI_PARAM_QUALITY]: 9,
	[constants.BROTLI_PARAM_LGWIN]: 20,
};

interface Dictionary {
	/** Beginning of a stream: it has no end. */
	readonly stream: Buffer;
	/** What it says. */
	readonly says: Buffer;
}

const dictionaries = new Map<string, Dictionary>();

function dictionaryOf({ packing, stream: lines }: Frozen): Dictionary {
	const known = dictionaries.get(packing);
	if (known !== undefined) return known;
	const stream = Buffer.from(lines.join(""), "base64");
	const says = brotliDecompressSync(stream, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
	const made = { stream, says };
	dictionaries.set(packing, made);
	return made;
}

/** One stream that says a text and, from a byte of its own on, another. */
async function packAfter(first: Buffer, text: string): Promise<Buffer> {
	const packer = createBrotliCompress({ params: PARAMS });
	packer.write(first);
	packer.flush(constants.BROTLI_OPERATION_FLUSH, () => packer.end(text));
	return buffer(packer);
}

/** What follows on a dictionary. */
function textAfter({ stream, says }: Dictionary, rest: Buffer): string {
	return brotliDecompressSync(Buffer.concat([stream, rest]))
		.subarray(says.length)
		.toString("utf8");
}

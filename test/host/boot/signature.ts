import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Who signed a request and which headers, or why it is refused. */
export type Signer =
	| { readonly name: string; readonly signed: readonly string[]; readonly scope: string }
	| { readonly refused: string };

/** Minutes a signature holds, before and after. */
const VALID_MINUTES = 15;

/**
 * Checks a request's AWS Signature Version 4 from what came over the wire.
 *
 * @param digest hash of the body, or the word that stands for it.
 * @param secretOf secret of a key; null = nobody knows it.
 */
export function signerOf(request: IncomingMessage, digest: string, secretOf: (name: string) => string | null): Signer {
	const said = request.headers.authorization ?? "";
	const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+?), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
		said,
	);
	if (found === null) return { refused: "AccessDenied: not signed" };
	const [, name = "", scope = "", names = "", signature = ""] = found;
	const secret = secretOf(name);
	if (secret === null) return { refused: "InvalidAccessKeyId" };
	const signed = names.split(";");
	const amz = Object.keys(request.headers).filter((header) => header.startsWith("x-amz-"));
	if (!["host", ...amz].every((header) => signed.includes(header))) {
		return { refused: "AccessDenied: headers not signed" };
	}
	const date = `${request.headers["x-amz-date"] ?? ""}`;
	const time = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
	if (!(Math.abs(Date.now() - time) < VALID_MINUTES * 60_000)) return { refused: "RequestTimeTooSkewed" };
	if (!scope.startsWith(`${date.slice(0, 8)}/`)) return { refused: "SignatureDoesNotMatch: another day" };
	const url = new URL(request.url ?? "/", "http://service");
	const query = [...url.searchParams]
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
		.sort()
		.join("&");
	const canonical = [
		request.method,
		url.pathname,
		query,
		...signed.map((header) => `${header}:${`${request.headers[header] ?? ""}`.trim()}`),
		"",
		names,
		digest,
	].join("\n");
	const text = ["AWS4-HMAC-SHA256", date, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
	let mac: string | Buffer = `AWS4${secret}`;
	for (const part of scope.split("/")) mac = createHmac("sha256", mac).update(part).digest();
	const expected = createHmac("sha256", mac).update(text).digest("hex");
	return expected === signature ? { name, signed, scope } : { refused: "SignatureDoesNotMatch" };
}

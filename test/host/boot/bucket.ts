import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { listen } from "./listen.ts";
import { signerOf } from "./signature.ts";

interface Stored {
	readonly body: Buffer;
	readonly time: Date;
}

/**
 * A bucket service that checks what the real one checks: Signature Version 4 on every request, with the key's own
 * rights. restic's client and the hosts' own code both pass it, so neither is judged by its own understanding.
 */
export class BucketService {
	readonly objects = new Map<string, Stored>();
	/** What was refused, with the reason. */
	readonly refusals: string[] = [];
	/** Keys by name: the secret, which paths it may read or write, and a role's token that has to come with it. */
	readonly keys = new Map<string, { secret: string; read: RegExp; write: RegExp | null; token?: string }>();
	/** Name below which each bucket has one of its own, as `bucket.<domain>`; null = buckets are asked for by path alone. */
	domain: string | null = null;
	/** While true every request fails, as when the service or the way to it is down. */
	down = false;
	#server: Server | null = null;

	put(key: string, text: string): void {
		this.objects.set(key, { body: Buffer.from(text), time: new Date() });
	}

	async listen(address: string, port: number): Promise<void> {
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on("data", (chunk: Buffer) => chunks.push(chunk));
			request.on("end", () => {
				const answer = this.#answer(request, Buffer.concat(chunks));
				if (answer.status >= 400 && answer.status !== 404)
					this.refusals.push(`${request.method} ${request.url}: ${answer.body}`);
				response.writeHead(answer.status, answer.headers);
				response.end(request.method === "HEAD" ? undefined : answer.body);
			});
		});
		this.#server = server;
		await listen(server, address, port);
	}

	async close(): Promise<void> {
		const server = this.#server;
		if (server === null) return;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}

	#answer(request: IncomingMessage, body: Buffer): Answer {
		if (this.down) return refusal(503, "ServiceUnavailable");
		const url = new URL(request.url ?? "/", "http://bucket");
		const path = this.#bucketOf(request) + decodeURIComponent(url.pathname).slice(1);
		const key = this.#signer(request, body);
		if (typeof key === "string") return refusal(403, key);
		const writes = request.method === "PUT" || request.method === "DELETE" || request.method === "POST";
		if (writes ? !key.write?.test(path) : !key.read.test(path)) return refusal(403, "AccessDenied");
		const bucketOnly = !path.replace(/\/$/, "").includes("/");
		if (bucketOnly && url.searchParams.has("location")) {
			return xml("<LocationConstraint>fra1</LocationConstraint>");
		}
		if (bucketOnly && request.method === "GET") return this.#list(path.replace(/\/$/, ""), url.searchParams);
		if (bucketOnly) return { status: 200, headers: {}, body: Buffer.alloc(0) };
		return this.#object(request, path, body);
	}

	/** The bucket that the request's host names, as the beginning of a path. */
	#bucketOf({ headers }: IncomingMessage): string {
		const ending = `.${this.domain}`;
		const host = headers.host ?? "";
		return this.domain !== null && host.endsWith(ending) ? `${host.slice(0, -ending.length)}/` : "";
	}

	#object(request: IncomingMessage, path: string, sent: Buffer): Answer {
		const chunked = `${request.headers["x-amz-content-sha256"] ?? ""}`.startsWith("STREAMING-");
		const body = chunked ? unchunk(sent) : sent;
		if (request.method === "PUT") {
			this.objects.set(path, { body, time: new Date() });
			return { status: 200, headers: { etag: `"${md5(body)}"` }, body: Buffer.alloc(0) };
		}
		if (request.method === "DELETE") {
			this.objects.delete(path);
			return { status: 204, headers: {}, body: Buffer.alloc(0) };
		}
		const stored = this.objects.get(path);
		if (stored === undefined) return refusal(404, "NoSuchKey");
		const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
		const from = range === null ? 0 : Number(range[1]);
		const to = range === null || range[2] === "" ? stored.body.length : Number(range[2]) + 1;
		const part = stored.body.subarray(from, to);
		return {
			status: range === null ? 200 : 206,
			headers: {
				etag: `"${md5(stored.body)}"`,
				"last-modified": stored.time.toUTCString(),
				"content-length": `${part.length}`,
				...(range === null ? {} : { "content-range": `bytes ${from}-${from + part.length - 1}/${stored.body.length}` }),
			},
			body: part,
		};
	}

	#list(bucket: string, query: URLSearchParams): Answer {
		const prefix = query.get("prefix") ?? "";
		const delimiter = query.get("delimiter") ?? "";
		const contents: string[] = [];
		const folders = new Set<string>();
		for (const [path, stored] of [...this.objects].sort(([a], [b]) => (a < b ? -1 : 1))) {
			if (!path.startsWith(`${bucket}/${prefix}`)) continue;
			const key = path.slice(bucket.length + 1);
			const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
			if (cut >= 0) folders.add(key.slice(0, cut + 1));
			else {
				contents.push(
					`<Contents><Key>${key}</Key><Size>${stored.body.length}</Size><ETag>"${md5(stored.body)}"</ETag><LastModified>${stored.time.toISOString()}</LastModified></Contents>`,
				);
			}
		}
		const common = [...folders].map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
		return xml(
			`<ListBucketResult><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${contents.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join("")}${common.join("")}</ListBucketResult>`,
		);
	}

	/** The key a request is signed with, or why it is refused. */
	#signer(request: IncomingMessage, body: Buffer) {
		const digest = `${request.headers["x-amz-content-sha256"] ?? ""}`;
		const streamed = digest.startsWith("STREAMING") || digest === "UNSIGNED-PAYLOAD";
		if (!streamed && digest !== createHash("sha256").update(body).digest("hex")) return "XAmzContentSHA256Mismatch";
		const signer = signerOf(request, digest, (name) => this.keys.get(name)?.secret ?? null);
		if ("refused" in signer) return signer.refused;
		if (!signer.signed.includes("x-amz-content-sha256")) return "AccessDenied: headers not signed";
		const key = this.keys.get(signer.name);
		if (key === undefined) return "InvalidAccessKeyId";
		const token = request.headers["x-amz-security-token"];
		return (key.token ?? undefined) === token ? key : "InvalidToken";
	}
}

interface Answer {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: Buffer;
}

/** The body inside signed chunks: `<hex size>;chunk-signature=...` before each. */
function unchunk(sent: Buffer): Buffer {
	const parts: Buffer[] = [];
	let at = 0;
	while (at < sent.length) {
		const end = sent.indexOf("\r\n", at);
		const size = Number.parseInt(sent.toString("latin1", at, end), 16);
		parts.push(sent.subarray(end + 2, end + 2 + size));
		at = end + 2 + size + 2;
		if (size === 0) break;
	}
	return Buffer.concat(parts);
}

function md5(body: Buffer): string {
	return createHash("md5").update(body).digest("hex");
}

function xml(text: string): Answer {
	return {
		status: 200,
		headers: { "content-type": "application/xml" },
		body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
	};
}

function refusal(status: number, code: string): Answer {
	return { ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`), status };
}

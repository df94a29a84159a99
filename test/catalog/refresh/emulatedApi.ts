import { createServer, type IncomingMessage } from "node:http";

export interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** One request as the emulation sees it. */
export interface Asked {
	readonly method: string;
	readonly url: URL;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
}

export interface EmulatedApi {
	readonly address: string;
	readonly asked: readonly Asked[];
	close(): Promise<void>;
}

/** An HTTP server on this machine that answers as told, or never, and remembers what it was asked. */
export async function emulateApi(answer: (asked: Asked) => Answer | Promise<Answer>): Promise<EmulatedApi> {
	const asked: Asked[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		const { method = "", headers } = request;
		const url = new URL(request.url ?? "", "http://emulated");
		const one: Asked = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
		asked.push(one);
		const { status, body } = await answer(one);
		response.writeHead(status, { "content-type": "application/json" });
		response.end(typeof body === "string" ? body : JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const place = server.address();
	if (place === null || typeof place === "string") throw new Error("the emulation has no port");
	return {
		address: `http://127.0.0.1:${place.port}`,
		asked,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

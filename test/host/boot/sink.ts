import { createServer, type Server } from "node:tls";
import type { Certificate } from "./certificate.ts";
import { listen } from "./listen.ts";

/** A collector of logs: syslog over TLS, as one sells it. */
export class Sink {
	/** All that arrived, as it came. */
	text = "";
	#server: Server | null = null;
	readonly #sockets = new Set<{ destroy(): unknown }>();

	async start(address: string, port: number, { key, certificate }: Certificate): Promise<void> {
		const server = createServer({ key, cert: certificate }, (socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			socket.setEncoding("utf8").on("data", (part: string) => {
				this.text += part;
			});
		});
		// Who refuses the certificate hangs up in the middle.
		server.on("tlsClientError", () => {});
		this.#server = server;
		await listen(server, address, port);
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		this.#sockets.clear();
		await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null));
		this.#server = null;
	}
}

import type { Server } from "node:net";

/** Waits until a server listens; an address that somebody else holds fails at once instead of waiting for ever. */
export async function listen(server: Server, address: string, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, address, () => {
			server.off("error", reject);
			resolve();
		});
	});
}

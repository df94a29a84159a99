import { createServer, type Server } from "node:http";
import { createConnection } from "node:net";
import { join } from "node:path";
import { listen } from "./listen.ts";
import { INSIDE, METADATA, ran } from "./machine.ts";

/** Makes a key pair in a folder; gives the line for `authorized_keys`. */
export async function makeKey(folder: string, name: string): Promise<string> {
	const path = join(folder, name);
	await ran("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path]);
	return (await ran("cat", [`${path}.pub`])).out;
}

/** Logs in over the wire and runs a command. */
export async function login(folder: string, key: string, user: string, command = "true", more: readonly string[] = []) {
	const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "BatchMode=yes"];
	return await ran("ssh", [
		// Of an option told twice ssh takes the first.
		...more,
		...options.flatMap((option) => ["-o", option]),
		"-o",
		"IdentitiesOnly=yes",
		"-o",
		"ConnectTimeout=5",
		"-i",
		join(folder, key),
		`${user}@${INSIDE}`,
		command,
	]);
}

/** Whether a TCP port of the machine answers from outside, within the time. */
export async function opens(port: number, seconds = 1.5): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: INSIDE, port, timeout: seconds * 1000 });
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.on("connect", () => end(true));
		socket.on("error", () => end(false));
		socket.on("timeout", () => end(false));
	});
}

/** Asks the machine from outside, as a browser would. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
	return await fetch(`http://${INSIDE}${path}`, { ...init, signal: AbortSignal.timeout(150_000) });
}

/** Stands for the cloud's metadata service, and for whatever else the machine calls. */
export class Listener {
	readonly calls: { readonly path: string; readonly body: string }[] = [];
	#server: Server | null = null;

	async start(address: string, port: number): Promise<void> {
		const server = createServer((request, response) => {
			let body = "";
			request.on("data", (chunk) => {
				body += chunk;
			});
			request.on("end", () => {
				this.calls.push({ path: request.url ?? "", body });
				response.end("user data with a credential");
			});
		});
		this.#server = server;
		await listen(server, address, port);
	}

	async stop(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null));
	}
}

export const METADATA_URL = `http://${METADATA}/metadata/v1/user-data`;

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "./listen.ts";

interface Blob {
	readonly type: string;
	readonly body: Buffer;
}

/** A container registry that only hands out what a test put in. */
export class Registry {
	readonly #blobs = new Map<string, Blob>();
	/** Who may pull; null = everybody. */
	login: { readonly user: string; readonly password: string } | null = null;
	#server: Server | null = null;

	/** A small web server as an image: busybox under an unprivileged user, with a page that says what it was told. */
	addShop(tag: string, page: string): void {
		const layer = shopLayer(page);
		const config = Buffer.from(
			JSON.stringify({
				architecture: "amd64",
				os: "linux",
				config: {
					User: "1234:1234",
					Env: ["PATH=/bin", "FROM_IMAGE=yes"],
					WorkingDir: "/www",
					Cmd: ["/bin/sh", "-c", "exec httpd -f -p 0.0.0.0:$PORT -h /www"],
				},
				rootfs: { type: "layers", diff_ids: [digest(layer)] },
			}),
		);
		const part = (mediaType: string, body: Buffer) => ({ mediaType, digest: digest(body), size: body.length });
		const type = "application/vnd.oci.image.manifest.v1+json";
		const manifest = Buffer.from(
			JSON.stringify({
				schemaVersion: 2,
				mediaType: type,
				config: part("application/vnd.oci.image.config.v1+json", config),
				layers: [part("application/vnd.oci.image.layer.v1.tar", layer)],
			}),
		);
		this.#blobs.set(`/v2/shop/blobs/${digest(config)}`, { type: "application/octet-stream", body: config });
		this.#blobs.set(`/v2/shop/blobs/${digest(layer)}`, { type: "application/octet-stream", body: layer });
		for (const name of [tag, digest(manifest)]) this.#blobs.set(`/v2/shop/manifests/${name}`, { type, body: manifest });
	}

	async listen(address: string, port: number): Promise<void> {
		const server = createServer((request, response) => {
			if (!this.#admits(request.headers.authorization)) {
				return response
					.writeHead(401, { "www-authenticate": 'Basic realm="registry"' })
					.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
			}
			if (request.url === "/v2/") return response.end("{}");
			const found = this.#blobs.get(request.url ?? "");
			if (found === undefined) return response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
			response.writeHead(200, {
				"content-type": found.type,
				"content-length": `${found.body.length}`,
				"docker-content-digest": digest(found.body),
			});
			return response.end(request.method === "HEAD" ? undefined : found.body);
		});
		this.#server = server;
		await listen(server, address, port);
	}

	#admits(authorization: string | undefined): boolean {
		if (this.login === null) return true;
		const { user, password } = this.login;
		return authorization === `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
	}

	async close(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null));
	}
}

function shopLayer(page: string): Buffer {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-image-"));
	try {
		// The folder becomes the image's root, which every user has to enter.
		chmodSync(folder, 0o755);
		for (const name of ["bin", "www/cgi-bin", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
		copyFileSync("/bin/busybox", join(folder, "bin/busybox"));
		for (const name of ["sh", "id", "httpd", "cat", "echo", "env", "touch", "ls", "wget", "timeout"]) {
			symlinkSync("busybox", join(folder, "bin", name));
		}
		writeFileSync(join(folder, "www/health"), page);
		const script =
			"#!/bin/sh\nprintf 'content-type: text/plain\\n\\n'\nid -u\nenv\ntouch /srv/data/uploads/by-image && ls -n /srv/data/uploads\n";
		writeFileSync(join(folder, "www/cgi-bin/about"), script);
		chmodSync(join(folder, "www/cgi-bin/about"), 0o755);
		return execFileSync("tar", ["-C", folder, "--numeric-owner", "--owner=0", "--group=0", "-c", "."], {
			maxBuffer: 1e8,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function digest(body: Buffer): string {
	return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

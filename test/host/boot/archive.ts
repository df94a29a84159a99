import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "./certificate.ts";
import { listen } from "./listen.ts";

/** An archive of packages as a maker runs one: signed with a key of its own, over HTTPS. */
export class Archive {
	readonly #folder = mkdtempSync(join(tmpdir(), "tierstack-archive-"));
	readonly #home = join(this.#folder, "gnupg");
	#server: Server | null = null;

	/** Fingerprint of the key that signs, and that is offered under `/gpg.key`. */
	readonly fingerprint: string;

	constructor() {
		mkdirSync(this.#home, { mode: 0o700 });
		mkdirSync(this.#at("site/dists/stable/main/binary-amd64"), { recursive: true });
		this.#gpg("--quick-generate-key", "Maker <maker@example.com>", "rsa2048", "sign", "1d");
		this.fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(this.#gpg("--list-keys", "--with-colons"))?.[1] ?? "";
		writeFileSync(this.#at("site/gpg.key"), this.#gpg("--armor", "--export"));
	}

	/** Offers a package with the files given. */
	add(name: string, files: Readonly<Record<string, string>>): void {
		const built = this.#at(`build-${name}`);
		const control = `Package: ${name}\nVersion: 1.0\nArchitecture: amd64\nMaintainer: Maker <maker@example.com>\nDescription: ${name}\n`;
		for (const [path, content] of Object.entries({ "DEBIAN/control": control, ...files })) {
			mkdirSync(join(built, path, ".."), { recursive: true });
			writeFileSync(join(built, path), content);
		}
		execFileSync("dpkg-deb", ["--root-owner-group", "--build", built, this.#at(`site/${name}.deb`)], { stdio: "pipe" });
		this.#sign();
	}

	/** Changes a package after it was signed. */
	tamper(name: string): void {
		const list = this.#at("site/dists/stable/main/binary-amd64/Packages");
		writeFileSync(list, readFileSync(list, "utf8").replace(`Description: ${name}`, "Description: another"));
	}

	async listen(address: string, port: number, { key, certificate }: Certificate): Promise<void> {
		this.#server = createServer({ key, cert: certificate }, (request, response) => {
			try {
				response.end(readFileSync(join(this.#at("site"), new URL(request.url ?? "/", "https://archive").pathname)));
			} catch {
				response.writeHead(404).end();
			}
		});
		await listen(this.#server, address, port);
	}

	/** Is not there for a while. */
	async pause(): Promise<void> {
		const server = this.#server;
		this.#server = null;
		if (server === null) return;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}

	async close(): Promise<void> {
		await this.pause();
		execFileSync("gpgconf", ["--kill", "gpg-agent"], { env: { ...process.env, GNUPGHOME: this.#home } });
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#sign(): void {
		const list = execFileSync("apt-ftparchive", ["packages", "."], { cwd: this.#at("site"), encoding: "utf8" });
		writeFileSync(this.#at("site/dists/stable/main/binary-amd64/Packages"), list);
		const words = ["Suite=stable", "Codename=stable", "Components=main", "Architectures=amd64"].flatMap((word) => [
			"-o",
			`APT::FTPArchive::Release::${word}`,
		]);
		const release = execFileSync("apt-ftparchive", [...words, "release", "."], {
			cwd: this.#at("site/dists/stable"),
			encoding: "utf8",
		});
		writeFileSync(this.#at("Release"), release);
		this.#gpg("--yes", "--clearsign", "--output", this.#at("site/dists/stable/InRelease"), this.#at("Release"));
	}

	#at(path: string): string {
		return join(this.#folder, path);
	}

	#gpg(...words: readonly string[]): string {
		return execFileSync("gpg", ["--batch", "--passphrase", "", "--homedir", this.#home, ...words], {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		});
	}
}

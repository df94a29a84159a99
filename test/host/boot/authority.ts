import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INSIDE, OUTSIDE } from "./machine.ts";

const VERSION = "v2.7.0";
const PROGRAMS = join(import.meta.dirname, `../../../.cache/pebble-${VERSION}`);
const PORT = 14000;

/** Let's Encrypt's own test server: asks for the same proofs as the real one, over the wire. */
export class Authority {
	readonly directory = `https://${OUTSIDE}:${PORT}/dir`;
	readonly #folder = mkdtempSync(join(tmpdir(), "tierstack-authority-"));
	readonly #children: ChildProcess[] = [];

	/** Certificate that whoever talks to it has to trust. */
	start(): string {
		if (!existsSync(join(PROGRAMS, "pebble"))) {
			mkdirSync(PROGRAMS, { recursive: true });
			const packages = ["pebble", "pebble-challtestsrv"].map(
				(name) => `github.com/letsencrypt/pebble/v2/cmd/${name}@${VERSION}`,
			);
			execFileSync("go", ["install", ...packages], { env: { ...process.env, GOBIN: PROGRAMS }, stdio: "pipe" });
		}
		const at = (name: string) => join(this.#folder, name);
		execFileSync(
			"openssl",
			[
				"req",
				"-x509",
				"-newkey",
				"rsa:2048",
				"-nodes",
				"-days",
				"2",
				"-subj",
				"/CN=authority",
				"-addext",
				`subjectAltName=IP:${OUTSIDE}`,
				"-keyout",
				at("key.pem"),
				"-out",
				at("cert.pem"),
			],
			{ stdio: "pipe" },
		);
		const config = {
			listenAddress: `${OUTSIDE}:${PORT}`,
			managementListenAddress: `${OUTSIDE}:15000`,
			certificate: at("cert.pem"),
			privateKey: at("key.pem"),
			httpPort: 80,
			tlsPort: 443,
		};
		writeFileSync(at("config.json"), JSON.stringify({ pebble: config }));
		this.#run("pebble-challtestsrv", [
			"-defaultIPv4",
			INSIDE,
			"-defaultIPv6",
			"",
			"-dns01",
			`${OUTSIDE}:8053`,
			"-http01",
			"",
			"-https01",
			"",
			"-tlsalpn01",
			"",
			"-doh",
			"",
			"-management",
			`${OUTSIDE}:8055`,
		]);
		this.#run("pebble", ["-config", at("config.json"), "-dnsserver", `${OUTSIDE}:8053`]);
		return readFileSync(at("cert.pem"), "utf8");
	}

	stop(): void {
		for (const child of this.#children) child.kill("SIGKILL");
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#run(program: string, args: readonly string[]): void {
		const env = { PATH: "/usr/bin:/bin", PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" };
		this.#children.push(spawn(join(PROGRAMS, program), args, { stdio: "ignore", env }));
	}
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Machine } from "./machine.ts";

export interface Certificate {
	readonly key: string;
	readonly certificate: string;
}

/** A certificate that vouches for itself. @param name host name, or `IP:...`. */
export function selfSigned(name: string): Certificate {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-certificate-"));
	const at = (file: string) => join(folder, file);
	try {
		const alternative = name.startsWith("IP:") ? name : `DNS:${name}`;
		const subject = ["-subj", `/CN=${name.replace("IP:", "")}`, "-addext", `subjectAltName=${alternative}`];
		const files = ["-keyout", at("key.pem"), "-out", at("cert.pem")];
		execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files], {
			stdio: "pipe",
		});
		return { key: readFileSync(at("key.pem"), "utf8"), certificate: readFileSync(at("cert.pem"), "utf8") };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Has the machine believe a certificate, as one of a public authority. */
export async function trust(machine: Machine, name: string, { certificate }: Certificate): Promise<void> {
	const path = `/usr/local/share/ca-certificates/${name}.crt`;
	await machine.ask(`cat >${path} <<'END'\n${certificate}\nEND\nupdate-ca-certificates`);
}

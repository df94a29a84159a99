import { createHash } from "node:crypto";
import { createServer as createHttp, type IncomingMessage, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { asSecretString, documentKey } from "../../../src/host/plan.ts";
import { type HostSecrets, type HostSettings, renderSecrets, renderSettings } from "../../../src/host/settings.ts";
import type { Certificate } from "./certificate.ts";
import { listen } from "./listen.ts";
import { METADATA, OUTSIDE } from "./machine.ts";
import { signerOf } from "./signature.ts";

const ROLE = "tierstack-prod-app";
const TOKEN_SECONDS = "x-aws-ec2-metadata-token-ttl-seconds";
export const REGION = "us-east-1";

/** A role's short-lived key. */
interface RoleKey {
	readonly name: string;
	readonly secret: string;
	readonly token: string;
}

/**
 * What surrounds a machine at AWS: the metadata service in version 2, which hands out the role's key, and Secrets
 * Manager, which checks signature, session token, region, service and the role's one permission.
 */
export class Amazon {
	/** Values by the secret's name. */
	readonly secrets = new Map<string, string>();
	readonly refusals: string[] = [];
	/** Names of the secrets the role may read. */
	permitted = /^tierstack\/prod\/app\//;
	#key: RoleKey = roleKey(1);
	readonly #sessions = new Set<string>();
	readonly #servers: Server[] = [];

	/** The key that holds now. */
	get key(): RoleKey {
		return this.#key;
	}

	/** Hands out another key; the one before is worth nothing. */
	rotate(): void {
		this.#key = roleKey(Number(this.#key.name.slice(-1)) + 1);
	}

	/** @param certificate for `secretsmanager.us-east-1.amazonaws.com`. */
	async start(certificate: Certificate): Promise<void> {
		const metadata = createHttp((request, response) => {
			const [status, text] = this.#metadata(request);
			response.writeHead(status).end(text);
		});
		const manager = createHttps({ key: certificate.key, cert: certificate.certificate }, (request, response) => {
			const chunks: Buffer[] = [];
			request.on("data", (chunk: Buffer) => chunks.push(chunk));
			request.on("end", () => {
				const [status, answer] = this.#manager(request, Buffer.concat(chunks));
				if (status !== 200) this.refusals.push(JSON.stringify(answer));
				response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
			});
		});
		this.#servers.push(metadata, manager);
		await listen(metadata, METADATA, 80);
		await listen(manager, OUTSIDE, 443);
	}

	async stop(): Promise<void> {
		for (const server of this.#servers) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	}

	/** What the program writes when `up` runs. */
	publish(prefix: string, settings: HostSettings, secrets: HostSecrets): void {
		const documents = { "secrets.json": renderSecrets(secrets), ...renderSettings(settings) };
		for (const name of ["secrets.json", "settings.json", "host.json"] as const) {
			this.secrets.set(`${prefix}/${documentKey(settings.pool, name)}`, asSecretString(documents[name]));
		}
	}

	#metadata(request: IncomingMessage): readonly [number, string] {
		if (request.method === "PUT" && request.url === "/latest/api/token") {
			if (request.headers[TOKEN_SECONDS] === undefined) return [400, "no lifetime"];
			const session = `session-${this.#sessions.size}`;
			this.#sessions.add(session);
			return [200, session];
		}
		// Version 1 is off: without a session nothing is said.
		if (!this.#sessions.has(`${request.headers["x-aws-ec2-metadata-token"]}`)) return [401, "no session"];
		const roles = "/latest/meta-data/iam/security-credentials/";
		if (request.url === roles || request.url === roles.slice(0, -1)) return [200, ROLE];
		if (request.url !== `${roles}${ROLE}`) return [404, "nothing here"];
		return [
			200,
			JSON.stringify({
				Code: "Success",
				Type: "AWS-HMAC",
				AccessKeyId: this.#key.name,
				SecretAccessKey: this.#key.secret,
				Token: this.#key.token,
				LastUpdated: new Date().toISOString(),
				Expiration: new Date(Date.now() + 3_600_000).toISOString(),
			}),
		];
	}

	#manager(request: IncomingMessage, body: Buffer): readonly [number, object] {
		const refuse = (type: string, Message = type) => [400, { __type: type, Message }] as const;
		const digest = createHash("sha256").update(body).digest("hex");
		const signer = signerOf(request, digest, (name) => (name === this.#key.name ? this.#key.secret : null));
		if ("refused" in signer) return refuse("UnrecognizedClientException", signer.refused);
		if (request.headers["x-amz-security-token"] !== this.#key.token) return refuse("ExpiredTokenException");
		if (!signer.scope.endsWith(`/${REGION}/secretsmanager/aws4_request`)) return refuse("InvalidSignatureException");
		if (request.headers.host !== `secretsmanager.${REGION}.amazonaws.com`) return refuse("UnknownEndpoint");
		if (request.headers["content-type"] !== "application/x-amz-json-1.1") return refuse("SerializationException");
		if (request.headers["x-amz-target"] !== "secretsmanager.GetSecretValue") return refuse("AccessDeniedException");
		const name: string = JSON.parse(body.toString()).SecretId;
		if (!this.permitted.test(name)) return refuse("AccessDeniedException", `${ROLE} may not read ${name}`);
		const value = this.secrets.get(name);
		if (value === undefined) return refuse("ResourceNotFoundException");
		return [200, { ARN: `arn:aws:secretsmanager:${REGION}:1:secret:${name}-AbCdEf`, Name: name, SecretString: value }];
	}
}

function roleKey(number: number): RoleKey {
	return { name: `ASIAROLEKEY${number}`, secret: `secret-of-key-${number}/+`, token: `token+of/key=${number}` };
}

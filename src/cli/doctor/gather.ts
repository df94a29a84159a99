import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { unfinishedIn } from "../../engine/stackState.ts";
import { gatherDigitalOcean } from "./digitalocean/account.ts";
import { gatherDns } from "./dns.ts";
import type { AccountFacts, Facts } from "./facts.ts";
import type { Needs } from "./needs.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** How long the CLI or an API may take to answer before it counts as silent. */
const PATIENCE_MS = 20_000;

/** Asks the machine, the backend, DNS and the provider, all at the same time. */
export async function gather(projectDir: string, env: Env, needs: Needs | null): Promise<Facts> {
	const run = (args: readonly string[]) => runPulumi(args, projectDir, env);
	const [version, whoami, exported, dns, account] = await Promise.all([
		run(["version"]),
		run(["whoami", "--json", "--non-interactive"]),
		needs === null ? null : run(["stack", "export", "--stack", needs.stack, "--non-interactive"]),
		gatherDns(needs?.domains ?? []),
		gatherAccount(env, needs),
	]);
	return {
		pulumiVersion: version === null ? null : (/^v?(\d+\.\d+\.\d+\S*)/.exec(version.trim())?.[1] ?? null),
		backend: read(whoami, z.object({ user: z.string(), url: z.string() })),
		stack: readStack(exported),
		secretsProvider: needs === null ? null : readSecretsProvider(join(projectDir, `Pulumi.${needs.stack}.yaml`)),
		env: new Set(Object.keys(env).filter((name) => (env[name] ?? "") !== "")),
		dns,
		account,
	};
}

/** Standard output of the CLI, or null when it is not there or fails. Its error text may hold secrets: dropped. */
function runPulumi(args: readonly string[], cwd: string, env: Env): Promise<string | null> {
	const options = { cwd, env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" }, timeout: PATIENCE_MS, maxBuffer: 1 << 28 };
	return new Promise((resolve) => {
		execFile("pulumi", [...args], options, (error, stdout) => resolve(error === null ? stdout : null));
	});
}

function read<Shape extends z.ZodType>(text: string | null, shape: Shape): z.output<Shape> | null {
	if (text === null) return null;
	try {
		const parsed = shape.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

/** Only what is unfinished is kept: the export holds the whole state. */
function readStack(text: string | null): Facts["stack"] {
	const unfinished = text === null ? null : unfinishedIn(text);
	return unfinished === null ? null : { unfinished };
}

/** Read by eye and not as YAML, so that a broken stack file still gets its other findings. */
function readSecretsProvider(path: string): string | null {
	const text = existsSync(path) ? readFileSync(path, "utf8") : "";
	const named = /^secretsprovider:\s*["']?([^\s"']+)/m.exec(text)?.[1];
	if (named !== undefined && named !== "default") return named;
	return /^encryptionsalt:/m.test(text) ? "passphrase" : null;
}

async function gatherAccount(env: Env, needs: Needs | null): Promise<AccountFacts | string> {
	if (needs === null) return "no stack was named";
	switch (needs.provider) {
		case "digitalocean":
			return gatherDigitalOcean(env, needs.region, PATIENCE_MS);
		case "aws":
			return "aws has no open endpoint for them; see aws service-quotas list-service-quotas --service-code ec2";
	}
}

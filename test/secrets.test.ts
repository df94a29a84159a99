import { Certificate } from "@pulumi/digitalocean/certificate.js";
import { DatabaseUser } from "@pulumi/digitalocean/databaseUser.js";
import { Droplet } from "@pulumi/digitalocean/droplet.js";
import { SpacesBucketObject } from "@pulumi/digitalocean/spacesBucketObject.js";
import { interpolate, output, secret } from "@pulumi/pulumi";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareStates } from "../src/changes/compareStates.ts";
import { cutDeployed } from "../src/changes/deployed.ts";
import type { DesiredState } from "../src/changes/desired.ts";
import { driftOf } from "../src/changes/drift.ts";
import { decide } from "../src/changes/guard.ts";
import { joinPlan } from "../src/changes/joinPlan.ts";
import { parseEngineConfig } from "../src/config/engineConfig.ts";
import { plainRecord } from "../src/engine/plain.ts";
import { unfinishedIn } from "../src/engine/stackState.ts";
import { UserError } from "../src/errors.ts";
import { modelOf } from "../src/model/buildModel.ts";
import { renderChangeSet } from "../src/render/changeSet.ts";
import { renderEngineFindings } from "../src/render/engineView.ts";
import { renderGuard } from "../src/render/guard.ts";
import { renderJson } from "../src/render/json.ts";
import { renderProblems } from "../src/render/problems.ts";
import { renderPullRequest } from "../src/render/pullRequest/document.ts";
import { packRecord, unpackRecord } from "../src/stack/record.ts";
import { blueprint, component, side } from "./changes/builders.ts";
import { known } from "./config/known.ts";

/*
 * One secret at a time, fed in wherever one can occur, and looked for in everything that is printed or kept. The
 * engine's own state and logs are searched where a real engine writes them: test/engine/program.test.ts.
 */

const RUNS = 40;
const style = { color: false, width: 100 };
const NAMES = { stack: "lab", project: "tierstack" };
const RULES = { tolerate: { downtimeMinutes: 0, monthlyUsd: 0 }, accept: [], today: "2026-11-21" };

/** Nothing that could stand in any output by chance. */
const secretText = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/).map((text) => `s3cr3t${text}`);

/** Secrets as programs hand them over: whole, inside a text, in a list, in a document, and where only the schema knows. */
function declare(hidden: string, size: string) {
	return () => {
		const host = new Droplet("app-1", {
			image: "ubuntu-24-04-x64",
			region: "fra1",
			size,
			userData: secret(`#cloud-config\n# ${hidden}`),
			tags: [secret(hidden)],
		});
		new SpacesBucketObject("settings", {
			bucket: "settings",
			key: "app.json",
			region: "fra1",
			content: secret({ env: { KEY: hidden } }).apply((value) => JSON.stringify({ ...value, size })),
		});
		new Certificate("certificate", { privateKey: hidden, leafCertificate: `leaf ${size}` });
		const user = new DatabaseUser("user", { clusterId: "c", name: "app" });
		const url = interpolate`postgres://app:${secret(hidden)}@${host.ipv4Address}/shop`;
		return { url, password: user.password, nested: output({ deep: [secret(hidden)] }) };
	};
}

function build(hidden: string, size: string): Promise<DesiredState> {
	return modelOf(declare(hidden, size), { domains: [], secretNames: [] }, NAMES);
}

/** What the engine tells of everything deployed: in plain text, secrets included. */
function deployedWith(state: DesiredState, hidden: string) {
	const all = { size: "s-1vcpu-1gb", password: hidden, uri: `x://${hidden}@h`, userData: hidden, privateKey: hidden };
	return cutDeployed(
		Object.fromEntries(
			state.resources.map(({ urn, type }) => [
				urn,
				{ type, outputs: { ...all, list: [hidden], deep: { key: hidden } } },
			]),
		),
	);
}

/** Whatever a stack file with a plain secret in it makes the program say. */
function complaintsAbout(hidden: string): string {
	const values = {
		"tierstack:ladder": "wizamart",
		"tierstack:tier": "starter",
		"tierstack:provider": "digitalocean",
		"tierstack:region": `https://ops:${hidden}@example.com`,
		"tierstack:secrets": JSON.stringify({ APP_KEY: hidden }),
		"tierstack:app": JSON.stringify({ env: { DATABASE_PASSWORD: hidden } }),
	};
	try {
		return JSON.stringify(parseEngineConfig(values, ["APP_KEY"], "dev", known));
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return renderProblems(error.problems, style) + renderJson(error.problems);
	}
}

test("no secret is in anything that is printed or kept, wherever it came in", { timeout: 120_000 }, async () => {
	let texts = 0;
	await fc.assert(
		fc.asyncProperty(secretText, secretText, async (old, next) => {
			const [before, after] = [await build(old, "s-1vcpu-1gb"), await build(next, "s-2vcpu-4gb")];
			const [from, to] = [side(before.resources), side(after.resources, { blueprint: blueprint({ tier: "small" }) })];
			const base = { kind: "git", ref: "3f2c1a" } as const;
			const changes = compareStates({ stack: "lab", base, from, to, layer: "model", ...RULES });
			expect(changes.changes.length).toBeGreaterThan(2);
			const recorded = { blueprint: blueprint({ components: [component()] }), kept: [] };
			const state = { ...before, outputs: {} };
			const record = await packRecord({
				schema: "tierstack.record/1",
				...recorded,
				remembered: { state, program: "p" },
			});
			const decision = decide({
				mode: "up",
				stack: "lab",
				recorded: { kind: "record", ...recorded, state, program: "p" },
				deployed: { kind: "read", resources: deployedWith(before, old) },
				program: "q",
				desired: to,
				rules: RULES,
			});
			const steps = changes.changes.map(({ urn, type }) => {
				return { urn, type, op: "replace", order: null, detailedDiff: { userData: "update-replace" } } as const;
			});
			const joined = joinPlan(changes, { steps, errors: [] });
			const wrapped = {
				"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
				plaintext: `"${next}"`,
			};
			const drift = driftOf(
				before.resources.map(({ urn, type }) => {
					const was = plainRecord({ privateKey: old, userData: wrapped, size: "a" });
					return { urn, type, inputs: was, before: was, after: plainRecord({ privateKey: next, size: "b" }) };
				}),
			);
			const report = { base: "a".repeat(40), head: "b".repeat(40), notes: [] };
			const exported = {
				deployment: {
					resources: [],
					pending_operations: [{ type: "creating", resource: { urn: "u", inputs: { password: old } } }],
				},
			};
			const told = [
				JSON.stringify([before, after]),
				renderChangeSet(changes, style),
				renderJson(changes),
				renderPullRequest({ ...report, stacks: [{ stack: "lab", changeSet: changes, error: null, notes: [] }] }),
				JSON.stringify(unpackRecord(record)),
				renderGuard(decision),
				JSON.stringify(decision),
				renderChangeSet(joined, style) + renderJson(joined),
				renderEngineFindings({ ...drift, note: null }, style) + renderJson(drift),
				JSON.stringify(unfinishedIn(JSON.stringify(exported))),
				complaintsAbout(old),
			];
			for (const text of told) {
				expect(text).not.toContain(old);
				expect(text).not.toContain(next);
			}
			texts += told.length;
		}),
		{ numRuns: RUNS },
	);
	process.stdout.write(`secrets: ${RUNS} runs, ${texts} texts searched, none found\n`);
});

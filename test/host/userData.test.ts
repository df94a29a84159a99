import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { HostPlan, SettingsSource } from "../../src/host/plan.ts";
import { BIRTH_FACTS, renderUserData } from "../../src/host/renderUserData.ts";
import { PROVIDERS } from "../../src/words.ts";
import { hostPlan } from "./builders.ts";

interface UserData {
	readonly write_files: readonly { readonly path: string; readonly content: string; readonly permissions: string }[];
	readonly runcmd: readonly (readonly string[])[];
}

const ROLE_SOURCE: SettingsSource = { kind: "secret", region: "us-east-1", prefix: "tierstack/prod" };

function filesOf(plan: HostPlan): Readonly<Record<string, string>> {
	const read: UserData = parse(renderUserData(plan));
	return Object.fromEntries(read.write_files.map(({ path, content }) => [path, content]));
}

describe("user data", () => {
	it("reads as this", async () => {
		await expect(renderUserData(hostPlan())).toMatchFileSnapshot("__snapshots__/user-data.yaml");
	});

	it.each(PROVIDERS)("fits what %s takes, however long the names are", (provider) => {
		const long = (length: number) => "n".repeat(length);
		// A bucket's name has 63 characters at most, a stack's 100.
		const source: SettingsSource =
			provider === "aws"
				? { ...ROLE_SOURCE, prefix: long(200) }
				: {
						kind: "bucket",
						endpoint: `https://${long(60)}`,
						region: "fra1",
						bucket: long(63),
						accessKey: long(20),
						secretKey: long(43),
					};
		const bytes = Buffer.byteLength(renderUserData(hostPlan({ provider, stack: long(100), source })));
		expect(bytes).toBeLessThan(16_384);
		expect(bytes).toBeLessThan(BIRTH_FACTS[provider].maxBytes);
	});

	it("refuses to be larger than the provider takes", () => {
		const source: SettingsSource = { ...ROLE_SOURCE, prefix: "p".repeat(4000) };
		expect(() => renderUserData(hostPlan({ provider: "aws", source }))).toThrow(
			/user data has \d+ bytes, aws takes 16384/,
		);
	});

	it("knows nothing of tier or size: whatever the machine, only these facts are in it", () => {
		const facts: Record<keyof HostPlan, true> = { provider: true, stack: true, pool: true, slot: true, source: true };
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
				const told = Object.fromEntries(Object.entries(more).filter(([name]) => !(name in facts)));
				expect(renderUserData({ ...told, ...hostPlan() })).toBe(renderUserData(hostPlan()));
			}),
			{ numRuns: 20 },
		);
		expect(Object.keys(hostPlan()).sort()).toEqual(Object.keys(facts).sort());
	});

	it("holds one credential where the settings are a bucket, none where a role reads them", () => {
		const secret = hostPlan().source.kind === "bucket" ? "r".repeat(43) : "";
		expect(renderUserData(hostPlan()).split(secret)).toHaveLength(2);
		expect(filesOf(hostPlan({ provider: "aws", source: ROLE_SOURCE }))["/etc/tierstack/birth.json"]).not.toMatch(
			/key/i,
		);
	});

	it("takes the credential's file away from everyone but root", () => {
		const read: UserData = parse(renderUserData(hostPlan()));
		expect(read.write_files.find(({ path }) => path === "/etc/tierstack/birth.json")?.permissions).toBe("0600");
	});
});

import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../src/changes/changeSet.ts";
import { compareStates } from "../../src/changes/compareStates.ts";
import type { AppConfig } from "../../src/config/stackConfig.ts";
import { PROVIDERS } from "../../src/words.ts";
import { stackConfig } from "../builders/config.ts";
import { comparison, resource } from "./builders.ts";
import { compareSides, type Written, writtenSide } from "./models.ts";

/*
 * Single edits of a stack's or a ladder's file, and what they are told as: files as a team has them on one side, the
 * same with one thing changed on the other.
 */

/** What asks for somebody's word: the risk and the resource. */
const asked = ({ reasons }: ChangeSet) =>
	reasons.map(({ risk, urn }) => `${risk} ${urn?.split("::").at(-1) ?? "stack"}`);

const changeOf = (changes: ChangeSet, name: string) => changes.changes.find((each) => each.name === name);

const app = (told: Partial<AppConfig>): Written => ({ stack: { app: { ...stackConfig().app, ...told } } });
const IMAGE = app({ image: "registry.example.com/shop:1.4" });
const COMPOSE: Written = {
	...app({ compose: "compose.yaml" }),
	compose: "services:\n  web:\n    image: registry.example.com/shop:1.4\n",
};

describe.each(PROVIDERS)("taking the product out of the stack file, on %s", (provider) => {
	const small = { ladder: "wizamart", tier: "small", provider };
	const edit = async (from: Written, to: Written, told = {}, home = small) =>
		compareSides(await writtenSide(home, from), await writtenSide(home, to), told);

	it.each([
		["image", IMAGE],
		["compose file", COMPOSE],
	] as const)("its %s: an outage without a known end, asked for once, whatever is tolerated", async (_, from) => {
		const changes = await edit(
			from,
			{},
			{ tolerate: { downtimeMinutes: 600, monthlyUsd: 0 }, changedKeys: ["app.image"] },
		);
		expect(changes.verdict).toBe("needs-acceptance");
		expect(asked(changes)).toEqual(["downtime app"]);
		expect(changes.reasons[0]?.text).toBe(
			"the product is no longer served: the built-in responder answers in its place until an image is named",
		);
		expect(changes.downtime).toEqual({ class: "outage", minutes: null });
		expect(changeOf(changes, "app")).toMatchObject({
			op: "update",
			outcome: "interrupts",
			data: "none",
			undo: "yes",
			props: [{ path: "serves", old: "application", new: "built-in responder" }],
			explainedBy: "tierstack:app",
		});
	});

	it("is accepted like any other interruption, by one entry", async () => {
		const why = { by: "ada", reason: "the shop is closed", until: "2026-12-01", backup: null };
		const accept = [{ risk: "downtime", resource: "app", from: "small", to: "small", ...why }];
		const changes = await edit(IMAGE, {}, { accept });
		expect(changes.verdict).toBe("safe");
		expect(changes.accepted).toEqual([{ risk: "downtime", resource: "app", until: "2026-12-01" }]);
	});

	it.each([
		["the other way round", {}, IMAGE],
		["with another image", IMAGE, app({ image: "registry.example.com/shop:1.5" })],
		["from an image to a compose file", IMAGE, COMPOSE],
		["where the host runs a command", IMAGE, app({ processes: { web: { command: "/srv/data/shop" } } })],
	] as const)("stays the brief restart it is, %s", async (_, from, to) => {
		const changes = await edit(from, to);
		expect(changes.downtime).toEqual({ class: "brief", minutes: [0, 2] });
		expect(asked(changes)).toEqual([expect.stringMatching(/^downtime settings-app-host(-value)?$/)]);
	});

	it("is the same in a cluster, where pods alone would only be exchanged", async () => {
		const cluster = { ladder: "opex-manager", tier: "large", provider };
		const changes = await edit(IMAGE, {}, {}, cluster);
		expect(changeOf(changes, "app-process-web")?.downtime.class).toBe("rolling");
		expect(changeOf(changes, "app")?.downtime).toMatchObject({ class: "outage", minutes: null });
		expect(asked(changes)).toContain("downtime app");
		expect(asked(await edit({}, IMAGE, {}, cluster))).not.toContain("downtime app");
	});
});

describe.each(PROVIDERS)("keeping old versions of files, on %s", (provider) => {
	const home = { ladder: "billify", tier: "growth", provider };
	const versioned =
		(days: number): Written["ladder"] =>
		(shipped) =>
			shipped.replaceAll("keepDays: 7, source", `keepDays: ${days}, versioning: true, source`);
	const plain: Written["ladder"] = (shipped) => shipped;
	const edit = async (from: Written["ladder"], to: Written["ladder"]) =>
		compareSides(
			await writtenSide(home, from === undefined ? {} : { ladder: from }),
			await writtenSide(home, to === undefined ? {} : { ladder: to }),
			{ tolerate: { downtimeMinutes: 60, monthlyUsd: 100 } },
		);

	it("from now on, for as long as dumps: nothing is lost, and nobody has to answer for it", async () => {
		const changes = await edit(plain, versioned(7));
		expect(changes.changes.map(({ role, undo }) => [role, undo])).toContainEqual(["files", "partial"]);
		expect(asked(changes)).toEqual([]);
		expect(changes.verdict).toBe("safe");
	});

	it("for fewer days than before: what is older cannot be brought back", async () => {
		const lifecycle = provider === "aws" ? "files-lifecycle" : "files";
		expect(asked(await edit(versioned(30), versioned(7)))).toContain(`recovery-gap ${lifecycle}`);
		expect(asked(await edit(versioned(7), versioned(30)))).not.toContain(`recovery-gap ${lifecycle}`);
	});

	it("no longer: only what comes is told, as what there is ends as it would have", async () => {
		const changes = await edit(versioned(7), plain);
		expect(asked(changes)).toEqual([`recovery-gap ${provider === "aws" ? "files-versioning" : "files"}`]);
		expect(changes.reasons[0]?.text).toBe("what is overwritten or deleted from now on is gone");
	});
});

describe("a limit that comes to a bucket whose old versions were switched off before", () => {
	const limit = (days: number | null) =>
		days === null ? {} : { noncurrentVersionExpiration: { days, noncurrentDays: days } };

	it.each([
		[
			"on AWS, beside the bucket",
			(on: boolean, days: number | null) => [
				resource("aws:s3/bucket:Bucket", "files", {}),
				resource("aws:s3/bucketVersioning:BucketVersioning", "files-versioning", {
					versioningConfiguration: { status: on ? "Enabled" : "Suspended" },
				}),
				resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "files-lifecycle", {
					rules: [{ id: "tidy", status: "Enabled", filter: {}, ...limit(days) }],
				}),
			],
		],
		[
			"on DigitalOcean, in the bucket",
			(on: boolean, days: number | null) => [
				resource("SpacesBucket", "files", {
					region: "fra1",
					versioning: { enabled: on },
					lifecycleRules: [{ enabled: true, ...limit(days) }],
				}),
			],
		],
	])("%s, may end what is left of them, and asks", (_, bucket) => {
		const edit = (from: number | null, to: number | null) =>
			asked(compareStates(comparison(bucket(false, from), bucket(true, to))));
		expect(edit(null, 7)).toEqual([expect.stringMatching(/^recovery-gap files/)]);
		expect(edit(30, 7)).toEqual([expect.stringMatching(/^recovery-gap files/)]);
		expect(edit(7, 7)).toEqual([]);
		expect(edit(7, 30)).toEqual([]);
	});

	it("is no loss where the keeping of versions goes that kept none", async () => {
		const home = { ladder: "billify", provider: "aws" } as const;
		const [from, to] = [
			await writtenSide({ ...home, tier: "optimise" }),
			await writtenSide({ ...home, tier: "growth" }),
		];
		const changes = compareSides(from, to);
		expect(changeOf(changes, "load-balancer-logs-versioning")?.op).toBe("delete");
		expect(asked(changes)).not.toContain("recovery-gap load-balancer-logs-versioning");
	});
});

describe.each(PROVIDERS)("taking the addresses of alarms away, on %s", (provider) => {
	const TOLD = "no alarm is left: nobody is told any more, nor later of what happened until they are back";
	const email = (...addresses: readonly string[]): Written => ({
		stack: { alerts: { email: addresses, slack: null, webhook: null } },
	});

	it.each([
		["wizamart", "starter"],
		["wizamart", "small"],
		["opex-manager", "large"],
	])("in %s %s asks for nobody's word, and says that nobody is told any more", async (ladder, tier) => {
		const home = { ladder, tier, provider };
		const changes = compareSides(await writtenSide(home, email("ops@example.com")), await writtenSide(home, email()));
		expect(asked(changes)).toEqual([]);
		expect(changes.verdict).toBe("safe");
		expect(changes.downtime.class).toBe("none");
		const alarms = changes.changes.filter(({ type }) => /Alarm|Alert/.test(type));
		expect(alarms.length).toBeGreaterThan(2);
		for (const { name, op, undo, undoWhy, data } of alarms)
			expect({ name, op, undo, undoWhy, data }).toEqual({
				name,
				op: "delete",
				undo: "partial",
				undoWhy: TOLD,
				data: "none",
			});
	});

	it("says nothing of it where one of two is left, or where a smaller tier has fewer alarms", async () => {
		const home = { ladder: "wizamart", tier: "small", provider };
		const two = await writtenSide(home, email("ops@example.com", "ada@example.com"));
		const one = await writtenSide(home, email("ops@example.com"));
		const smaller = await writtenSide({ ...home, tier: "starter" }, email("ops@example.com"));
		for (const changes of [compareSides(two, one), compareSides(one, smaller)])
			expect(changes.changes.map(({ undoWhy }) => undoWhy)).not.toContain(TOLD);
	});
});

const DATABASES = [
	["a server with replicas in two regions", "opex-manager", "enterprise"],
	["a cluster of shared storage in two regions", "django", "10m"],
] as const;

const INSIGHTS = "performanceInsightsKmsKeyId";

describe("a database of an earlier program, made before databases had keys of their own", () => {
	it.each(DATABASES)("keeps what it has, and finds the key beside it: %s", async (_, ladder, tier) => {
		const now = await writtenSide({ ladder, tier, provider: "aws" }, {});
		// The second region's copy had a key before.
		const own = (name: string) => (name.includes("secondary") ? [INSIGHTS] : ["kmsKeyId", INSIGHTS]);
		const keyless = now.state.resources
			.filter(({ name }) => name !== "database-key")
			.map((each) => ({
				...each,
				inputs: each.type.startsWith("aws:rds/")
					? Object.fromEntries(Object.entries(each.inputs).filter(([key]) => !own(each.name).includes(key)))
					: each.inputs,
			}));
		const { changes } = compareSides({ ...now, state: { ...now.state, resources: keyless } }, now);
		const told = changes.filter(({ role, op }) => role === "database" && op !== "same");
		expect(told.filter(({ op }) => op !== "update").map(({ op, name }) => `${op} ${name}`)).toEqual([
			"create database-key",
		]);
		// What else is told: a password may be another one, as long as something beside the database is new.
		const touched = told.filter(({ op }) => op === "update").flatMap(({ props }) => props.map(({ path }) => path));
		expect(touched.filter((path) => !/password/i.test(path))).toEqual([]);
	});
});

import { describe, expect, test } from "vitest";
import { catalogFor } from "../../../src/catalog/catalog.ts";
import { manualSteps } from "../../../src/changes/advice/steps.ts";
import { localDatabaseUrl } from "../../../src/host/groups/database.ts";
import { groupsOf } from "../../../src/host/groups/groups.ts";
import { buildModel } from "../../../src/model/buildModel.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import { plainRequest } from "../../../src/sizing/request.ts";
import { sizeTier } from "../../../src/sizing/sizeTier.ts";
import { hostSettings } from "../../../src/stack/hostSettings.ts";
import { loadLadder } from "../../../src/tiers/load.ts";
import { NAMES, stackInput } from "../../builders/config.ts";

/*
 * What a person is told to type in the four moves that nothing makes by itself, held against what is really there:
 * outputs, resources, units, paths. test/engine/migrations.test.ts runs the `pulumi` commands.
 */

const catalog = catalogFor("digitalocean");

function tierOf(file: string, tier: string): Blueprint {
	const ladder = loadLadder(`${import.meta.dirname}/../../../tiers`, file);
	return sizeTier(plainRequest({ ladder, tier, catalog, region: ladder.regions.digitalocean }));
}

const MOVES = [
	["SQLite to a managed server", "wizamart", "starter", "small", "Move the rows from SQLite on the host to PostgreSQL"],
	["MySQL on the host to a managed one", "plotpro", "growth", "scale", "Move the rows from MySQL on the host to MySQL"],
	[
		"uploads on a volume to the bucket",
		"wizamart",
		"medium",
		"large",
		"Copy the uploads from the volume to the bucket",
	],
	["hosts to a cluster", "opex-manager", "medium", "large", "Move the application from hosts to the cluster"],
] as const;

/** Commands in backticks, each with everything it says. */
function commandsOf(from: Blueprint, to: Blueprint, title: string): readonly string[] {
	const found = manualSteps(from, to, "prod").find((each) => each.title === title);
	if (found === undefined) throw new Error(`no steps "${title}"`);
	expect(found.steps.length).toBeGreaterThan(4);
	return found.steps.flatMap((step) => [...step.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command));
}

/** As the engine reads it: `**` is anything, `*` anything without a colon. */
function matcher(pattern: string): RegExp {
	const parts = pattern.split("**").map((part) =>
		part
			.split("*")
			.map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
			.join("[^:]*"),
	);
	return new RegExp(`^${parts.join(".*")}$`);
}

describe.each(MOVES)("%s", (_, ladder, fromTier, toTier, title) => {
	const [from, to] = [tierOf(ladder, fromTier), tierOf(ladder, toTier)];
	const commands = commandsOf(from, to, title);

	test("asks for outputs that the stack has", async () => {
		const outputs = Object.keys((await buildModel(stackInput(to), NAMES)).outputs);
		const asked = commands.flatMap((each) => [...each.matchAll(/pulumi stack output (\w+)/g)].map(([, name]) => name));
		expect(asked.length).toBeGreaterThan(0);
		expect(outputs).toEqual(expect.arrayContaining(asked));
	});

	test("names resources that come, or that serve and are left alone", async () => {
		const [before, after] = await Promise.all([from, to].map((of) => buildModel(stackInput(of), NAMES)));
		const urns = (state: typeof before) => state?.resources.map(({ urn }) => urn) ?? [];
		const came = urns(after).filter((urn) => !urns(before).includes(urn));
		for (const [, kind, pattern = ""] of commands.join(" ").matchAll(/--(target|exclude) '([^']+)'/g)) {
			// A pool that scales by load has no slots, and slots no pool: one of the two stands for both.
			if (pattern === "**::app-pool*") continue;
			const among = kind === "target" ? came : urns(before);
			expect(among.filter((urn) => matcher(pattern).test(urn)).length, `${kind} ${pattern}`).toBeGreaterThan(0);
		}
	});

	test("speaks of units and paths that the host has", () => {
		const input = stackInput(from);
		const facts = {
			...{ device: "/dev/disk/by-id/data", dumps: null, balanced: false, trustedRanges: [], env: {}, secretNames: [] },
		};
		const units = groupsOf(hostSettings(input, "prod", "app")(facts)).flatMap((group) => group.units);
		for (const command of commands.filter((each) => each.startsWith("sudo systemctl stop")))
			for (const [, pattern = ""] of command.matchAll(/'(tierstack-[^']+)'/g))
				expect(units.filter((unit) => matcher(`${pattern}.service`).test(unit)).length, pattern).toBeGreaterThan(0);
		for (const command of commands) {
			for (const [path] of command.matchAll(/\/srv\/data\/sqlite\S+\b/g))
				expect(localDatabaseUrl("sqlite", "")).toBe(`sqlite:///${path}`);
			// MySQL's own programs take options, never an address.
			if (/^(sudo )?mysql(dump)? /.test(command)) expect(command).not.toMatch(/_URL|mysql:\/\//);
		}
	});
});

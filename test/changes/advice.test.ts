import { describe, expect, it } from "vitest";
import { manualSteps } from "../../src/changes/advice/steps.ts";
import type { Layout } from "../../src/words.ts";
import { blueprint, component } from "./builders.ts";

function tier(engine: string, place: "host" | "managed", uploads: string, layout: Layout = "single", balanced = false) {
	const database = component({
		role: "database",
		name: "database",
		sku: place === "host" ? "on-host" : "db",
		settings: { engine },
	});
	const balancer = component({ role: "load-balancer", name: "load-balancer", sku: "lb" });
	return blueprint({ layout, components: balanced ? [database, balancer] : [database], settings: { uploads } });
}

const titles = (from: ReturnType<typeof tier>, to: ReturnType<typeof tier>) =>
	manualSteps(from, to, "prod").map(({ title }) => title);

describe("what a person must do beside the update", () => {
	it.each([
		[
			"nothing, when data stays where it is",
			tier("postgres", "managed", "bucket"),
			tier("postgres", "managed", "bucket"),
			[],
		],
		[
			"rows, from a file to a server",
			tier("sqlite", "host", "volume"),
			tier("postgres", "managed", "volume"),
			["Move the rows from SQLite on the host to PostgreSQL"],
		],
		[
			"rows, from the host to a managed server of the same engine",
			tier("mysql", "host", "volume"),
			tier("mysql", "managed", "volume"),
			["Move the rows from MySQL on the host to MySQL"],
		],
		[
			"rows, from one engine to another",
			tier("mysql", "managed", "volume"),
			tier("postgres", "managed", "volume"),
			["Move the rows from MySQL to PostgreSQL"],
		],
		[
			"rows, back to the host",
			tier("postgres", "managed", "volume"),
			tier("postgres", "host", "volume"),
			["Move the rows from PostgreSQL to PostgreSQL on the host"],
		],
		[
			"uploads, to a bucket",
			tier("postgres", "managed", "volume"),
			tier("postgres", "managed", "bucket"),
			["Copy the uploads from the volume to the bucket"],
		],
		[
			"uploads, back to a volume",
			tier("postgres", "managed", "bucket"),
			tier("postgres", "managed", "volume"),
			["Copy the uploads from the bucket to the volume"],
		],
		[
			"names, when a load balancer comes",
			tier("postgres", "managed", "bucket"),
			tier("postgres", "managed", "bucket", "balanced", true),
			["Point names to the load balancer"],
		],
		[
			"names, when it goes",
			tier("postgres", "managed", "bucket", "balanced", true),
			tier("postgres", "managed", "bucket"),
			["Point names to the host"],
		],
		[
			"the application, to a cluster",
			tier("postgres", "managed", "bucket"),
			tier("postgres", "managed", "bucket", "kubernetes"),
			["Move the application from hosts to the cluster"],
		],
	] as const)("%s", (_, from, to, expected) => {
		expect(titles(from, to)).toEqual(expected);
	});

	it("is nothing on a new stack", () => {
		expect(manualSteps(null, tier("sqlite", "host", "volume"), "prod")).toEqual([]);
	});

	it("creates the new place alone before it copies, compares before it goes on, and can go back", () => {
		const [step] = manualSteps(tier("sqlite", "host", "volume"), tier("postgres", "managed", "volume"), "prod");
		const text = step?.steps.join("\n") ?? "";
		const order = [
			"--target '**::database*'",
			"stop 'tierstack-web-*'",
			"Back up",
			"pgloader sqlite:",
			"count of rows",
			"pulumi up --stack prod`; hosts",
			"to go back",
		];
		const places = order.map((part) => text.indexOf(part));
		expect(places.every((place) => place >= 0)).toBe(true);
		expect([...places].sort((left, right) => left - right)).toEqual(places);
	});

	it("keeps writers still when the host's own database comes with the update", () => {
		const [step] = manualSteps(tier("postgres", "managed", "volume"), tier("mysql", "host", "volume"), "prod");
		expect(step?.steps.filter((each) => each.includes("every writer")).length).toBe(2);
	});

	it("has commands, and no cloud's own words", () => {
		const from = tier("sqlite", "host", "volume");
		const to = tier("postgres", "managed", "bucket", "kubernetes", true);
		for (const { steps } of manualSteps(from, to, "prod")) {
			expect(steps.some((each) => each.includes("`"))).toBe(true);
			for (const each of steps) expect(each).not.toMatch(/\b(droplet|spaces|rds|ec2|s3)\b/i);
		}
	});
});

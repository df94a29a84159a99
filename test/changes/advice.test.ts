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

	describe("a cache of another kind", () => {
		const withCache = (kind: string | null, stateful: boolean, layout: Layout = "balanced") =>
			blueprint({
				layout,
				components: [
					component({ role: "cache", name: "cache", sku: "cache", stateful, settings: kind === null ? {} : { kind } }),
				],
			});
		const stepsOf = (from: string | null, to: string | null, stateful = true) =>
			manualSteps(withCache(from, stateful), withCache(to, stateful), "prod");

		it("is a migration: teach, make, try, let jobs run out, switch, look, end the old one", () => {
			const [step] = stepsOf(null, "cluster");
			expect(step?.title).toBe("Move the cache to cluster mode");
			expect(step?.why).toContain("starts empty");
			expect(step?.why).toContain("users log in again");
			const [teach, make, tried, quiet, rest, look, end] = step?.steps ?? [];
			for (const words of ["configuration endpoint", "database 0", "one hash slot", "{user:42}:cart", "CACHE_CLUSTER"])
				expect(teach).toContain(words);
			expect(make).toContain("--target '**::cache-cluster*'");
			// The shell's own words: an address whose user is named.
			expect(tried).toMatch(/-u "\$\{CACHE_URL\/\\\/\\\/:\/\/\/default:\}" cluster info \| grep cluster_state/);
			expect(quiet).toContain("until its workers have none left");
			expect(rest).toContain("`pulumi up --stack prod`");
			expect(look).toContain("set the tier back");
			expect(end).toContain("`retire: [{resource: cache}]` in Pulumi.prod.yaml");
		});

		it("comes with the cluster where the application gets one at the same time: no update can leave that out", () => {
			const [cache, cluster] = manualSteps(withCache(null, true), withCache("cluster", true, "kubernetes"), "prod");
			expect(cache?.steps.join(" ")).not.toContain("--target");
			expect(cache?.steps[1]).toContain("first step of the application's move to the cluster");
			expect(cluster?.title).toBe("Move the application from hosts to the cluster");
			expect(cluster?.steps[0]).not.toContain("--exclude '**::cache");
		});

		it("goes the way back alike; what holds copies only goes by itself", () => {
			const [back] = stepsOf("cluster", null);
			expect(back?.title).toBe("Move the cache out of cluster mode");
			expect(back?.steps.join(" ")).toContain("--target '**::cache*'");
			const [copies] = stepsOf("cluster", null, false);
			expect(copies?.steps.join(" ")).not.toContain("--target");
			expect(copies?.steps.at(-1)).toContain("copies only");
		});

		it("asks nothing where the kind stays, or where there was no cache", () => {
			expect(stepsOf("cluster", "cluster")).toEqual([]);
			expect(stepsOf(null, null)).toEqual([]);
			expect(manualSteps(blueprint({ components: [] }), withCache("cluster", true), "prod")).toEqual([]);
		});
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
			'pgloader --with "data only" --with truncate sqlite:',
			"Count the rows",
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
			// Programs have their own names for a cloud's things: what is told beside the commands has not.
			for (const each of steps)
				expect(each.replaceAll(/`[^`]+`/g, "")).not.toMatch(/\b(droplet|spaces|rds|ec2|s3|digitalocean|aws)\b/i);
		}
	});

	it("lets the application's user in where it does not own the database, and asks for nothing where it does", () => {
		const text = (provider: "digitalocean" | "aws") => {
			const [step] = manualSteps(
				{ ...tier("sqlite", "host", "volume"), provider },
				{ ...tier("postgres", "managed", "volume"), provider },
				"prod",
			);
			return step?.steps.join("\n") ?? "";
		};
		expect(text("digitalocean")).toContain("GRANT ALL ON SCHEMA public TO app");
		expect(text("aws")).not.toContain("GRANT");
		expect(text("aws")).toContain("pgloader");
	});

	it("says whose rights MySQL's views and triggers have afterwards, where it leaves out who made them", () => {
		const copy = (engine: string, to: "host" | "managed") => {
			const from = to === "host" ? "managed" : "host";
			const [step] = manualSteps(tier(engine, from, "volume"), tier(engine, to, "volume"), "prod");
			return step?.steps.find((each) => each.startsWith("Copy, and note")) ?? "";
		};
		expect(copy("mysql", "managed")).toMatch(
			/s\/DEFINER=.*takes DEFINER out: .* run with the rights of the application's user/,
		);
		expect(copy("mysql", "host")).toMatch(
			/s\/DEFINER=.*takes DEFINER out: .* run with the rights of the host's administrator/,
		);
		expect(copy("postgres", "managed")).not.toContain("DEFINER");
	});

	it("stops a cluster's pods where there are no hosts to log in to", () => {
		const steps = manualSteps(
			tier("postgres", "managed", "bucket", "kubernetes"),
			tier("postgres", "host", "volume"),
			"prod",
		);
		for (const { title, steps: told } of steps.slice(0, 2)) {
			const text = told.join("\n");
			expect(text.indexOf("kubeconfig --show-secrets"), title).toBeLessThan(
				text.indexOf("scale deployment --all --replicas=0"),
			);
			expect(text.indexOf("scale deployment --all --replicas=0"), title).toBeLessThan(text.indexOf("systemctl stop"));
		}
	});

	it("reads what is copied back from the managed database, which outlives the machines that serve", () => {
		const [step] = manualSteps(
			tier("postgres", "managed", "bucket", "autoscaled"),
			tier("postgres", "host", "bucket"),
			"prod",
		);
		const text = step?.steps.join("\n") ?? "";
		expect(text.indexOf("Do the move")).toBeLessThan(text.indexOf("pg_dump"));
		expect(text.indexOf("pg_dump")).toBeGreaterThan(0);
	});
});

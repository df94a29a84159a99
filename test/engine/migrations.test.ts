import { expect, test } from "vitest";
import type { Provider } from "../../src/words.ts";
import type { Run } from "./events.ts";
import { Workspace } from "./workspace.ts";

/*
 * The moves of data or machines that nothing makes by itself, as a person makes them: the steps that
 * `tierstack diff` prints are read, and every `pulumi` command in them is run as it stands.
 */

const RISKS = "cost,downtime,one-way,recovery-gap,unknown,exposure,skip-tier";
const ACCESS = {
	sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJvZ3VzLWtleS1vbmx5LWZvci10ZXN0cy0wMDAwMDAw ops@example.com"],
};

interface Move {
	readonly ladder: string;
	readonly provider: Provider;
	readonly from: string;
	readonly to: string;
	/** Heading of the steps. */
	readonly title: string;
	/** Logical names that the first command makes. */
	readonly makes: readonly string[];
	/** Output that the next steps look up, and how it begins. */
	readonly tells: readonly [name: string, begins: RegExp];
	/** Kinds in the account that serve until the rest is done. */
	readonly serves: readonly string[];
	/** Of these, what holds data and stays until it is retired. */
	readonly stays: readonly string[];
}

const MOVES: readonly Move[] = [
	{
		...{ provider: "digitalocean", ladder: "wizamart", from: "starter", to: "small" },
		title: "Move the rows from SQLite on the host to PostgreSQL",
		tells: ["databaseUrl", /^postgresql:\/\/app:/],
		makes: ["database", "database-db", "database-user", "database-firewall"],
		serves: ["Droplet", "Volume"],
		stays: ["Volume"],
	},
	{
		...{ provider: "digitalocean", ladder: "plotpro", from: "growth", to: "scale" },
		title: "Move the rows from MySQL on the host to MySQL",
		tells: ["databaseUrl", /^mysql:\/\/app:/],
		makes: ["database", "database-db", "database-user", "database-firewall"],
		serves: ["Droplet", "Volume"],
		stays: ["Volume"],
	},
	{
		...{ provider: "digitalocean", ladder: "wizamart", from: "medium", to: "large" },
		title: "Copy the uploads from the volume to the bucket",
		tells: ["bucket", /^[a-z]/],
		makes: ["files", "files-key"],
		serves: ["Droplet", "Volume"],
		stays: ["Volume"],
	},
	{
		...{ provider: "digitalocean", ladder: "opex-manager", from: "medium", to: "large" },
		title: "Move the application from hosts to the cluster",
		tells: ["kubeconfig", /./],
		makes: ["app-cluster", "app-workers", "app-process-web", "app-service"],
		serves: ["Droplet", "LoadBalancer", "DatabaseCluster"],
		stays: ["DatabaseCluster"],
	},
	{
		...{ provider: "aws", ladder: "opex-manager", from: "medium", to: "large" },
		title: "Move the application from hosts to the cluster",
		tells: ["cacheUrl", /^rediss:\/\/:[^@]+@[^@]*clustercfg\..*:6379/],
		makes: ["app-cluster", "app-process-web", "cache-cluster", "cache-cluster-token"],
		serves: ["elasticache.ReplicationGroup", "ec2.Instance", "rds.Instance"],
		stays: ["elasticache.ReplicationGroup", "rds.Instance"],
	},
];

/** `pulumi up` commands of the steps below a heading, as their arguments. */
function commands(json: string, title: string): readonly (readonly string[])[] {
	const read: { steps: readonly { title: string; steps: readonly string[] }[] } = JSON.parse(json);
	const found = read.steps.find((each) => each.title === title);
	if (found === undefined)
		throw new Error(`no steps "${title}" among ${read.steps.map((each) => each.title).join(", ")}`);
	return found.steps.flatMap((step) =>
		[...step.matchAll(/`pulumi up --stack prod([^`]*)`/g)].map(([, words = ""]) =>
			[...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
		),
	);
}

const ops = (run: Run, op: string) => run.steps.filter((step) => step.op === op).map(({ name }) => name);

test.each(MOVES)(
	"$title ($provider: $ladder $from to $to)",
	{ timeout: 600_000 },
	async ({ provider, ladder, from, to, title, ...move }) => {
		const workspace = new Workspace();
		await workspace.createStack("prod");
		const region = provider === "aws" ? "us-east-1" : "fra1";
		const place = { "tierstack:provider": provider, "tierstack:region": region, "tierstack:access": ACCESS };
		workspace.writeStackFile("prod", { "tierstack:ladder": ladder, "tierstack:tier": from, ...place });
		const first = await workspace.up("prod");
		expect(first.code, first.output).toBe(0);
		const there = (types: readonly string[]) =>
			types.flatMap((type) => workspace.account.resources(type).map(({ id }) => `${type} ${id}`));
		const [before, data] = [there(move.serves), there(move.stays)];
		expect(data.length).toBeGreaterThan(0);

		const diff = await workspace.tierstack(["diff", "prod", "--to", to, "--json"]);
		const [alone = [], rest] = commands(diff.output.slice(diff.output.indexOf("{")), title);
		expect(rest).toEqual([]);
		const promote = [
			"promote",
			"prod",
			to,
			"--accept",
			RISKS,
			"--reason",
			"the night of the move",
			"--by",
			"ops",
			"--yes",
		];
		const promoted = await workspace.tierstack(promote);
		expect(promoted.code, promoted.output).toBe(0);

		const beside = await workspace.up("prod", { args: alone });
		expect(beside.code, beside.output).toBe(0);
		expect(ops(beside, "create")).toEqual(expect.arrayContaining([...move.makes]));
		expect(
			[...ops(beside, "delete"), ...ops(beside, "replace")].filter((name) => !name.startsWith("monitoring-")),
		).toEqual([]);
		// Old and new stand side by side: what serves is what it was.
		expect(there(move.serves)).toEqual(expect.arrayContaining(before));

		const [name, begins] = move.tells;
		const told = await workspace.run(["stack", "output", name, "--show-secrets", "--stack", "prod"]);
		expect(told.code, told.output).toBe(0);
		expect(told.output).toMatch(begins);

		const done = await workspace.up("prod");
		expect(done.code, done.output).toBe(0);
		expect(there(move.stays)).toEqual(expect.arrayContaining(data));
		const quiet = await workspace.up("prod");
		expect(quiet.code, quiet.output).toBe(0);
		expect(quiet.steps.filter(({ op }) => op !== "same")).toEqual([]);
	},
);

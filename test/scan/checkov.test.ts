import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import accepted from "./accepted.json" with { type: "json" };
import { questionsOf } from "./questions.ts";
import { everyTier, type TierState } from "./states.ts";
import { terraformOf } from "./terraform.ts";
import { awsRefuses, checkov, type Finding } from "./tools.ts";

let states: readonly TierState[] = [];

beforeAll(async () => {
	states = await everyTier();
}, 300_000);

interface Accepted {
	readonly check: string;
	readonly resources?: string;
	readonly reason: string;
}

function covers({ check, resources }: Accepted, finding: Finding): boolean {
	const name = finding.resource.split(".").slice(1).join(".");
	return check === finding.check && (resources === undefined || new RegExp(resources).test(name));
}

function scanned(files: Readonly<Record<string, string>>): ReturnType<typeof checkov> {
	const folder = mkdtempSync(join(tmpdir(), "tierstack-checkov-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(join(folder, name));
		writeFileSync(join(folder, name, "main.tf"), text);
	}
	return checkov(folder);
}

describe("what every tier declares, read by checkov", () => {
	const list: readonly Accepted[] = accepted.findings;

	it("has no finding that is not fixed or explained, and no explanation that nothing needs", {
		timeout: 900_000,
	}, () => {
		const { findings, summary } = scanned(
			Object.fromEntries(states.map(({ name, state }) => [name, terraformOf(state)])),
		);
		const open = findings.filter((finding) => !list.some((entry) => covers(entry, finding)));
		const told = new Map(open.map(({ check, says, state, resource }) => [`${check} ${says}: ${resource}`, state]));
		expect([...told].map(([text, state]) => `${text} (${state})`)).toEqual([]);
		expect(list.filter((entry) => !findings.some((finding) => covers(entry, finding)))).toEqual([]);
		process.stdout.write(`checkov: ${states.length} states, ${summary}, all explained by ${list.length} entries\n`);
	});

	it("is read by a scanner that finds what is wrong", () => {
		const { findings } = scanned({
			bad: 'resource "aws_db_instance" "open" {\n  engine = "postgres"\n  instance_class = "db.t4g.micro"\n  publicly_accessible = true\n}\n',
		});
		expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(["CKV_AWS_16", "CKV_AWS_17"]));
	});
});

describe("sizes, versions and words, held against data sets of others", () => {
	it("are all on offer: cfn-lint knows the sizes by region and engine, botocore the words", () => {
		const asked = states.filter(({ provider }) => provider === "aws").flatMap(questionsOf);
		const refused = awsRefuses(asked.map(({ question }) => question));
		expect(refused.map(({ index, says }) => `${asked[index]?.at}: ${says}`)).toEqual([]);
		expect(asked.length).toBeGreaterThan(300);
		process.stdout.write(`AWS offers: ${asked.length} questions, none refused\n`);
	});

	it("would be refused if they were wrong", () => {
		const wrong = awsRefuses([
			{ schema: "aws_ec2_instance/instancetype_enum.json", region: "us-east-1", value: "t9.huge" },
			{ classOf: ["postgres", "17"], value: "db.t1.micro" },
			{ enum: ["ec2", "VolumeType"], value: "gp9" },
		]);
		expect(wrong.map(({ index }) => index)).toEqual([0, 1, 2]);
	});
});

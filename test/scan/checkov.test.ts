import { beforeAll, describe, expect, it } from "vitest";
import { ACCEPTED, graded, idle, unexplained } from "./accepted.ts";
import { questionsOf } from "./questions.ts";
import { scanFiles } from "./scanFiles.ts";
import { everyTier, type TierState } from "./states.ts";
import { terraformOf } from "./terraform.ts";
import { awsRefuses, checkov } from "./tools.ts";

let states: readonly TierState[] = [];

beforeAll(async () => {
	states = await everyTier();
}, 300_000);

describe("what every tier declares, read by checkov", () => {
	it("has nothing that its maker calls high or critical, not even with an explanation", () => {
		expect(graded(ACCEPTED.checkov, ["HIGH", "CRITICAL"])).toEqual([]);
	});

	it("has no finding that is not fixed or explained, and no explanation that nothing needs", {
		timeout: 900_000,
	}, () => {
		const { findings, summary } = scanFiles(
			checkov,
			Object.fromEntries(states.map(({ name, state }) => [name, terraformOf(state)])),
		);
		expect(unexplained(findings, ACCEPTED.checkov)).toEqual([]);
		expect(idle(findings, ACCEPTED.checkov)).toEqual([]);
		process.stdout.write(
			`checkov: ${states.length} states, ${summary}, all explained by ${ACCEPTED.checkov.length} entries\n`,
		);
	});

	it("is read by a scanner that finds what is wrong", () => {
		const { findings } = scanFiles(checkov, {
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

import { beforeAll, describe, expect, it } from "vitest";
import type { DesiredState } from "../../src/changes/desired.ts";
import type { PlainRecord } from "../../src/words.ts";
import { SSH_KEY } from "../builders/config.ts";
import { ACCEPTED, graded, idle, unexplained } from "./accepted.ts";
import { withOlderRules } from "./olderRules.ts";
import { scanFiles } from "./scanFiles.ts";
import { everyTier, type TierState, tierState } from "./states.ts";
import { terraformOf } from "./terraform.ts";
import { type Finding, type Scanned, tfsec } from "./tools.ts";

/** Building it takes minutes on a machine that never did. */
const BUILD_PATIENCE_MS = 900_000;
const SEVERE = ["CRITICAL", "HIGH"] as const;

function read(states: readonly TierState[]): Scanned {
	return scanFiles(
		tfsec,
		Object.fromEntries(states.map(({ name, state }) => [name, terraformOf(withOlderRules(state))])),
	);
}

describe("what every tier declares, read by tfsec, which says how bad each finding is", () => {
	let states: readonly TierState[] = [];
	let scanned: Scanned = { findings: [], summary: "" };

	beforeAll(async () => {
		states = await everyTier();
		scanned = read(states);
	}, BUILD_PATIENCE_MS);

	it("has no high or critical finding without a reason, nor any other", () => {
		expect(unexplained(scanned.findings, ACCEPTED.tfsec)).toEqual([]);
		const severe = graded(ACCEPTED.tfsec, SEVERE).length;
		process.stdout.write(
			`tfsec: ${states.length} states, ${scanned.summary}, all explained by ${ACCEPTED.tfsec.length} entries, ${severe} of them for HIGH and CRITICAL\n`,
		);
	});

	it("has no explanation that nothing needs any more", () => {
		expect(idle(scanned.findings, ACCEPTED.tfsec)).toEqual([]);
	});

	it("would be told of a door that somebody opened, a bucket that is public and a database that is not encrypted", () => {
		const { findings } = read(
			states
				.filter(({ name }) => name === "aws-wizamart-small")
				.map((tier) => ({ ...tier, state: spoilt(tier.state) })),
		);
		const told = unexplained(findings, ACCEPTED.tfsec).join("\n");
		for (const wrong of [
			"CRITICAL aws-ec2-no-public-ingress-sgr",
			"HIGH aws-s3-block-public-policy",
			"HIGH aws-rds-encrypt-instance-storage-data",
		]) {
			expect(told).toContain(wrong);
		}
	});

	/** Two explanations say "until the stack file names"; for the scanner any public address is everybody. */
	it("is told of fewer doors once the stack file names the team's keys and addresses, and of none more", async () => {
		const access = { sshKeys: [SSH_KEY], sshFrom: ["203.0.113.7/32"] };
		const named = read([
			await tierState("aws", "opex-manager", "enterprise", access),
			await tierState("digitalocean", "wizamart", "small", access),
		]).findings;
		const sites = new Set(named.map(({ state }) => state));
		const plain = scanned.findings.filter(({ state }) => sites.has(state));
		const checks = (findings: readonly Finding[]) => [...new Set(findings.map(({ check }) => check))].sort();
		expect(sites.size).toBe(2);
		expect(checks(plain)).toEqual([...checks(named), "digitalocean-compute-use-ssh-keys"].sort());
		const api = (findings: readonly Finding[]) =>
			findings.filter(({ check }) => check === "aws-eks-no-public-cluster-access-to-cidr").map(({ says }) => says);
		expect(api(plain)).toEqual(["Cluster allows access from a public CIDR: 0.0.0.0/0."]);
		expect(api(named)).toEqual(["Cluster allows access from a public CIDR: 203.0.113.7/32."]);
	});
});

/** The same stack after somebody undid what keeps it closed. */
function spoilt(state: DesiredState): DesiredState {
	const wrong: Readonly<Record<string, PlainRecord>> = {
		"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 },
		"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { blockPublicPolicy: false },
		"aws:rds/instance:Instance": { storageEncrypted: false },
	};
	return {
		...state,
		resources: state.resources.map((each) => ({ ...each, inputs: { ...each.inputs, ...wrong[each.type] } })),
	};
}

import { awsRows, awsStackRows } from "./aws/rows.ts";
import { costStackRows } from "./cost.ts";
import { digitaloceanRows, digitaloceanStackRows } from "./digitalocean/rows.ts";
import type { ResourceRow, RuleContext, RuleName, StackComplaint, StackRow } from "./rule.ts";
import type { Subject } from "./subject.ts";

/** What a rule says and how bad it is to break it. All of them stop an `up`. */
export interface Rule {
	readonly description: string;
	readonly severity: "medium" | "high" | "critical";
	/** What to do about a violation. */
	readonly mend: string;
}

export const RULES: Readonly<Record<RuleName, Rule>> = {
	"database-not-public": {
		description: "Databases and caches answer inside the stack's network only.",
		severity: "critical",
		mend: "Trust hosts by tag or security group, never by a public address range.",
	},
	"bucket-private": {
		description: "Buckets are private; what is public goes through the CDN.",
		severity: "critical",
		mend: "Set the bucket private and serve it through the CDN.",
	},
	"ssh-not-wide": {
		description: "Port 22 is closed, or open to the team's own addresses.",
		severity: "critical",
		mend: "Name the office or VPN range under tierstack:access.sshFrom, or close the port.",
	},
	"encrypted-at-rest": {
		description: "Disks, databases and caches are encrypted.",
		severity: "high",
		mend: "Switch encryption on; for a database that exists, restore a snapshot into an encrypted one.",
	},
	"encrypted-in-transit": {
		description: "What speaks TLS speaks 1.2 or newer, and plain HTTP only sends on to it.",
		severity: "high",
		mend: "Redirect HTTP to HTTPS and take the strong cipher policy.",
	},
	"backed-up": {
		description: "Whatever holds data has a backup that outlives it.",
		severity: "high",
		mend: "Keep automatic backups a week or more, and declare the bucket that dumps go to.",
	},
	protected: {
		description: "Whatever holds data cannot be deleted by accident.",
		severity: "high",
		mend: "Keep `protect`; to end the resource, list it under tierstack:retire.",
	},
	tagged: {
		description: "Machines, databases and disks carry the project's tag.",
		severity: "medium",
		mend: 'Add the tag "tierstack".',
	},
	"cost-ceiling": {
		description: "A stack stays under the monthly ceiling of list prices.",
		severity: "high",
		mend: "Take a smaller tier, or raise cost-ceiling.monthlyUsd in src/policy/config.json.",
	},
};

export const RESOURCE_ROWS: readonly ResourceRow[] = [...digitaloceanRows, ...awsRows];
export const STACK_ROWS: readonly StackRow[] = [...digitaloceanStackRows, ...awsStackRows, ...costStackRows];

/** What one resource breaks of one rule. */
export function checkResource(rule: RuleName, subject: Subject, context: RuleContext): readonly string[] {
	return RESOURCE_ROWS.filter((row) => row.rule === rule && row.type === subject.type).flatMap(({ check }) =>
		check(subject, context).map((sentence) => `${subject.name} ${sentence}`),
	);
}

/** What only shows with the whole stack in view. */
export function checkStack(
	rule: RuleName,
	subjects: readonly Subject[],
	context: RuleContext,
): readonly StackComplaint[] {
	return STACK_ROWS.filter((row) => row.rule === rule).flatMap(({ check }) => check(subjects, context));
}

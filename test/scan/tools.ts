import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../engine/pulumiCli.ts";
import { goProgram } from "../goProgram.ts";
import rated from "./checkovSeverities.json" with { type: "json" };

const CHECKOV = "checkov==3.3.30";
const TFSEC = "github.com/aquasecurity/tfsec/cmd/tfsec@v1.28.14";
const AWS_DATA = ["cfn-lint==1.58.0", "botocore==1.44.5", "jsonschema==4.25.1"];

/** How bad a finding is, worst first. */
export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
	readonly check: string;
	/** Null where the scanner's maker does not rate the check. */
	readonly severity: Severity | null;
	readonly says: string;
	/** Folder below the scanned one. */
	readonly state: string;
	/** Terraform type and logical name: `aws_s3_bucket.files`. */
	readonly resource: string;
}

/** What a scanner found below a folder, and in one clause how much it read. */
export interface Scanned {
	readonly findings: readonly Finding[];
	readonly summary: string;
}

const report = z.object({
	summary: z.object({ passed: z.number(), failed: z.number(), resource_count: z.number(), parsing_errors: z.number() }),
	results: z.object({
		failed_checks: z.array(
			z.object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() }),
		),
	}),
});

/** What the maker of checkov says elsewhere, as its open output does not. */
const ratings = z.partialRecord(z.string(), z.enum(SEVERITIES)).parse(rated.severities);

/** A Python environment of its own under the cache, made once. */
function environment(name: string, packages: readonly string[]): string {
	const home = join(cacheFolder(), name);
	if (!existsSync(join(home, "complete"))) {
		execFileSync("python3", ["-m", "venv", home], { stdio: "pipe" });
		execFileSync(join(home, "bin", "pip"), ["install", "--quiet", ...packages], { stdio: "pipe" });
		execFileSync("touch", [join(home, "complete")]);
	}
	return join(home, "bin");
}

/** Reads every Terraform file below a folder, one folder a state. Asks no network. */
export function checkov(folder: string): Scanned {
	const program = join(environment("checkov", [CHECKOV]), "checkov");
	const args = ["--directory", folder, "--framework", "terraform", "--output", "json", "--compact", "--quiet"];
	const { stdout, stderr, error } = spawnSync(program, [...args, "--skip-download"], {
		encoding: "utf8",
		maxBuffer: 1 << 28,
	});
	if (error !== undefined) throw error;
	const parsed = report.safeParse(JSON.parse(stdout));
	if (!parsed.success) throw new Error(`checkov read nothing: ${stdout.slice(0, 500)} ${stderr.slice(-500)}`);
	const { summary, results } = parsed.data;
	if (summary.parsing_errors > 0) throw new Error(`checkov could not read ${summary.parsing_errors} files`);
	const findings = results.failed_checks.map(({ check_id, check_name, file_path, resource }) => ({
		check: check_id,
		severity: ratings[check_id] ?? null,
		says: check_name,
		state: file_path.split("/")[1] ?? "",
		resource,
	}));
	const { resource_count, passed, failed } = summary;
	return {
		findings,
		summary: `${resource_count} resources, ${passed} checks passed, ${failed} failed${bySeverity(findings)}`,
	};
}

const verdicts = z.object({
	results: z.array(
		z.object({
			long_id: z.string(),
			description: z.string(),
			severity: z.enum(SEVERITIES),
			/** 1 = passed. */
			status: z.union([z.literal(0), z.literal(1)]),
			resource: z.string(),
			location: z.object({ filename: z.string() }),
		}),
	),
});

/** The same, by a scanner that says how bad each finding is. It fails on what it cannot parse; it asks no network. */
export function tfsec(folder: string): Scanned {
	const args = ["--format", "json", "--no-code", "--disable-grouping", "--include-passed", "--soft-fail"];
	const { stdout, stderr, error } = spawnSync(
		goProgram(TFSEC),
		[...args, "--force-all-dirs", "--no-module-downloads", "--no-ignores", folder],
		{ encoding: "utf8", maxBuffer: 1 << 28 },
	);
	if (error !== undefined) throw error;
	if (!stdout.startsWith("{")) throw new Error(`tfsec read nothing: ${stdout.slice(0, 500)} ${stderr.slice(-500)}`);
	const { results } = verdicts.parse(JSON.parse(stdout));
	const findings = results
		.filter(({ status }) => status === 0)
		.map(({ long_id, severity, description, resource, location }) => ({
			check: long_id,
			severity,
			says: description,
			state: relative(folder, location.filename).split("/")[0] ?? "",
			resource,
		}));
	const passed = results.length - findings.length;
	return { findings, summary: `${passed} checks passed, ${findings.length} failed${bySeverity(findings)}` };
}

/** ` (3 CRITICAL, 4 not rated)`, worst first. */
function bySeverity(findings: readonly Finding[]): string {
	const words = [...SEVERITIES, null].map((word) => {
		const count = findings.filter(({ severity }) => severity === word).length;
		return count === 0 ? [] : [`${count} ${word ?? "not rated"}`];
	});
	return findings.length === 0 ? "" : ` (${words.flat().join(", ")})`;
}

/** Something AWS may or may not have, in the form `awsOffers.py` reads. */
export type Question =
	| { readonly schema: string; readonly region: string | null; readonly value: unknown }
	| { readonly classOf: readonly [engine: string, version: string]; readonly value: unknown }
	| { readonly enum: readonly [service: string, shape: string]; readonly value: unknown };

const answers = z.array(z.object({ index: z.number(), says: z.string() }));

/** Which of the questions cfn-lint's schemas and botocore's models answer with no, and why. */
export function awsRefuses(
	questions: readonly Question[],
): readonly { readonly index: number; readonly says: string }[] {
	const python = join(environment("awsdata", AWS_DATA), "python");
	const script = join(import.meta.dirname, "awsOffers.py");
	const text = execFileSync(python, [script], {
		input: JSON.stringify(questions),
		encoding: "utf8",
		maxBuffer: 1 << 28,
	});
	return answers.parse(JSON.parse(text));
}

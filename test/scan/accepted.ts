import accepted from "./accepted.json" with { type: "json" };
import type { Finding, Severity } from "./tools.ts";

/** A finding that stays. */
export interface Accepted {
	/** The scanner's own id. */
	readonly check: string;
	/** As the scanner has it; where it has none, none. */
	readonly severity?: string;
	/** Pattern of the logical names it is true for; missing = all. */
	readonly resources?: string;
	readonly reason: string;
}

/** The reviewed file, by scanner. */
export const ACCEPTED: Readonly<Record<"checkov" | "tfsec", readonly Accepted[]>> = accepted;

/** What is found and not explained, each once, with the first state it stands in. */
export function unexplained(findings: readonly Finding[], list: readonly Accepted[]): readonly string[] {
	const open = findings.filter((finding) => !list.some((entry) => covers(entry, finding)));
	const told = new Map<string, string>();
	for (const { check, severity, says, resource, state } of open) {
		const text = `${severity === null ? "" : `${severity} `}${check} ${says}: ${resource}`;
		if (!told.has(text)) told.set(text, state);
	}
	return [...told].map(([text, state]) => `${text} (${state})`);
}

/** Explanations that no finding needs any more. */
export function idle(findings: readonly Finding[], list: readonly Accepted[]): readonly Accepted[] {
	return list.filter((entry) => !findings.some((finding) => covers(entry, finding)));
}

/** Entries of some severities. */
export function graded(list: readonly Accepted[], severities: readonly Severity[]): readonly Accepted[] {
	return list.filter(({ severity }) => severities.some((each) => each === severity));
}

function covers({ check, severity, resources }: Accepted, finding: Finding): boolean {
	const name = finding.resource.split(".").slice(1).join(".");
	return (
		check === finding.check &&
		(severity ?? null) === finding.severity &&
		(resources === undefined || new RegExp(resources).test(name))
	);
}

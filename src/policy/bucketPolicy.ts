import { type Inputs, isInputs, isSet, recordsAt, textAt, textsAt } from "./subject.ts";

/** Whether a bucket policy (text or document) lets everybody in without a condition. Unreadable counts as open. */
export function letsEverybodyIn(inputs: Inputs, key: string): boolean {
	const document = documentAt(inputs, key);
	if (document === null) return true;
	const only = document.Statement;
	const statements = isInputs(only) ? [only] : recordsAt(document, "Statement");
	return statements.some(
		(statement) =>
			textAt(statement, "Effect") === "Allow" && !isSet(statement, "Condition") && namesEverybody(statement),
	);
}

function documentAt(inputs: Inputs, key: string): Inputs | null {
	const written = inputs[key];
	if (isInputs(written)) return written;
	if (typeof written !== "string") return null;
	try {
		const parsed: unknown = JSON.parse(written);
		return isInputs(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function namesEverybody(statement: Inputs): boolean {
	const principal = statement.Principal;
	if (!isInputs(principal)) return principal === "*";
	return textAt(principal, "AWS") === "*" || textsAt(principal, "AWS").includes("*");
}

import { all, type Input, type Output, output } from "@pulumi/pulumi";

/** One statement of a policy, in the words of the policy language. */
export interface Statement {
	/** Letters and digits; says what it is for. */
	readonly Sid?: string;
	readonly Effect: "Allow" | "Deny";
	/** Who; only in policies that hang on a resource or a role's trust. */
	readonly Principal?:
		| { readonly Service: Input<string> | readonly Input<string>[] }
		| { readonly AWS: Input<string> }
		| "*";
	/** `service:Action`, never `*` alone. */
	readonly Action: readonly `${string}:${string}`[];
	/** What it is about; none in a role's trust. */
	readonly Resource?: Input<string> | readonly Input<string>[];
	readonly Condition?: Readonly<Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[]>>>>;
}

/** A policy as the text that AWS takes: keys in the order of the statement, the same statements give the same bytes. */
export function policyDocument(...statements: readonly Statement[]): Output<string> {
	return output(all(statements.map((statement) => output(statement)))).apply((known) =>
		JSON.stringify({ Version: "2012-10-17", Statement: known }),
	);
}

/** Trust of a role: one service may take it on. `conditions` narrow it to things of this account or stack. */
export function trustOf(service: `${string}.amazonaws.com`, actions: Statement["Action"] = ["sts:AssumeRole"]) {
	return policyDocument({ Effect: "Allow", Principal: { Service: service }, Action: actions });
}

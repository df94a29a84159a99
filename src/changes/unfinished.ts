import type { SaferRoute } from "./changeSet.ts";
import { knowledgeOf } from "./impact/catalogue.ts";

/** What an earlier run left open, as the engine's state tells it. */
export interface Unfinished {
	readonly urn: string;
	readonly type: string;
	/**
	 * The engine's word for an operation it never heard the end of (`creating`, `updating`, `deleting` ...), or `failed`:
	 * the provider failed half way, and the state may claim what the cloud does not have.
	 */
	readonly operation: string;
}

/**
 * Those that nothing may be built on: a create that may have made a thing that holds data, which a second create would
 * leave behind, and a change of such a thing that failed half way. What nobody knows the type of counts as holding data.
 */
export function standingInTheWay(unfinished: readonly Unfinished[]): readonly Unfinished[] {
	return unfinished.filter(({ type, operation }) => {
		const kind = knowledgeOf(type).rule?.kind ?? "data";
		return kind === "data" && (operation === "creating" || operation === "failed");
	});
}

/** One clause that says what is open. */
export function unfinishedText({ urn, operation }: Unfinished): string {
	const name = nameOf(urn);
	return operation === "failed"
		? `the last change of ${name} failed half way, so the state may claim what the cloud does not have`
		: `an earlier run ended while ${operation} ${name}, so nobody knows whether it is there`;
}

/** The way out, by the provider's console and the CLI. */
export function wayOut(stack: string, { urn, operation }: Unfinished): SaferRoute {
	const resource = nameOf(urn);
	if (operation === "failed") {
		return {
			resource,
			title: "Let the engine look, then go on",
			steps: [
				`Read what is really there: \`pulumi refresh --stack ${stack} --target '${urn}'\`.`,
				`Look again: \`tierstack preview ${stack} --engine\`; what is still to do shows as a change.`,
				`Go on: \`pulumi up --stack ${stack}\`.`,
			],
		};
	}
	// `--import-pending-creates` is left out: CLI 3.250 drops the operation and imports nothing (tried).
	return {
		resource,
		title: "Find out, then tell the engine",
		steps: [
			`If the stack is still locked: \`pulumi cancel ${stack}\`.`,
			`Look for ${resource} in the provider's console. If it is there, it is as new as that run, and empty: delete it there.`,
			`To keep it instead: \`pulumi import\` it under this name and parent, and look at \`pulumi preview --stack ${stack}\` before anything else.`,
			`Tell the engine: \`pulumi refresh --stack ${stack} --clear-pending-creates\`.`,
			`Go on: \`pulumi up --stack ${stack}\`.`,
		],
	};
}

function nameOf(urn: string): string {
	return urn.split("::").at(-1) ?? urn;
}

import type { DesiredResource, DesiredState } from "../desired.ts";
import { type Pair, pairResources, urnOf } from "../diff/pairs.ts";
import { covers, rulePath } from "../diff/paths.ts";
import { Directory, referencesIn } from "../diff/references.ts";
import type { Facts } from "../impact/rule.ts";
import type { Assessment } from "./assessment.ts";
import { assessPair } from "./assessPair.ts";

/** The engine's own resources, such as providers: not part of any comparison. */
const ENGINE_TYPES = "pulumi:";

/**
 * What happens to every resource, sorted by URN. What a resource refers to is looked at first, so that a replacement
 * is passed on to those that hold its id.
 */
export function assessAll(from: DesiredState | null, to: DesiredState, facts: Facts): readonly Assessment[] {
	const pairs = pairResources(from, to).filter(({ old, new: next }) => !(next ?? old)?.type.startsWith(ENGINE_TYPES));
	const directory = new Directory(to);
	const byUrn = new Map(pairs.map((pair) => [urnOf(pair), pair]));
	const done = new Map<string, Assessment>();
	const open = new Set<string>();

	const assess = (pair: Pair): Assessment => {
		const urn = urnOf(pair);
		const known = done.get(urn);
		if (known !== undefined) return known;
		open.add(urn);
		const moves = pair.new === null ? NOTHING : movedFor(pair.new);
		const made = assessPair(pair, { facts, ...moves });
		open.delete(urn);
		done.set(urn, made);
		return made;
	};

	const movedFor = (resource: DesiredResource) => {
		const moved = new Map<string, "may" | "yes">();
		let afterDeleteFirst = false;
		for (const { text, name, property } of referencesIn(resource.inputs)) {
			const target = directory.target(resource, name);
			const pair = target === null ? undefined : byUrn.get(target.urn);
			// A circle of references cannot be declared; a record that holds one is read as if it had none.
			if (pair === undefined || open.has(urnOf(pair))) continue;
			const assessment = assess(pair);
			const how = outputMoves(assessment, property);
			if (how === null) continue;
			moved.set(text, how);
			afterDeleteFirst ||= assessment.order === "delete-first";
		}
		const awaited = resource.dependsOn
			.map((urn) => byUrn.get(urn))
			.filter((pair) => pair !== undefined && !open.has(urnOf(pair)));
		const secretsMayMove = awaited.some(
			(pair) => pair !== undefined && pair.new?.custom === true && givesSomethingNew(assess(pair)),
		);
		return { moved, afterDeleteFirst, secretsMayMove };
	};

	return pairs.map(assess);
}

const NOTHING = { moved: new Map<string, "may" | "yes">(), afterDeleteFirst: false, secretsMayMove: false };

/** A document that was written anew gives nothing: what waits for it only keeps an order. */
function givesSomethingNew({ op, rule }: Assessment): boolean {
	const isDocument = rule?.kind === "settings" && rule.within !== null;
	return (op === "create" || op === "replace") && !isDocument;
}

/** Whether an output becomes another: an input by its own change, anything else by replacement, the id surely so. */
function outputMoves(assessment: Assessment, property: string): "may" | "yes" | null {
	const { op, pair, props, replaced } = assessment;
	if (op === "create") return "yes";
	if (op === "same" || op === "delete") return null;
	const given = pair.new?.inputs[property];
	if (given !== undefined && given !== null) {
		return props.some((prop) => covers(property, rulePath(prop.path))) ? "yes" : null;
	}
	if (replaced === "no") return null;
	return property === "id" ? replaced : "may";
}

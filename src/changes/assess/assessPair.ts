import { BugError } from "../../errors.ts";
import type { PropertyChange } from "../changeSet.ts";
import type { DesiredResource } from "../desired.ts";
import { diffInputs, type Leaf } from "../diff/diffInputs.ts";
import { type Pair, urnOf } from "../diff/pairs.ts";
import { covers, rulePath } from "../diff/paths.ts";
import { masked } from "../diff/secrets.ts";
import { knowledgeOf, type TypeKnowledge } from "../impact/catalogue.ts";
import { created, NO_DOWNTIME, quiet, refused, removed, unknownEffect } from "../impact/effects.ts";
import type { Effect, Facts } from "../impact/rule.ts";
import type { Assessment } from "./assessment.ts";
import { grantChange } from "./grantChange.ts";
import { ruleFor } from "./ruleFor.ts";
import { worstEffect } from "./worst.ts";

/** What surrounds one pair. */
export interface PairContext {
	readonly facts: Facts;
	/** References whose value becomes another: see DiffOptions. */
	readonly moved: ReadonlyMap<string, "may" | "yes">;
	/** Whether something it waits for is created or replaced: its secrets may hold something of it. */
	readonly secretsMayMove: boolean;
	/** Whether something it refers to is deleted before its replacement is there. */
	readonly afterDeleteFirst: boolean;
}

const PROTECTED = "protected: the engine stops the whole update";

/** What happens to one resource: operation, cause by cause, and its effect. */
export function assessPair(pair: Pair, context: PairContext): Assessment {
	const { old, new: next } = pair;
	if (next !== null) return old === null ? assessCreate(pair, next) : assessUpdate(pair, old, next, context);
	if (old === null) throw new BugError("a pair of resources has two empty sides");
	return assessDelete(pair, old);
}

function base(pair: Pair, resource: DesiredResource) {
	const { rule } = knowledgeOf(resource.type);
	return { urn: urnOf(pair), pair, rule, order: null, props: [], replaced: "no", security: "same" } as const;
}

function assessCreate(pair: Pair, next: DesiredResource): Assessment {
	const start = base(pair, next);
	const effect = !next.custom ? created : (start.rule?.create ?? unknownType(next));
	return { ...start, op: "create", effect: start.rule?.kind === "data" ? dataCreated(effect) : effect };
}

function dataCreated(effect: Effect): Effect {
	const undoWhy = "it stays, kept and paid, until it is retired; what was written to it meanwhile must be moved back";
	return { ...effect, undo: "partial", undoWhy };
}

function assessDelete(pair: Pair, old: DesiredResource): Assessment {
	const start = base(pair, old);
	const { copy } = start.rule ?? {};
	const isCopy = copy !== undefined && old.inputs[copy.by] !== undefined && old.inputs[copy.by] !== null;
	const special = start.rule?.removeWhen?.find(({ holds }) => holds(old))?.effect;
	const gone = !old.custom ? removed : isCopy ? copy.remove : (special ?? start.rule?.remove ?? unknownType(old));
	return { ...start, op: "delete", effect: endOf(old, gone) };
}

/** What the engine makes of a delete: protection stops it, `retainOnDelete` leaves the cloud's object alone. */
function endOf(old: DesiredResource, effect: Effect): Effect {
	if (old.protect) return refused(`deleted, but ${PROTECTED}`, "keep-then-retire");
	if (!old.retainOnDelete) return effect;
	return {
		outcome: "applied",
		downtime: NO_DOWNTIME,
		data: "kept",
		undo: "partial",
		undoWhy: "it stays in the account, unmanaged and paid: import it again, or delete it by hand",
	};
}

function unknownType({ type }: DesiredResource): Effect {
	return unknownEffect(`nothing is written down about ${type}`);
}

function assessUpdate(pair: Pair, old: DesiredResource, next: DesiredResource, context: PairContext): Assessment {
	const start = base(pair, next);
	const knowledge = knowledgeOf(next.type);
	const { ignoreChanges } = next;
	const leaves = diffInputs(old.inputs, next.inputs, {
		schema: knowledge.schema,
		ignoreChanges,
		moved: context.moved,
		secretsMayMove: context.secretsMayMove,
	});
	if (leaves.length === 0) return { ...start, op: "same", effect: quiet };
	const found = leaves.map((leaf) => ({ leaf, rule: ruleFor(leaf, old, next, knowledge, context.facts) }));
	if (!next.custom) {
		const effect = worstEffect(found.map(({ rule }) => rule?.effect ?? quiet)) ?? quiet;
		return { ...start, op: "update", props: leaves.map((leaf) => propOf(leaf, "no", [])), effect };
	}
	const props = found.map(({ leaf, rule }) => {
		const forced = forces(leaf, next, knowledge) || rule?.effect.outcome === "replaced";
		return propOf(leaf, forced ? leaf.differs : "no", knowledge.schema?.secret ?? []);
	});
	const replaced = props.some((prop) => prop.replaces === "yes")
		? "yes"
		: props.some((prop) => prop.replaces === "may")
			? "may"
			: "no";
	const security = grantChange(old, next, start.rule, leaves);
	if (replaced === "no") {
		const effects = found.map(({ leaf, rule }) => rule?.effect ?? unknownProperty(leaf, next));
		return { ...start, op: "update", props, effect: worstEffect(effects) ?? quiet, security };
	}
	const order = orderOf(next, knowledge, context, props);
	const effect = replacement(old, next, start.rule, order, leaves);
	return { ...start, op: "replace", order, props, effect, replaced, security };
}

function propOf(leaf: Leaf, replaces: PropertyChange["replaces"], secret: readonly string[]): PropertyChange {
	return {
		path: leaf.path,
		old: masked(leaf.old, leaf.path, secret),
		new: masked(leaf.new, leaf.path, secret),
		replaces,
	};
}

function forces(leaf: Leaf, next: DesiredResource, { schema }: TypeKnowledge): boolean {
	const at = rulePath(leaf.path);
	const paths = [...(schema?.replaces ?? []), ...next.replaceOnChanges.map(rulePath)];
	return paths.some((path) => path === "*" || covers(path, at));
}

/** As the engine decides: the resource's own option, else by whether its name is still taken, else by what it hangs on. */
function orderOf(
	next: DesiredResource,
	{ schema }: TypeKnowledge,
	{ afterDeleteFirst }: PairContext,
	props: readonly PropertyChange[],
): "create-first" | "delete-first" {
	const name = next.inputs[schema?.nameInput ?? "name"];
	const named = schema?.autonamed === true && name !== undefined && name !== null;
	const dragged = afterDeleteFirst && props.some((prop) => prop.replaces !== "no");
	const first = next.deleteBeforeReplace ?? (named || schema?.deleteFirst === true);
	return first || dragged ? "delete-first" : "create-first";
}

function replacement(
	old: DesiredResource,
	next: DesiredResource,
	rule: Assessment["rule"],
	order: "create-first" | "delete-first",
	leaves: readonly Leaf[],
): Effect {
	if (old.protect && next.protect)
		return refused(`replaced, but ${PROTECTED}`, rule?.replace.route ?? "keep-then-retire");
	if (rule === null) return { ...unknownType(next), outcome: "replaced" };
	const kept = (path: string) =>
		next.inputs[path] !== undefined && !leaves.some((leaf) => covers(path, rulePath(leaf.path)));
	if (order === "create-first" && rule.uniqueBy.length > 0 && rule.uniqueBy.every(kept)) {
		return refused(
			`the new one clashes with the old one, which still holds the same ${rule.uniqueBy.join(" and ")}`,
			"detach-first",
		);
	}
	if (order === "delete-first" && rule.heldBy !== undefined) return refused(rule.heldBy, "detach-first");
	const told = rule.replaceWhen?.find(({ holds }) => holds(next))?.effect ?? rule.replace;
	const effect =
		order === "delete-first" && rule.deleteFirst !== undefined ? { ...told, downtime: rule.deleteFirst } : told;
	if (!old.retainOnDelete) return effect;
	return {
		...effect,
		data: effect.data === "none" ? "none" : "kept",
		undo: "partial",
		undoWhy: "the old one stays in the account, unmanaged",
	};
}

function unknownProperty(leaf: Leaf, { type }: DesiredResource): Effect {
	return unknownEffect(`nothing is written down about a change of ${rulePath(leaf.path)} of ${type}`);
}

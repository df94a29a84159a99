import type { Provider } from "../../words.ts";
import { AWS } from "./aws/index.ts";
import { COMPONENT_RULES } from "./components.ts";
import { DIGITALOCEAN } from "./digitalocean/index.ts";
import { KUBERNETES } from "./kubernetes/index.ts";
import type { PropertyRule, ProviderImpact, TypeRule, TypeSchema } from "./rule.ts";

/** One entry a cloud, and one for what runs inside clusters. */
export const IMPACTS: Readonly<Partial<Record<Provider | "kubernetes", ProviderImpact>>> = {
	aws: AWS,
	digitalocean: DIGITALOCEAN,
	kubernetes: KUBERNETES,
};

/** All that is known about one resource type; nulls and empty lists where nothing is. */
export interface TypeKnowledge {
	readonly schema: TypeSchema | null;
	readonly rule: TypeRule | null;
	readonly properties: readonly PropertyRule[];
}

const known = new Map<string, TypeKnowledge>();

/** What is known about a type token, such as `aws:rds/instance:Instance`. */
export function knowledgeOf(type: string): TypeKnowledge {
	const found = known.get(type);
	if (found !== undefined) return found;
	const impact = Object.values(IMPACTS).find((each) => type.startsWith(`${each.prefix}:`));
	const made: TypeKnowledge = {
		schema: impact?.schema[type] ?? null,
		rule: impact?.types.find((each) => each.type === type) ?? null,
		properties: (impact?.properties ?? COMPONENT_RULES).filter((each) => each.type === type),
	};
	known.set(type, made);
	return made;
}

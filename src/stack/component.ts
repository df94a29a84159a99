import {
	ComponentResource,
	type ComponentResourceOptions,
	type CustomResource,
	type CustomResourceOptions,
} from "@pulumi/pulumi";
import { type PlainRecord, PROVIDERS, type Provider, ROLES, type Role } from "../words.ts";

/** `load-balancer` -> `LoadBalancer`: the last part of a component's type. */
function typeWord(role: Role): string {
	return role
		.split("-")
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join("");
}

/**
 * Type token of a role's component, such as `tierstack:digitalocean:Database`. It names the role and never the
 * layout: the type is part of every child's URN, and a layout in it would make a promotion recreate the database.
 */
export function roleType(provider: Provider, role: Role): string {
	return `tierstack:${provider}:${typeWord(role)}`;
}

const ROLE_OF_TYPE: ReadonlyMap<string, Role> = new Map(
	PROVIDERS.flatMap((provider) => ROLES.map((role) => [roleType(provider, role), role] as const)),
);

/** Role of a component's type; null for any other type. */
export function roleOfType(type: string): Role | null {
	return ROLE_OF_TYPE.get(type) ?? null;
}

/**
 * Base of every component: one role of the stack, directly under the stack in every tier, so that its children keep
 * their URNs through all promotions. Children are named after the component (`database`, `database-firewall`).
 */
export abstract class RoleComponent extends ComponentResource {
	readonly #members: CustomResource[] = [];

	/** Every resource of this component, in the order they were declared. */
	get members(): readonly CustomResource[] {
		return this.#members;
	}

	/**
	 * @param provider cloud the role runs on.
	 * @param role what the component is for.
	 * @param name frozen logical name: never holds tier, size, region or order.
	 * @param options the cloud's provider, where the program configures one.
	 * @param told what is true of the role and stands in none of its resources; every diff shows it. Default: nothing.
	 */
	protected constructor(
		provider: Provider,
		role: Role,
		name: string,
		options: Pick<ComponentResourceOptions, "providers"> = {},
		told: PlainRecord = {},
	) {
		super(roleType(provider, role), name, told, options);
	}

	/** Declares one resource under this component. */
	protected add<Args extends object, Made extends CustomResource>(
		type: new (name: string, args: Args, options?: CustomResourceOptions) => Made,
		name: string,
		args: Args,
		options: CustomResourceOptions = {},
	): Made {
		const made = new type(name, args, { ...options, parent: this });
		this.#members.push(made);
		return made;
	}
}

import type { Plain, PlainRecord, Role } from "../words.ts";

/**
 * One resource as the program declares it, recorded at the engine's border. References to other resources'
 * outputs are strings `${name.property}`; secrets are `{ "[secret]": digest }` so that a change of a secret shows
 * without the secret.
 */
export interface DesiredResource {
	readonly urn: string;
	/** Type token, such as `digitalocean:index/droplet:Droplet`. */
	readonly type: string;
	readonly name: string;
	readonly parentUrn: string | null;
	/** True for a provider's resource, false for a component. */
	readonly custom: boolean;
	/** Role of the nearest component; null for the stack itself. */
	readonly role: Role | null;
	readonly inputs: PlainRecord;
	readonly protect: boolean;
	readonly retainOnDelete: boolean;
	readonly deleteBeforeReplace: boolean | null;
	readonly ignoreChanges: readonly string[];
	readonly replaceOnChanges: readonly string[];
	readonly aliases: readonly string[];
	/** URNs this one waits for: explicit dependencies and references, sorted. */
	readonly dependsOn: readonly string[];
}

/** Everything one run of the program declares, sorted by URN. */
export interface DesiredState {
	readonly stack: string;
	readonly project: string;
	readonly resources: readonly DesiredResource[];
	/** Stack outputs, secrets masked. */
	readonly outputs: PlainRecord;
}

/** Key under which a secret's digest stands in recorded inputs. */
export const SECRET_KEY = "[secret]";

/** Whether a recorded value is a masked secret. */
export function isSecret(value: Plain | undefined): boolean {
	return typeof value === "object" && value !== null && !Array.isArray(value) && SECRET_KEY in value;
}

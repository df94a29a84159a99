import { now } from "../../cloud/account.ts";
import { type Attempt, others, type Refusal } from "../../cloud/refusal.ts";
import { shortName } from "../../cloud/schema.ts";
import { text } from "../../cloud/values.ts";

interface UniqueName {
	readonly type: string;
	/** Input that must differ from that of every other. */
	readonly key: string;
	/** Inputs that must be equal for two to clash: a volume's name is taken within its region. */
	readonly within: readonly string[];
	/** Seconds for which a deleted name stays taken. */
	readonly blockedFor: number;
	readonly trap: number | null;
	readonly mark: Refusal["mark"];
	readonly source: string;
}

const WEEK = 7 * 24 * 3600;
const unique = (
	type: string,
	key: string,
	trap: number | null,
	mark: Refusal["mark"],
	source: string,
	within: readonly string[] = [],
	blockedFor = 0,
): UniqueName => ({ type, key, within, blockedFor, trap, mark, source });

/** Names the account holds once. Two stacks, or a replacement that creates first, clash on them. Trap 92. */
export const UNIQUE_NAMES: readonly UniqueName[] = [
	unique("Vpc", "name", null, "D", "openapi vpc.yml: must be unique"),
	unique("Volume", "name", 92, "K", "one name a region", ["region"]),
	unique("DatabaseCluster", "name", null, "D", "openapi databases: a unique name"),
	unique("DatabaseConnectionPool", "name", 15, "D", "a pool's name is its database to clients", ["clusterId"]),
	unique("DatabaseReplica", "name", null, "D", "openapi database_replica.yml", ["clusterId"]),
	unique("DatabaseDb", "name", null, "K", "one database of a name a cluster", ["clusterId"]),
	unique("DatabaseUser", "name", null, "K", "one user of a name a cluster", ["clusterId"]),
	unique("LoadBalancer", "name", null, "K", "load balancer names are unique"),
	unique("Certificate", "name", 23, "S", "certificate/resource_certificate.go: looked up by name"),
	unique("Cdn", "origin", 92, "S", "one endpoint an origin"),
	unique("Domain", "name", 31, "K", "one zone of a name"),
	unique("Firewall", "name", null, "K", "duplicate name"),
	unique("KubernetesCluster", "name", null, "K", "cluster names are unique"),
	unique("KubernetesNodePool", "name", 27, "S", "create-before-delete needs another name", ["clusterId"]),
	unique("Project", "name", null, "D", "openapi project.yml: the name must be unique"),
	unique("SshKey", "publicKey", null, "K", "SSH Key is already in use on your account"),
	unique("SpacesBucket", "name", 22, "D", "Spaces limits: unique in all accounts; blocked for a week", [], WEEK),
	unique("DropletAutoscale", "name", null, "K", "pool names are unique"),
];

function takenName(attempt: Attempt, rule: UniqueName): string | null {
	const name = text(attempt.inputs[rule.key]);
	const clash = others(attempt).some(
		(other) =>
			text(other.inputs[rule.key]) === name && rule.within.every((key) => other.inputs[key] === attempt.inputs[key]),
	);
	if (clash) return `${rule.key} "${name}" is already in use`;
	const blockedUntil = attempt.data.blockedNames[`${rule.type}/${name}`] ?? 0;
	return attempt.operation === "create" && blockedUntil > now(attempt.data)
		? `${rule.key} "${name}" was deleted lately and cannot be used yet`
		: null;
}

/** Remembers a deleted name that cannot be taken again at once. */
export function blockDeletedName({ data, type, inputs }: Attempt): void {
	const rule = UNIQUE_NAMES.find((candidate) => candidate.type === shortName(type));
	if (rule === undefined || rule.blockedFor === 0) return;
	data.blockedNames[`${rule.type}/${text(inputs[rule.key])}`] = now(data) + rule.blockedFor;
}

export const NAME_REFUSALS: readonly Refusal[] = UNIQUE_NAMES.map((rule) => ({
	trap: rule.trap,
	mark: rule.mark,
	source: rule.source,
	types: [rule.type],
	on: ["create", "update"],
	status: 409,
	refuses: (attempt) => takenName(attempt, rule),
}));

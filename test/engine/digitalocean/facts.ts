import { now } from "../cloud/account.ts";
import type { CloudFacts } from "../cloud/facts.ts";
import { type Properties, text, type Value } from "../cloud/values.ts";
import { stateValue } from "./hashed.ts";
import { newId } from "./identify.ts";
import { lookUp } from "./lookups.ts";
import { computeState } from "./outputs.ts";
import { planRules } from "./planRules.ts";
import { UPGRADE_SECONDS } from "./refusals/databases.ts";
import { blockDeletedName } from "./refusals/names.ts";
import { REFUSALS } from "./refusals.ts";
import { nameInput, providerFacts, resourceSchema, token } from "./schema.ts";
import { validateValue } from "./validations.ts";

/** The emulated DigitalOcean. */
export const DIGITALOCEAN: CloudFacts = {
	version: "4.80.1",
	schemaOf: resourceSchema,
	providerFacts,
	nameInput,
	madeUpName: (type, name, digits) => {
		const madeUp = `${name}-${digits}`;
		return type.endsWith(":Volume") ? madeUp.toLowerCase() : madeUp;
	},
	validate: validateValue,
	stateValue,
	isSame: sameSlug,
	planRules,
	refusals: REFUSALS,
	computeState,
	newId,
	lookUp,
	children: {
		Droplet: { VolumeAttachment: "dropletId", ReservedIpAssignment: "dropletId" },
		DatabaseCluster: {
			DatabaseReplica: "clusterId",
			DatabaseConnectionPool: "clusterId",
			DatabaseDb: "clusterId",
			DatabaseUser: "clusterId",
			DatabaseFirewall: "clusterId",
		},
		Domain: { DnsRecord: "domain" },
		KubernetesCluster: { KubernetesNodePool: "clusterId" },
	},
	// Trap 19.
	silent: { SpacesBucket: ["name"] },
	// Reads while it waits to be powered on again (droplet/resource_droplet.go, waitForDropletAttribute).
	readsBackOnFailure: ["Droplet"],
	credentials,
	afterUpdate: (before, inputs, state, data) => {
		if (before.state.sizeUnit !== state.sizeUnit) before.resizedAt = now(data);
		// A major upgrade runs on after the provider has gone on: it does not wait. Trap 11.
		const upgrades = before.type === token("DatabaseCluster") && text(before.inputs.version) !== text(inputs.version);
		if (upgrades) before.upgradingUntil = now(data) + UPGRADE_SECONDS;
	},
	afterDelete: blockDeletedName,
};

/** Slugs of regions and sizes are lower case at the provider. */
function sameSlug(before: Value | undefined, after: Value | undefined): boolean {
	return text(before) !== "" && text(before).toLowerCase() === text(after).toLowerCase() && !/[A-Z]/.test(text(before));
}

/** Credentials as the real provider takes them: its configuration, else the environment. */
function credentials(config: Properties, env: NodeJS.ProcessEnv): Record<string, boolean> {
	const given = (key: string, ...variables: string[]) =>
		config[key] !== undefined || variables.some((variable) => (env[variable] ?? "") !== "");
	return {
		token: given("token", "DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN"),
		spaces: given("spacesAccessId", "SPACES_ACCESS_KEY_ID") && given("spacesSecretKey", "SPACES_SECRET_ACCESS_KEY"),
	};
}

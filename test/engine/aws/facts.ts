import { now } from "../cloud/account.ts";
import type { CloudFacts } from "../cloud/facts.ts";
import { shortName } from "../cloud/schema.ts";
import { record, UNKNOWN, type Value } from "../cloud/values.ts";
import { newId } from "./identify.ts";
import { lookUp } from "./lookups.ts";
import { computeState } from "./outputs.ts";
import { planRules } from "./planRules.ts";
import { rememberFinalSnapshot } from "./refusals/databases.ts";
import { blockDeletedName } from "./refusals/names.ts";
import { COOL_DOWN, changesStorage } from "./refusals/storage.ts";
import { REFUSALS } from "./refusals.ts";
import { madeUpName, nameInput, providerFacts, resourceSchema } from "./schema.ts";
import { validateValue } from "./validations.ts";

/** The emulated AWS: one account, every region. */
export const AWS: CloudFacts = {
	version: "7.48.0",
	schemaOf: resourceSchema,
	providerFacts,
	// Every regional resource gets the provider's region unless it has its own (pulumi-aws provider/region.go).
	completed: (type, inputs, { region }) =>
		resourceSchema(type).inputs.region === undefined || inputs.region !== undefined || region === undefined
			? inputs
			: { ...inputs, region },
	nameInput,
	madeUpName,
	validate: validateValue,
	stateValue: (_, __, value) => value,
	isSame: sameDocument,
	planRules,
	refusals: REFUSALS,
	computeState,
	addedInside: (type, { vpcConfig }) =>
		shortName(type) === "eks.Cluster"
			? { vpcConfig: { ...record(vpcConfig), clusterSecurityGroupId: UNKNOWN, vpcId: UNKNOWN } }
			: {},
	newId,
	lookUp,
	children: {
		"ec2.Instance": { "ec2.VolumeAttachment": "instanceId" },
		"route53.Zone": { "route53.Record": "zoneId" },
	},
	silent: {},
	readsBackOnFailure: [],
	credentials: () => ({}),
	afterUpdate: (before, inputs, _, data) => {
		if (changesStorage(before, inputs)) before.upgradingUntil = now(data) + COOL_DOWN;
	},
	afterDelete: (attempt) => {
		blockDeletedName(attempt);
		rememberFinalSnapshot(attempt);
	},
};

/** Policies and patterns are compared as JSON, not as text (the bridge's TransformJSONDocument). */
function sameDocument(before: Value | undefined, after: Value | undefined): boolean {
	const [left, right] = [documentOf(before), documentOf(after)];
	return left !== null && left === right;
}

function documentOf(value: Value | undefined): string | null {
	if (typeof value !== "string" || !/^[[{]/.test(value)) return null;
	try {
		return sortedJson(JSON.parse(value));
	} catch {
		return null;
	}
}

function sortedJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${sortedJson(inner)}`).join(",")}}`;
}

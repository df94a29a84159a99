import { type Check, complain, isRetired, PROJECT_TAG } from "../rule.ts";
import {
	type Inputs,
	isInputs,
	isSet,
	numberAt,
	recordAt,
	recordsAt,
	type Subject,
	switchAt,
	textAt,
} from "../subject.ts";

/** As long as the other cloud keeps a managed database's backups, so that a promise holds on both. */
const LEAST_BACKUP_DAYS = 7;

/** A replica has its source's encryption and backups. */
/** A server or cluster that follows another one, whose data is therefore somewhere else too. */
function isReplica({ inputs }: Subject): boolean {
	const follows = isSet(inputs, "globalClusterIdentifier") && !isSet(inputs, "masterUsername");
	return follows || isSet(inputs, "replicateSourceDb") || isSet(inputs, "replicationSourceIdentifier");
}

/** Buckets that hold logs, which the provider writes and which end by themselves, or copies of a bucket that is guarded. */
const NO_HOME_OF_DATA = /-(logs|audit|copy)$/;

export const unlessLogsOrCopy =
	(check: Check): Check =>
	(subject, context) =>
		NO_HOME_OF_DATA.test(subject.name) ? [] : check(subject, context);

export const must =
	(key: string, sentence: string): Check =>
	({ inputs }) =>
		complain(switchAt(inputs, key) !== true, sentence);

export const mustNot =
	(key: string, sentence: string): Check =>
	({ inputs }) =>
		complain(switchAt(inputs, key) === true, sentence);

export const unlessReplica =
	(check: Check): Check =>
	(subject, context) =>
		isReplica(subject) ? [] : check(subject, context);

export const together =
	(...checks: readonly Check[]): Check =>
	(subject, context) =>
		checks.flatMap((check) => check(subject, context));

/** A disk that is not named takes the account's default, which the stack cannot know. */
export const checkMachineDisks: Check = ({ inputs }) => {
	const root = recordAt(inputs, "rootBlockDevice");
	const more = recordsAt(inputs, "ebsBlockDevices");
	return [
		...complain(root === null || switchAt(root, "encrypted") !== true, "has a root disk that is not encrypted"),
		...complain(
			more.some((disk) => switchAt(disk, "encrypted") !== true),
			"has a data disk that is not encrypted",
		),
	];
};

export const checkTemplateDisks: Check = ({ inputs }) => {
	const disks = recordsAt(inputs, "blockDeviceMappings")
		.map((mapping) => recordAt(mapping, "ebs"))
		.filter((disk) => disk !== null);
	const open = disks.length === 0 || disks.some((disk) => switchAt(disk, "encrypted") !== true);
	return complain(open, "makes machines with a disk that is not encrypted");
};

/** Listeners that speak TLS take a policy of 1.2 or newer; those that do not must send browsers on. */
export const checkListener: Check = ({ inputs }) => {
	const protocol = textAt(inputs, "protocol");
	if (protocol === "HTTP") {
		const kept = recordsAt(inputs, "defaultActions").some((action) => {
			const redirect = recordAt(action, "redirect");
			return redirect === null || textAt(redirect, "protocol") !== "HTTPS";
		});
		return complain(kept, "serves plain HTTP without sending it on to HTTPS");
	}
	if (protocol !== "HTTPS" && protocol !== "TLS") return [];
	const policy = textAt(inputs, "sslPolicy") ?? "";
	return complain(!/(TLS|TLS13|FS)-1-[23]/.test(policy), `takes TLS older than 1.2 (sslPolicy "${policy}")`);
};

export const checkDistribution: Check = ({ inputs }) => {
	const first = recordAt(inputs, "defaultCacheBehavior");
	const behaviours = [...(first === null ? [] : [first]), ...recordsAt(inputs, "orderedCacheBehaviors")];
	const plain = behaviours.some((behaviour) => textAt(behaviour, "viewerProtocolPolicy") === "allow-all");
	return complain(plain, "serves plain HTTP (viewerProtocolPolicy)");
};

export const checkRetention: Check = ({ inputs }) => {
	const days = numberAt(inputs, "backupRetentionPeriod") ?? 0;
	return complain(days < LEAST_BACKUP_DAYS, `keeps backups ${days} days; ${LEAST_BACKUP_DAYS} is the least`);
};

export const checkLastBackups: Check = (subject, context) => [
	...mustNot("skipFinalSnapshot", "would be deleted without a final snapshot")(subject, context),
	...complain(
		switchAt(subject.inputs, "deleteAutomatedBackups") !== false,
		"loses its automated backups with it (deleteAutomatedBackups)",
	),
];

export const checkDeletionProtection: Check = (subject, { retiring }) =>
	isRetired(subject.name, retiring)
		? []
		: complain(
				switchAt(subject.inputs, "deletionProtection") !== true,
				"can be deleted in the console (deletionProtection)",
			);

/** Tags on the resource, or on everything its provider makes. */
export const checkTags: Check = ({ inputs, provider }) => {
	const tags = [recordAt(inputs, "tags"), defaultTags(provider)];
	return complain(!tags.some((each) => each !== null && isSet(each, PROJECT_TAG)), `lacks the tag "${PROJECT_TAG}"`);
};

/** Provider inputs that are records arrive as JSON. */
function defaultTags(provider: Inputs | null): Inputs | null {
	const written = provider?.defaultTags;
	const record: unknown = typeof written === "string" ? JSON.parse(written) : written;
	return isInputs(record) ? recordAt(record, "tags") : null;
}

const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"];

export const checkAcl: Check = ({ inputs }) =>
	complain(PUBLIC_ACLS.includes(textAt(inputs, "acl") ?? "private"), "is open to readers (acl)");

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const checkBlocks: Check = ({ inputs }) => {
	const open = BLOCKS.filter((key) => switchAt(inputs, key) !== true);
	return complain(open.length > 0, `leaves a way to publish the bucket (${open.join(", ")})`);
};

import { z } from "zod";
import { PROVIDERS, RISKS, ROLES } from "../words.ts";
import { strictKeys } from "../zodProblems.ts";
import {
	type Complaint,
	checkDate,
	checkDomain,
	checkEmail,
	checkHealthPath,
	checkImage,
	checkNetwork,
	checkProjectPath,
	checkServer,
	checkSource,
	checkWebAddress,
} from "./formats.ts";
import { checkSshKey } from "./sshKey.ts";
import { WHOLE_STACK } from "./stackConfig.ts";

/*
 * The written form of a stack file: what stands under `tierstack:` in `Pulumi.<stack>.yaml`. The same schema reads
 * the YAML file and the values the engine hands over, and the JSON Schema for editors is generated from it.
 * Descriptions say: meaning, unit, default, and what a change does to a running stack.
 */

/** Text that a check accepts. */
function text(check: (value: string) => Complaint) {
	return z.string().superRefine((value, context) => {
		const complaint = check(value);
		if (complaint !== null) context.addIssue({ code: "custom", message: complaint });
	});
}

const filled = z.string().trim().min(1);
const date = text(checkDate);
const amount = z.number().nonnegative();

/** Parts of a component that a pin may hold. */
export const PIN_KEYS = ["sku", "count", "version", "storageGb", "standbyNodes", "poolSize"] as const;

const pinPath = text((path) => {
	const [role, key, rest] = path.split(".");
	const known = ROLES.some((each) => each === role) && PIN_KEYS.some((each) => each === key) && rest === undefined;
	return known ? null : `must be role.key with a role of ${ROLES.join(", ")} and a key of ${PIN_KEYS.join(", ")}`;
});

const envName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be letters, digits and underscores");
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be lower case letters, digits and hyphens");
const secretName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, "must be letters, digits, underscores and hyphens");

const replicas = z.union([z.int().min(0), strictKeys({ min: z.int().min(0), max: z.int().min(1) })]);

/** An override of one of the ladder's processes, or a process the ladder does not know. */
const process = strictKeys({
	kind: z.enum(["web", "worker", "scheduler", "timer"]).optional().describe("What starts it. Default: the ladder's."),
	command: filled.optional().describe("Start command inside the image. Default: the ladder's, else the image's own."),
	memoryMib: z.int().positive().optional().describe("Memory of one replica in MiB. May lead to a larger machine."),
	cpu: z.number().positive().optional().describe("vCPUs of one replica."),
	replicas: replicas.optional().describe("Number, or {min, max}."),
	schedule: filled.optional().describe("systemd calendar expression, for a timer."),
});

/** Where a private image is pulled from. */
const registry = strictKeys({
	server: text(checkServer)
		.optional()
		.describe("Registry as the image names it, such as ghcr.io. Default: the one in `image`, else docker.io."),
	user: filled.describe("User or token name the registry knows."),
	passwordSecret: secretName.describe("Name under tierstack:secrets that holds the password or token."),
});

const app = strictKeys({
	image: text(checkImage)
		.optional()
		.describe("Container image with tag or digest. Default: a built-in responder. A change restarts the processes."),
	compose: text(checkProjectPath)
		.optional()
		.describe("Compose file taken as it is; its service `web` serves traffic. Instead of `image`."),
	registry: registry.optional().describe("Login for a private image. Reaches running hosts in place."),
	port: z.int().min(1).max(65535).default(8000).describe("Port the web process listens on. A change restarts it."),
	healthPath: text(checkHealthPath)
		.default("/health")
		.describe("Path that answers 200 when the app can serve. Changed in place."),
	sticky: z
		.boolean()
		.default(false)
		.describe("Whether the load balancer keeps a visitor on one host, by a cookie of an hour. Changed in place."),
	env: z
		.record(envName, z.string())
		.default({})
		.describe("Environment of every process; no secrets here. A change restarts the processes."),
	processes: z
		.record(slug, process)
		.default({})
		.describe("Overrides of the ladder's processes, by name. A change may resize the machines."),
}).superRefine((value, context) => {
	if (value.image !== undefined && value.compose !== undefined) {
		context.addIssue({ code: "custom", message: "must have image or compose, not both", path: ["compose"] });
	}
});

const access = strictKeys({
	sshKeys: z
		.array(text(checkSshKey))
		.default([])
		.describe("Public key lines that may log in. Changed in place through the settings channel."),
	sshFrom: z
		.array(text(checkSource))
		.default([])
		.describe(
			"Address ranges that may reach port 22. Empty: none. Above the first tier none is wider than /16 (IPv6: /32). A wider one than before needs an `exposure` acceptance.",
		),
});

const alerts = strictKeys({
	email: z.array(text(checkEmail)).default([]).describe("Addresses alarms go to. Changed in place."),
	slack: strictKeys({
		channel: z.string().regex(/^#[^\s#]+$/, 'must be a channel such as "#ops"'),
		urlSecret: secretName.describe("Name under tierstack:secrets that holds the webhook URL."),
	})
		.optional()
		.describe("Slack channel alarms go to."),
	webhook: strictKeys({
		urlSecret: secretName.describe("Name under tierstack:secrets that holds the address."),
	})
		.optional()
		.describe('Address that hosts post {"text": ...} to when something on them fails; instead of Slack for those.'),
});

const logs = strictKeys({
	host: text(checkDomain).describe("Name of the collector; its certificate must be for this name."),
	port: z.int().min(1).max(65535).default(6514).describe("Port of syslog over TLS. Default 6514, as RFC 5425 has it."),
});

const backup = strictKeys({
	heartbeatUrl: text(checkWebAddress)
		.optional()
		.describe("Address called after each good dump; whoever watches it notices when the call stays away."),
	heartbeatSecret: secretName
		.optional()
		.describe("Name under tierstack:secrets that holds such an address. Instead of `heartbeatUrl`."),
}).superRefine((value, context) => {
	if (value.heartbeatUrl !== undefined && value.heartbeatSecret !== undefined) {
		const message = "must not stand beside heartbeatUrl: one of the two is called";
		context.addIssue({ code: "custom", message, path: ["heartbeatSecret"] });
	}
});

const pin = strictKeys({
	path: pinPath.describe("role.key, such as database.sku."),
	value: z.union([filled, z.number()]).describe("The SKU, count or version to hold."),
	until: date.optional().describe('Last day, "YYYY-MM-DD"; after it the pin holds on and is reported.'),
});

const acceptance = strictKeys({
	risk: z.enum(RISKS).describe("The one risk that is accepted."),
	resource: filled.describe("Logical name of the one resource."),
	from: filled.describe("Tier left."),
	to: filled.describe("Tier entered."),
	by: filled.describe("Who accepts."),
	reason: filled.describe("Why, for whoever reads this in a year."),
	until: date.describe('Last day it holds, "YYYY-MM-DD", UTC, inclusive.'),
	backup: filled.optional().describe("Id of the backup a `data-loss` acceptance rests on, or `none`."),
}).superRefine((value, context) => {
	if (value.risk === "data-loss" && value.backup === undefined) {
		const message = "is missing; accepting data-loss takes the id of a backup, or `none`";
		context.addIssue({ code: "custom", message, path: ["backup"] });
	}
});

const retirement = strictKeys({
	resource: filled.describe(
		`Logical name of the kept resource to end, or \`${WHOLE_STACK}\`: then nothing is protected any more.`,
	),
	backup: filled
		.optional()
		.describe("Id of the backup taken, or `none`. Without it the resource stays, unprotected, beside a snapshot."),
}).superRefine((value, context) => {
	if (value.resource === WHOLE_STACK && value.backup !== undefined) {
		const message = "must not stand beside the whole stack: `pulumi destroy` ends that, no update does";
		context.addIssue({ code: "custom", message, path: ["backup"] });
	}
});

const tolerate = strictKeys({
	downtimeMinutes: amount.default(0).describe("Minutes of downtime a change may take unasked. Default 0."),
	monthlyUsd: amount.default(0).describe("USD a month a change may add unasked. Default 0."),
});

/** One group of figures a plan has its own allowance for: `clients: {essential: 500, growth: 40}`. */
const measured = z.union([amount, z.record(slug, amount)]);

/** Names under `tierstack:` in the order people read them, each with its schema. */
export const stackFields = {
	ladder: filled.describe("Ladder of the product: the name of a file in tiers/. Fixed once the stack is deployed."),
	tier: filled.describe("Tier of the ladder. The one line a promotion changes: preview it first."),
	provider: z.enum(PROVIDERS).describe("Cloud the stack runs on. Fixed once the stack is deployed."),
	region: filled.describe("Region of the provider. Fixed once the stack is deployed."),
	workload: z
		.record(z.string().regex(/^[a-zA-Z][A-Za-z0-9]*$/, "must be the name of a metric"), measured)
		.optional()
		.describe("Measured figures by metric. Default: the top of the tier's range. May resize machines and storage."),
	floors: z
		.enum(["tier", "ignore"])
		.default("tier")
		.describe("`tier`: never below the tier's floors. `ignore`: the measured workload alone decides."),
	months: z.int().min(0).max(120).optional().describe("Months of growth to size for. Default: the ladder's horizon."),
	domain: z
		.union([text(checkDomain), z.array(text(checkDomain)).min(1)])
		.optional()
		.describe("Host name or names the app answers for, first one canonical. Without: no TLS, address only."),
	edge: z
		.enum(["provider", "cloudflare", "none"])
		.default("provider")
		.describe("Who stands before the app: the provider's CDN where the tier has one, Cloudflare, or nobody."),
	app: app.prefault({}).describe("What runs."),
	access: access.prefault({}).describe("Who may log in."),
	alerts: alerts.prefault({}).describe("Who is told when a limit is near."),
	logs: logs
		.optional()
		.describe("Collector that the hosts' logs go to, by syslog over TLS. Default: they stay on the host."),
	backup: backup.prefault({}).describe("Who is told that a dump was made."),
	apply: z
		.enum(["now", "window"])
		.default("now")
		.describe("Whether changes that interrupt wait for the maintenance window, where the provider has one."),
	protect: z
		.enum(["data", "all"])
		.default("data")
		.describe("`data`: what holds data cannot be deleted. `all`: also what users reach (addresses, balancer, DNS)."),
	cidr: text(checkNetwork)
		.default("10.0.0.0/16")
		.describe("Private network range, AWS only. A change replaces the network and all in it."),
	pins: z.array(pin).default([]).describe("SKUs, counts or versions held by hand."),
	tolerate: tolerate.prefault({}).describe("What a change may do without an acceptance."),
	accept: z.array(acceptance).default([]).describe("Narrow, dated exceptions; all of risk, resource, from, to match."),
	retire: z
		.array(retirement)
		.default([])
		.describe("Kept resources to end, or the whole stack: backup first, delete second."),
	secrets: z
		.record(secretName, strictKeys({ secure: z.string() }))
		.default({})
		.describe("Secrets, set by: pulumi config set --secret --path 'tierstack:secrets.NAME'."),
} as const;

export const writtenStack = strictKeys(stackFields);
export type WrittenStack = z.output<typeof writtenStack>;

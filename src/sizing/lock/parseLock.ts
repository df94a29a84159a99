import { z } from "zod";
import { problem, UserError } from "../../errors.ts";
import { LAYOUTS, type Plain, PROVIDERS, ROLES } from "../../words.ts";
import { LOCK_SCHEMA, type Lock, lockedStackOf } from "./lock.ts";

const figures = z.record(z.string(), z.number());
const figure = z.number().nullable();
const range = z.strictObject({ min: z.number(), max: z.number() });
const setting = z.union([z.string(), figure, z.boolean(), z.array(z.string()), z.array(z.number())]);
const settings = z.record(z.string(), setting);
const plain: z.ZodType<Plain> = z.lazy(() =>
	z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(plain), z.record(z.string(), plain)]),
);

const key = z.strictObject({
	ladder: z.string(),
	tier: z.string(),
	provider: z.enum(PROVIDERS),
	region: z.string(),
	workload: figures.nullable(),
	floors: z.enum(["tier", "ignore"]),
	months: figure,
	processes: z.record(z.string(), plain),
	edge: z.enum(["provider", "cloudflare", "none"]),
	pins: z.array(z.strictObject({ path: z.string(), value: z.union([z.string(), z.number()]) })),
});

const component = z.strictObject({
	role: z.enum(ROLES),
	name: z.string(),
	sku: z.string(),
	count: range,
	vcpu: figure,
	memoryGib: figure,
	diskGb: figure,
	why: z.string(),
	settings,
	stateful: z.boolean(),
});

const blueprint = z.strictObject({
	schema: z.literal("tierstack.blueprint/1"),
	ladder: z.string(),
	tier: z.string(),
	provider: z.enum(PROVIDERS),
	region: z.string(),
	layout: z.enum(LAYOUTS),
	workload: figures,
	workloadSource: z.enum(["measured", "top-of-range"]),
	demand: figures,
	components: z.array(component),
	processes: z.array(
		z.strictObject({
			name: z.string(),
			kind: z.enum(["web", "worker", "scheduler", "timer"]),
			command: z.string().nullable(),
			memoryMib: z.number(),
			cpu: figure,
			replicas: range,
			schedule: z.string().nullable(),
		}),
	),
	settings,
	headroom: z.array(
		z.strictObject({
			role: z.enum(ROLES),
			metric: z.string(),
			used: z.number(),
			capacity: z.number(),
			warnAt: z.number(),
			criticalAt: z.number(),
		}),
	),
	recovery: z.array(
		z.strictObject({
			scenario: z.enum(["process-or-node", "zone", "region", "human-error"]),
			rtoMinutes: figure,
			rpoMinutes: figure,
			mechanism: z.string(),
			basis: z.enum(["measured", "documented", "estimate"]),
			met: z.boolean().nullable(),
			acknowledged: z.string().exactOptional(),
		}),
	),
	nextTier: z.strictObject({ tier: z.string(), metric: z.string(), at: z.number() }).nullable(),
	notes: z.array(z.string()),
});

const bill = z.strictObject({
	component: z.string(),
	table: z.enum(["machines", "databases", "caches", "services"]),
	row: z.string(),
	of: z.enum(["unit", "storage"]),
	quantity: z.number().nonnegative(),
	kind: z.enum(["base", "usage"]),
});

const lock = z.strictObject({ schema: z.literal(LOCK_SCHEMA), for: key, blueprint, bill: z.array(bill) });

/**
 * Reads a lock's file.
 *
 * @throws UserError in one sentence when it is damaged, half merged, or of a version this program does not know.
 */
export function parseLock(text: string, fileName: string): Lock {
	const refuse = (what: string) => {
		const stack = lockedStackOf(fileName) ?? "<stack>";
		const way = `take it from git again, or write it anew: tierstack promote ${stack} --resize`;
		return new UserError([problem(`is no lock that can be read (${what}); ${way}`, { file: fileName })]);
	};
	const checked = lock.safeParse(parseJson(text, refuse));
	if (!checked.success) {
		const { path = [], message = "" } = checked.error.issues[0] ?? {};
		throw refuse(path.length === 0 ? message : `${path.join(".")}: ${message}`);
	}
	const { for: made, blueprint: kept } = checked.data;
	const other = (["ladder", "tier", "provider", "region"] as const).find((name) => made[name] !== kept[name]);
	if (other !== undefined) throw refuse(`it was made for ${other} ${made[other]} and holds ${kept[other]}`);
	return checked.data;
}

function parseJson(text: string, refuse: (what: string) => UserError): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw refuse(/^(<{7}|={7}|>{7})/m.test(text) ? "a merge was left undone" : "no JSON");
	}
}

import { BugError, problem, UserError } from "../errors.ts";
import { checkCompose } from "../host/composeText.ts";
import type { Pool } from "../host/plan.ts";
import type { BackupSettings, HostSettings, Leader, LocalDatabase, ProxySettings } from "../host/settings.ts";
import type { Blueprint, Component, Process } from "../sizing/blueprint.ts";
import { ENGINES } from "../words.ts";
import type { StackInput } from "./input.ts";
import { flagIn, need, numberIn, oneOf, textIn } from "./parts.ts";

/** A bucket as hosts reach it. */
interface BucketPlace {
	readonly endpoint: string;
	readonly region: string;
	readonly bucket: string;
}

/** What only the cloud knows when the settings of a pool are written. */
export interface HostFacts {
	/** Stable name of the data volume's device; null = the pool has none. */
	readonly device: string | null;
	/** Bucket of dumps; null = nothing is dumped. */
	readonly dumps: BucketPlace | null;
	/** Bucket of uploads that is copied beside the dumps; absent = nothing is, or the provider does it. */
	readonly mirror?: BucketPlace | null;
	/** Whether the managed database's administrator has to let the application's user in; absent = it needs nobody. */
	readonly grants?: boolean;
	/** Whether a load balancer stands before the pool and speaks TLS for it. */
	readonly balanced: boolean;
	/** Ranges whose word about the caller's address is taken: the load balancer's network, the edge. */
	readonly trustedRanges: readonly string[];
	/** What the cloud adds to the environment: buckets, endpoints. No secrets. */
	readonly env: Readonly<Record<string, string>>;
	/** Names of the variables whose values are in the secrets. */
	readonly secretNames: readonly string[];
}

/** The plan's own words for what the host needs, with the host room's defaults where a plan says nothing. */
export const DEFAULTS = { maxBodyMib: 100, idleSeconds: 120, burst: 20, stopSeconds: 30, healthySeconds: 90 };
const MIB_PER_GIB = 1024;

/**
 * What a pool of hosts is told: the blueprint's and the stack file's words now, the facts of the cloud once they are
 * known. The same for every member of the pool.
 *
 * @throws BugError at once, when the blueprint lacks what a host must know; UserError for a compose file no host can run.
 */
export function hostSettings(input: StackInput, stack: string, pool: Pool): (facts: HostFacts) => HostSettings {
	const { blueprint, config } = input;
	const machine = blueprint.components.find(({ role, name }) => role === "app" && name === pool);
	if (machine === undefined) throw new BugError(`the blueprint has no hosts named ${pool}`);
	const first = pool === "app";
	const swapGib = numberIn(machine.settings, "swapGib");
	const proxy = first ? proxyOf(input) : null;
	const backup = pool === oncePool(input) ? backupOf(input, stack) : null;
	const mode = oneOf(textIn(machine.settings, "mode"), ["containers", "plain"]) ?? "containers";
	const app = {
		image: config.app.image,
		compose: composeOf(input, mode),
		port: config.app.port,
		healthPath: config.app.healthPath,
		mode,
		healthySeconds: numberIn(blueprint.settings, "app.healthySeconds") ?? DEFAULTS.healthySeconds,
		stopSeconds: numberIn(blueprint.settings, "app.stopSeconds") ?? DEFAULTS.stopSeconds,
	};
	const dashboards = flagIn(blueprint.settings, "monitoring.dashboards") ?? false;
	const told = {
		schema: "tierstack.settings/1",
		stack,
		provider: blueprint.provider,
		pool,
		access: config.access,
		swapMib: swapGib === null ? null : swapGib * MIB_PER_GIB,
		processes: processesOf(input, pool),
		leader: leaderOf(input, pool),
		database: first ? localDatabase(input) : null,
		watch: {
			// Prometheus asks the exporter beside it.
			exporterAddress: dashboards ? "127.0.0.1" : null,
			dashboards,
			logs: config.logs,
		},
	} as const;
	return (facts) => ({
		...told,
		...(facts.grants === true ? { grants: true } : {}),
		volume: facts.device === null ? null : { device: facts.device },
		app: { ...app, env: { ...planEnv(input), ...facts.env, ...config.app.env }, secretNames: facts.secretNames },
		proxy:
			proxy === null
				? null
				: { ...proxy, tls: facts.balanced ? "upstream" : "host", trustedRanges: facts.trustedRanges },
		backup:
			backup === null || facts.dumps === null
				? null
				: { ...backup, ...facts.dumps, ...(facts.mirror ? { mirror: facts.mirror } : {}) },
	});
}

/** What a plan says about how much the application does at once, and the variable that tells it. */
const PLAN_VARIABLES = { "web.threads": "WEB_THREADS", "pdf.concurrency": "PDF_CONCURRENCY" } as const;

/** Variables of the application that the plan itself decides; the stack file's own win. */
export function planEnv({ blueprint }: Pick<StackInput, "blueprint">): Record<string, string> {
	return Object.fromEntries(
		Object.entries(PLAN_VARIABLES).flatMap(([key, name]) => {
			const said = numberIn(blueprint.settings, key);
			return said === null ? [] : [[name, `${said}`]];
		}),
	);
}

/** The pool that dumps: the serving hosts, but numbered worker hosts where the serving ones come and go. */
export function oncePool({ blueprint }: StackInput): Pool {
	return blueprint.layout === "autoscaled" && hasWorkers(blueprint) ? "worker" : "app";
}

function hasWorkers(blueprint: Blueprint): boolean {
	return blueprint.components.some(({ role, name }) => role === "app" && name === "worker");
}

/** Members of a pool that is scaled by load elect one by a lock in the managed database; a number says it elsewhere. */
function leaderOf(input: StackInput, pool: Pool): Leader {
	if (pool !== "app" || input.blueprint.layout !== "autoscaled") return { kind: "slot" };
	const database = wantedDatabase(input);
	const engine = database === undefined ? null : oneOf(textIn(database.settings, "engine"), ENGINES);
	return engine === "postgres" || engine === "mysql" ? { kind: "lock", engine } : { kind: "slot" };
}

function composeOf(input: StackInput, mode: "containers" | "plain"): string | null {
	if (input.config.app.compose === null) return null;
	if (mode === "plain") {
		const said = `the machine of tier ${input.blueprint.tier} is too small for a container engine, which a compose file needs; name an image`;
		throw new UserError([problem(said, { key: "tierstack:app.compose" })]);
	}
	if (input.compose === undefined) throw new BugError("nobody read the compose file that the stack file names");
	const problems = checkCompose(input.compose, input.config.app.compose);
	if (problems.length > 0) throw new UserError(problems);
	return input.compose;
}

/** Without worker hosts the serving hosts run everything. */
function processesOf({ blueprint }: StackInput, pool: Pool): readonly Process[] {
	if (!hasWorkers(blueprint)) return blueprint.processes;
	return blueprint.processes.filter(({ kind }) => (kind === "web") === (pool === "app"));
}

function proxyOf({ blueprint, config }: StackInput): Omit<ProxySettings, "tls" | "trustedRanges"> {
	const setting = (key: string) => numberIn(blueprint.settings, key);
	return {
		domains: config.domains,
		email: config.alerts.email[0] ?? null,
		acmeDirectory: null,
		maxBodyMib: setting("web.bodySizeMib") ?? DEFAULTS.maxBodyMib,
		idleSeconds: setting("web.idleSeconds") ?? DEFAULTS.idleSeconds,
		ratePerSecond: setting("web.ratePerSecond"),
		burst: setting("web.burst") ?? DEFAULTS.burst,
	};
}

function wantedDatabase({ blueprint }: Pick<StackInput, "blueprint">): Component | undefined {
	return blueprint.components.find(({ role, name }) => role === "database" && name === "database");
}

/** The engine of a database on the host; null when a service runs it. */
export function localDatabase(input: StackInput): LocalDatabase | null {
	const database = wantedDatabase(input);
	if (database?.sku !== "on-host") return null;
	return {
		engine: need(oneOf(textIn(database.settings, "engine"), ENGINES), database, "engine"),
		maxConnections: numberIn(database.settings, "maxConnections"),
	};
}

function backupOf(input: StackInput, stack: string): Omit<BackupSettings, "endpoint" | "region" | "bucket"> | null {
	const plan = backupPlan(input);
	if (plan === null) return null;
	const { everyHours, keepDays, engine, engineVersion } = plan;
	return { prefix: stack, schedule: scheduleOf(everyHours), keepDays, engine, engineVersion };
}

/** How often the plan dumps what, and for how long a dump stays; null = it dumps nothing. */
export function backupPlan({ blueprint }: StackInput) {
	const backup = blueprint.components.find(({ role, name }) => role === "backup" && name === "backup");
	if (backup === undefined || numberIn(backup.settings, "dumpDays") === null) return null;
	const database = wantedDatabase({ blueprint });
	return {
		everyHours: need(numberIn(backup.settings, "everyHours"), backup, "everyHours"),
		keepDays: need(numberIn(backup.settings, "keepDays"), backup, "keepDays"),
		engine: database === undefined ? null : oneOf(textIn(database.settings, "engine"), ENGINES),
		/** Major version of a managed database; null = one on the host, of the system's own version. */
		engineVersion: database === undefined || database.sku === "on-host" ? null : textIn(database.settings, "version"),
	};
}

/** systemd calendar expression for a run every so many hours, in UTC; a daily run at a quiet hour. */
function scheduleOf(everyHours: number): string {
	return everyHours >= 24 ? "*-*-* 02:00:00" : `*-*-* 00/${Math.max(1, Math.floor(everyHours))}:00:00`;
}

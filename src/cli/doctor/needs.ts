import type { StackConfig } from "../../config/stackConfig.ts";
import type { Blueprint, Component } from "../../sizing/blueprint.ts";
import { sshFingerprint } from "../../stack/sshFingerprint.ts";
import type { Provider } from "../../words.ts";

/** What `pulumi up` of one stack really uses: derived from its blueprint, so that nothing else is asked for. */
export interface Needs {
	readonly stack: string;
	readonly provider: Provider;
	readonly region: string;
	/** Whether people other than the author depend on it. */
	readonly production: boolean;
	readonly buckets: boolean;
	readonly machines: readonly { readonly sku: string; readonly count: number }[];
	readonly databases: readonly ManagedNeed[];
	readonly domains: readonly string[];
	/** Fingerprints of the keys that may log in, as the provider names them. */
	readonly sshFingerprints: readonly string[];
	/** Who serves the domains' DNS: the provider by the stack, or somebody else. */
	readonly edge: StackConfig["edge"];
}

/** A managed database or cache: engine, version (null = the provider's default), size, nodes. */
export interface ManagedNeed {
	readonly engine: string;
	readonly version: string | null;
	readonly sku: string;
	readonly nodes: number;
}

const PRODUCTION_NAMES = /^(prod|production|live)([-.].*)?$/;

export function needsOf(config: StackConfig, blueprint: Blueprint): Needs {
	const bought = blueprint.components.filter(({ sku }) => sku !== "on-host");
	const managed = bought.filter(({ settings }) => typeof settings.engine === "string");
	const machines = bought.filter(
		(component) => component.role === "app" && component.vcpu !== null && !managed.includes(component),
	);
	return {
		stack: config.stack,
		provider: blueprint.provider,
		region: blueprint.region,
		production: PRODUCTION_NAMES.test(config.stack),
		buckets: needsBuckets(blueprint),
		machines: machines.map(({ sku, count }) => ({ sku, count: count.max })),
		databases: managed.map(managedNeed),
		domains: config.domains,
		sshFingerprints: config.access.sshKeys.map(sshFingerprint),
		edge: config.edge,
	};
}

/** DigitalOcean hosts pull their settings from a bucket at every tier; elsewhere the blueprint says. */
function needsBuckets({ provider, components }: Blueprint): boolean {
	return provider === "digitalocean" || components.some(({ role }) => role === "files");
}

function managedNeed({ sku, count, settings }: Component): ManagedNeed {
	const standby = typeof settings.standbyNodes === "number" ? settings.standbyNodes : 0;
	const version = settings.version;
	return {
		engine: String(settings.engine),
		version: typeof version === "string" || typeof version === "number" ? String(version) : null,
		sku,
		nodes: count.max + standby,
	};
}

import type { Component } from "./blueprint.ts";
import { ON_HOST } from "./part.ts";

/**
 * What was chosen for a stack once and goes with it from tier to tier: majors of engines, the Kubernetes minor, the
 * image of its hosts. Newer defaults are for new stacks and for `promote --resize`; an upgrade is nobody's by-catch.
 */
export interface Chosen {
	/** Largest root disk the stack's hosts may have been born with, in GB; 0 = none to be kept. */
	readonly rootDiskGb: number;
	/** By `role/name` of a component. */
	readonly components: Readonly<Record<string, ChosenComponent>>;
}

interface ChosenComponent {
	readonly engine: string | null;
	readonly onHost: boolean;
	readonly version: string | null;
	readonly image: string | null;
	readonly kind: string | null;
	/** What it has grown to, in GB; 0 = nothing that has to be kept. */
	readonly storageGb: number;
	/** vCPUs and GiB of each of its nodes; 0 = nothing that has to be kept. */
	readonly vcpu: number;
	readonly memoryGib: number;
}

/**
 * What a sized stack has chosen.
 *
 * @param up whether the stack moves to a larger tier: a smaller one may well have a machine with a smaller disk.
 */
export function chosenOf({ components }: HasComponents, up: boolean): Chosen {
	const app = components.find(({ role, name }) => role === "app" && name === "app");
	return {
		rootDiskGb: up ? (app?.diskGb ?? 0) : 0,
		components: Object.fromEntries(
			components.map(({ role, name, sku, vcpu, memoryGib, settings }) => [
				`${role}/${name}`,
				{
					engine: textOf(settings.engine),
					onHost: sku === ON_HOST,
					version: textOf(settings.version),
					image: textOf(settings.image),
					kind: textOf(settings.kind),
					storageGb: up && typeof settings.storageGb === "number" ? settings.storageGb : 0,
					vcpu: up ? (vcpu ?? 0) : 0,
					memoryGib: up ? (memoryGib ?? 0) : 0,
				},
			]),
		),
	};
}

interface HasComponents {
	readonly components: readonly Pick<
		Component,
		"role" | "name" | "sku" | "vcpu" | "memoryGib" | "diskGb" | "settings"
	>[];
}

function textOf(setting: Component["settings"][string] | undefined): string | null {
	return typeof setting === "string" ? setting : null;
}

/** A version to decide on. */
interface Versions {
	/** What a pin holds; it stands above all. */
	readonly pinned: string | number | null;
	/** What the plan names. */
	readonly plan: string | null;
	/** What the provider begins with. */
	readonly fallback: string;
	/** null = the component has no engine, as a cluster. */
	readonly engine: string | null;
	/** Whether it runs on the application's own machine, installed from its system's archive. */
	readonly onHost?: boolean;
}

/**
 * The version of a component: a pin's; else what was chosen once, or the plan's where that is newer (engines never go
 * back); else the plan's; else the provider's. What runs another engine, or elsewhere, is a new thing and begins anew.
 */
export function versionOf(chosen: Chosen | null | undefined, component: string, versions: Versions): string {
	const { pinned, plan, fallback, engine, onHost = false } = versions;
	if (pinned !== null) return String(pinned);
	const before = chosen?.components[component];
	const kept = before !== undefined && before.onHost === onHost && before.engine === engine ? before.version : null;
	if (kept === null) return plan ?? fallback;
	return plan !== null && isNewer(plan, kept) ? plan : kept;
}

/** Volumes and a server's storage grow only: GB that a larger tier takes over from the one below. */
export function grownGb(
	chosen: Chosen | null | undefined,
	component: "app/data" | "database/database",
	engine?: string,
) {
	const before = chosen?.components[component];
	if (before === undefined || (component === "database/database" && before.onHost)) return 0;
	// A cluster of shared storage shrinks by itself, and another engine begins anew.
	return before.kind === null && (engine === undefined || before.engine === engine) ? before.storageGb : 0;
}

/** Read replicas grow only, where a provider says so: nodes that a larger tier takes over from the one below. */
export function grownReplica(chosen: Chosen | null | undefined, engine: string): { vcpu: number; memoryGib: number } {
	const before = chosen?.components["database/replica"];
	return before?.engine === engine ? before : { vcpu: 0, memoryGib: 0 };
}

/** The image of a pool's hosts: the one chosen once, which every pool shares. */
export function imageOf(chosen: Chosen | null | undefined, fallback: string): string {
	return chosen?.components["app/app"]?.image ?? fallback;
}

function isNewer(left: string, right: string): boolean {
	const [one, other] = [left, right].map((version) => version.split(".").map(Number));
	for (let index = 0; index < Math.max(one?.length ?? 0, other?.length ?? 0); index += 1) {
		const step = (one?.[index] ?? 0) - (other?.[index] ?? 0);
		if (step !== 0) return step > 0;
	}
	return false;
}

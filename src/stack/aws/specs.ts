import type { StackConfig } from "../../config/stackConfig.ts";
import type { Pool } from "../../host/plan.ts";
import type { Component } from "../../sizing/blueprint.ts";
import { DEFAULTS } from "../hostSettings.ts";
import type { StackInput } from "../input.ts";
import { findCloudPart, findPart, flagIn, need, numberIn, type Part, textIn } from "../parts.ts";
import { OWN_CERTIFICATE, secretNamed } from "../secrets.ts";
import type { HostArgs, VolumeArgs } from "./app.ts";
import type { Tls } from "./certificate.ts";
import type { ClusterArgs } from "./cluster.ts";
import type { ElasticArgs } from "./elastic.ts";
import { ANYWHERE, ipv4Of } from "./groups.ts";
import { HOST_PORT, type LoadBalancerArgs } from "./loadBalancer.ts";
import type { MachineArgs } from "./machine.ts";
import type { NetworkArgs } from "./network.ts";
import { windowOf } from "./waf.ts";

/*
 * Blueprint -> arguments of this provider's components, for what stands between users and data: network, hosts,
 * cluster, doors. Pure reading of plain data: what each component needs, and whether the tier has it at all (null = it
 * does not).
 */

/** Port of a cluster's nodes that takes traffic. */
export const NODE_PORT = 30080;
/** Default of the provider's load balancer, in seconds. */
const IDLE_SECONDS = 60;
/** A balancer takes two zones at least (@pulumi/aws 7.48.0, lb/loadBalancer.d.ts, `subnets`). */
const BALANCER_ZONES = 2;
/** Seconds a machine takes from birth until it starts the application: packages, settings, images. An estimate. */
const BIRTH_SECONDS = 300;
/** Requests a second that one address may make where a plan has a firewall and names no rate. */
const RATE_PER_SECOND = 10;
/** Ubuntu 24.04 LTS, what every ladder asks for unless it says otherwise. */
const DEFAULT_IMAGE = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";

type Parts = readonly Part[];

export function networkSpec(
	input: StackInput,
	parts: Parts,
): Pick<NetworkArgs, "range" | "natGateways" | "flowLogs" | "reservedAddress"> {
	return {
		range: input.config.cidr,
		natGateways: gatewaysOf(parts),
		flowLogs: flagIn(input.blueprint.settings, "network.flowLogs") ?? false,
		reservedAddress:
			hostsSpec(input, parts) !== null && findCloudPart(parts, "load-balancer", "load-balancer") === null,
	};
}

/** Region in which a copy of the database stands by; null = the tier has none. */
export function secondaryRegion(parts: Parts): string | null {
	const component = findCloudPart(parts, "database", "secondary")?.component;
	return component === undefined ? null : need(textIn(component.settings, "region"), component, "region");
}

export function hostsSpec(input: StackInput, parts: Parts): HostArgs | null {
	const app = findCloudPart(parts, "app", "app")?.component;
	return app === undefined || input.blueprint.layout === "autoscaled" ? null : slotsOf(app, parts);
}

export function workerHostsSpec(parts: Parts): HostArgs | null {
	const worker = findCloudPart(parts, "app", "worker")?.component;
	return worker === undefined ? null : slotsOf(worker, parts);
}

function slotsOf(component: Component, parts: Parts): HostArgs {
	return { ...machineOf(component), count: component.count.max, direct: gatewaysOf(parts) === 0 };
}

/** Gateways the plan pays for; none = hosts are reached, and reach others, by addresses of their own. */
function gatewaysOf(parts: Parts): number {
	const component = findCloudPart(parts, "network", "network")?.component;
	return component === undefined ? 0 : (numberIn(component.settings, "natGateways") ?? 0);
}

function machineOf(component: Component): MachineArgs {
	return {
		sku: component.sku,
		rootDiskGb: need(numberIn(component.settings, "rootDiskGb"), component, "rootDiskGb"),
		zones: numberIn(component.settings, "zones") ?? 1,
	};
}

/** Place of the hosts' image; kept hosts and new ones share it. */
export function imageOf(parts: Parts): string {
	const app = findPart(parts, "app", "app")?.component;
	return (app === undefined ? null : textIn(app.settings, "image")) ?? DEFAULT_IMAGE;
}

/** Pools of hosts that want settings: a cluster has none. */
export function poolsOf({ blueprint }: StackInput): readonly Pool[] {
	const pools: readonly Pool[] = ["app", "worker"];
	return pools.filter((pool) => blueprint.components.some(({ role, name }) => role === "app" && name === pool));
}

export function elasticSpec(input: StackInput, parts: Parts): Omit<ElasticArgs, "targetGroupArn"> | null {
	const app = findCloudPart(parts, "app", "app")?.component;
	if (app === undefined || input.blueprint.layout !== "autoscaled") return null;
	return {
		...machineOf(app),
		min: app.count.min,
		max: app.count.max,
		cpuTargetPercent: need(numberIn(app.settings, "cpuTargetPercent"), app, "cpuTargetPercent"),
		cooldownMinutes: need(numberIn(app.settings, "cooldownMinutes"), app, "cooldownMinutes"),
		graceSeconds: BIRTH_SECONDS + (numberIn(input.blueprint.settings, "app.healthySeconds") ?? DEFAULTS.healthySeconds),
	};
}

export function clusterSpec(
	{ config }: StackInput,
	parts: Parts,
): Pick<ClusterArgs, "version" | "workerSku" | "workers" | "rootDiskGb" | "apiRanges"> | null {
	const cluster = findCloudPart(parts, "app", "cluster")?.component;
	const workers = findCloudPart(parts, "app", "workers")?.component;
	if (cluster === undefined || workers === undefined) return null;
	const ranges = ipv4Of(config.access.sshFrom);
	return {
		version: textIn(cluster.settings, "version"),
		workerSku: workers.sku,
		workers: workers.count,
		rootDiskGb: need(numberIn(workers.settings, "rootDiskGb"), workers, "rootDiskGb"),
		apiRanges: ranges.length === 0 ? [ANYWHERE] : ranges,
	};
}

export function dataSpec(parts: Parts): VolumeArgs | null {
	const data = findCloudPart(parts, "app", "data");
	if (data === null) return null;
	const storageGb = need(numberIn(data.component.settings, "storageGb"), data.component, "storageGb");
	return { storageGb, guarded: data.guarded };
}

/** What the load balancer is like; how many zones it stands in follows from what is behind it. */
export interface BalancerSpec
	extends Pick<
		LoadBalancerArgs,
		"tls" | "targets" | "targetPort" | "healthPath" | "sticky" | "idleSeconds" | "requestsPerWindow" | "fixedAddresses"
	> {
	readonly zones: number;
}

export function balancerSpec(input: StackInput, parts: Parts): BalancerSpec | null {
	const component = findCloudPart(parts, "load-balancer", "load-balancer")?.component;
	if (component === undefined) return null;
	const { blueprint, config } = input;
	const nodes = blueprint.layout === "kubernetes";
	const behind = blueprint.components.filter(({ role }) => role === "app");
	const zones = Math.max(BALANCER_ZONES, ...behind.map(({ settings }) => numberIn(settings, "zones") ?? 1));
	const rate = numberIn(blueprint.settings, "web.ratePerSecond") ?? RATE_PER_SECOND;
	return {
		zones,
		tls: tlsOf(config),
		targets: nodes ? "nodes" : "hosts",
		targetPort: nodes ? NODE_PORT : HOST_PORT,
		healthPath: config.app.healthPath,
		sticky: input.config.app.sticky,
		idleSeconds: numberIn(blueprint.settings, "web.idleSeconds") ?? IDLE_SECONDS,
		requestsPerWindow: flagIn(component.settings, "waf") === true ? windowOf(rate) : null,
		fixedAddresses: kindsOf(component).includes("tcp"),
	};
}

function kindsOf({ settings }: Component): readonly unknown[] {
	return Array.isArray(settings.kinds) ? settings.kinds : [];
}

function tlsOf(config: StackConfig): Tls {
	const has = (name: string) => config.secretNames.includes(name);
	if (has(OWN_CERTIFICATE.certificate) && has(OWN_CERTIFICATE.privateKey)) {
		return {
			kind: "own",
			certificate: secretNamed(OWN_CERTIFICATE.certificate),
			privateKey: secretNamed(OWN_CERTIFICATE.privateKey),
			chain: has(OWN_CERTIFICATE.chain) ? secretNamed(OWN_CERTIFICATE.chain) : null,
		};
	}
	// The provider proves a domain by its own DNS, so it can make certificates only for what it serves.
	const managed = config.domains.length > 0 && config.edge === "provider";
	return managed ? { kind: "managed", domains: config.domains } : { kind: "none" };
}

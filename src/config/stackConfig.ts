import type { Plain, Provider, Risk } from "../words.ts";

/** A dated, narrow exception: all of risk, resource, from and to must match. */
export interface Acceptance {
	readonly risk: Risk;
	/** Logical name of the resource. */
	readonly resource: string;
	/** Tier left and tier entered. */
	readonly from: string;
	readonly to: string;
	readonly by: string;
	readonly reason: string;
	/** ISO date, inclusive, UTC. */
	readonly until: string;
	/** Id of the backup that a `data-loss` acceptance rests on. */
	readonly backup: string | null;
}

/** What `accept` and `retire` name the whole stack by. */
export const WHOLE_STACK = "stack";

/** Whether the stack file says that the whole stack is to end: nothing is protected, and `pulumi destroy` goes through. */
export function endsStack(retire: readonly Retirement[]): boolean {
	return retire.some(({ resource }) => resource === WHOLE_STACK);
}

/** Ends something kept: without `backup` protection is lifted and a snapshot declared, with it the resource goes. */
export interface Retirement {
	readonly resource: string;
	readonly backup: string | null;
}

/** A SKU, count or version held by hand: `database.sku`. */
export interface Pin {
	readonly path: string;
	readonly value: string | number;
	/** ISO date; a lapsed pin holds on and is reported. */
	readonly until: string | null;
}

export interface AppConfig {
	/** Container image with tag or digest; null = the built-in responder. */
	readonly image: string | null;
	/** Path of a compose file taken as it is; its service `web` serves traffic. */
	readonly compose: string | null;
	/** Login of the registry a private image comes from; null = nobody asks. */
	readonly registry: { readonly server: string; readonly user: string; readonly passwordSecret: string } | null;
	readonly port: number;
	readonly healthPath: string;
	/** Whether the load balancer keeps a visitor on one host. Default false. In place. */
	readonly sticky: boolean;
	readonly env: Readonly<Record<string, string>>;
	/** Overrides of the ladder's processes, by process name; checked by sizing. */
	readonly processes: Readonly<Record<string, Plain>>;
}

/** A stack file after checking: every default filled, nothing optional. */
export interface StackConfig {
	readonly stack: string;
	readonly ladder: string;
	readonly tier: string;
	readonly provider: Provider;
	readonly region: string;
	/** Measured figures by metric; null = size for the top of the tier's range. */
	readonly workload: Readonly<Record<string, number>> | null;
	readonly floors: "tier" | "ignore";
	/** Months of growth to size for; null = the ladder's own horizon. */
	readonly months: number | null;
	readonly domains: readonly string[];
	readonly edge: "provider" | "cloudflare" | "none";
	readonly app: AppConfig;
	readonly access: { readonly sshKeys: readonly string[]; readonly sshFrom: readonly string[] };
	readonly alerts: {
		readonly email: readonly string[];
		readonly slack: { readonly channel: string; readonly urlSecret: string } | null;
		/** Address that what fails on a host is posted to as JSON; null = none. */
		readonly webhook: { readonly urlSecret: string } | null;
	};
	/** Collector of logs that speaks syslog over TLS; null = logs stay on the hosts. */
	readonly logs: { readonly host: string; readonly port: number } | null;
	/** Address called after each good dump: written openly, or the name of the secret that holds it; null = none. */
	readonly backup: { readonly heartbeatUrl: string | null; readonly heartbeatSecret: string | null };
	readonly apply: "now" | "window";
	readonly protect: "data" | "all";
	/** AWS network range. */
	readonly cidr: string;
	readonly pins: readonly Pin[];
	readonly tolerate: { readonly downtimeMinutes: number; readonly monthlyUsd: number };
	readonly accept: readonly Acceptance[];
	readonly retire: readonly Retirement[];
	/** Names of the secrets under `tierstack:secrets`; values never leave the engine. */
	readonly secretNames: readonly string[];
}

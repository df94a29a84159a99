import type { Process } from "../sizing/blueprint.ts";
import type { Engine, Provider } from "../words.ts";
import type { DatabaseAdmin } from "./files/databaseGrants.ts";
import { groupsOf } from "./groups/groups.ts";
import { renderManifest } from "./manifest.ts";
import type { Pool } from "./plan.ts";
import type { RegistryLogin } from "./registry.ts";
import { secretFiles } from "./secretFiles.ts";

/** How requests reach the application, and what they may cost. */
export interface ProxySettings {
	/** Names served, in order; the first names the certificate. Empty = plain HTTP by address. */
	readonly domains: readonly string[];
	/** `host`: this machine gets certificates by itself. `upstream`: a load balancer speaks TLS and this one HTTP. */
	readonly tls: "host" | "upstream";
	/** Address for notices about certificates; null = none. */
	readonly email: string | null;
	/** Directory of another certificate authority, such as a staging one; null = Let's Encrypt. */
	readonly acmeDirectory: string | null;
	/** Largest request body in MiB. Default 100. */
	readonly maxBodyMib: number;
	/** Seconds a quiet answer or an idle connection may take. Default 120. */
	readonly idleSeconds: number;
	/** Requests a second from one address; null = no limit. */
	readonly ratePerSecond: number | null;
	/** Requests above the rate that are let through at once. */
	readonly burst: number;
	/** Ranges of load balancers or of an edge whose word about the caller's address is taken. */
	readonly trustedRanges: readonly string[];
}

/** A database on this machine's data volume. Managed databases reach the host as environment only. */
export interface LocalDatabase {
	readonly engine: Engine;
	/** Largest number of connections; the engine's own default when null. */
	readonly maxConnections: number | null;
}

/** Where dumps go, encrypted, and how long they stay. */
export interface BackupSettings {
	/** Address of the bucket service, without the bucket's name. */
	readonly endpoint: string;
	readonly region: string;
	readonly bucket: string;
	/** Folder inside the bucket: the stack's name. */
	readonly prefix: string;
	/** systemd calendar expression in UTC: `*-*-* 02:00:00`. */
	readonly schedule: string;
	/** Days a dump is kept. */
	readonly keepDays: number;
	/** What is dumped: a database here or a managed one, by the URL in the secrets. null = only uploads. */
	readonly engine: Engine | null;
	/** Major version of a managed database, so that the dump program is not older: `17`. null = the system's own. */
	readonly engineVersion: string | null;
	/**
	 * Bucket of uploads that is mirrored beside the dumps, into the folder `<prefix>-files`. Absent = nothing is: uploads
	 * lie on the volume, or the tier promises no copy of them.
	 */
	readonly mirror?: { readonly endpoint: string; readonly region: string; readonly bucket: string };
}

/** Figures and logs that leave the machine or wait on it. */
interface WatchSettings {
	/** Figures of the machine for a collector, on this address only (`127.0.0.1`, or the private one). null = off. */
	readonly exporterAddress: string | null;
	/** Prometheus and Grafana on this machine, on the loopback address only. */
	readonly dashboards: boolean;
	/** Collector of logs that speaks syslog over TLS; null = logs stay on the machine. */
	readonly logs: { readonly host: string; readonly port: number } | null;
}

/** The application: image or compose file, and what it is told. */
export interface AppSettings {
	/** Container image with tag or digest; null = commands on the machine itself, or the built-in responder. */
	readonly image: string | null;
	/** Text of a compose file taken as it is; its service `web` serves traffic. */
	readonly compose: string | null;
	/** Port the web process listens on. */
	readonly port: number;
	/** Path that answers 200 when the application is well. */
	readonly healthPath: string;
	/** `containers` needs a container engine; `plain` unpacks the image and runs it under systemd: for 512 MB. */
	readonly mode: "containers" | "plain";
	/** Seconds after a start within which the health path has to answer; else the old state is put back. Default 90. */
	readonly healthySeconds: number;
	/** Seconds a process may take to finish its work when it is stopped. */
	readonly stopSeconds: number;
	readonly env: Readonly<Record<string, string>>;
	/** Names of the variables whose values are in the secrets. */
	readonly secretNames: readonly string[];
}

/**
 * Which machine runs what may run once: the scheduler, timers, dumps. `slot` = slot 1. `lock` = for members that come
 * and go: the one that holds a lock in the managed database of DATABASE_URL.
 */
export type Leader = { readonly kind: "slot" } | { readonly kind: "lock"; readonly engine: "postgres" | "mysql" };

/** Everything a pool of hosts is told after birth, but for the secrets. The same for each member. */
export interface HostSettings {
	readonly schema: "tierstack.settings/1";
	readonly stack: string;
	readonly provider: Provider;
	readonly pool: Pool;
	readonly access: {
		/** Lines for `authorized_keys`; a key that leaves this list is refused from then on. */
		readonly sshKeys: readonly string[];
		/** Ranges that may reach port 22, as in the cloud's own firewall. Empty = nobody. */
		readonly sshFrom: readonly string[];
	};
	/** Swap in MiB; null = by the machine's memory. */
	readonly swapMib: number | null;
	/** Device of the data volume by its stable name; null = no volume. Only slot 1 has it. */
	readonly volume: { readonly device: string } | null;
	readonly app: AppSettings;
	readonly processes: readonly Process[];
	/** null for a pool that serves no requests. */
	readonly proxy: ProxySettings | null;
	readonly database: LocalDatabase | null;
	/**
	 * Whether the administrator of a managed PostgreSQL (`databaseAdmin` of the secrets) has to let the application's user
	 * make tables, before the application starts. Absent = it may by birth.
	 */
	readonly grants?: boolean;
	readonly backup: BackupSettings | null;
	readonly leader: Leader;
	readonly watch: WatchSettings;
}

/** What must not be read by anyone but the host. */
export interface HostSecrets {
	/** Values of the variables named in `app.secretNames`, such as DATABASE_URL. */
	readonly env: Readonly<Record<string, string>>;
	/** Password of the application's user of a database on the host; null = none there. */
	readonly databasePassword: string | null;
	/** Administrator of the managed PostgreSQL, where settings say `grants`. */
	readonly databaseAdmin?: DatabaseAdmin;
	/** Key that writes the bucket of dumps (null = the machine's role may), and the password dumps are encrypted with. */
	readonly backup: {
		readonly key: KeyPair | null;
		readonly password: string;
		readonly heartbeatUrl: string | null;
		/** Key that reads the bucket that is mirrored. Absent = none is. */
		readonly mirrorKey?: KeyPair;
	} | null;
	/** Registry that the image is pulled from, when it is private. */
	readonly registry: RegistryLogin | null;
	/** Web hook of a chat channel for alerts; null = the journal only. */
	readonly alertUrl: string | null;
	/** A key that takes the place of the one from birth; null = that one holds. */
	readonly source: KeyPair | null;
}

/** Key of a bucket service. */
export interface KeyPair {
	readonly accessKey: string;
	readonly secretKey: string;
}

/** The two documents without secrets: what holds, for people, and what follows, for the machine. */
interface SettingsDocuments {
	readonly "settings.json": string;
	readonly "host.json": string;
}

/**
 * The documents a pool of hosts reads: `settings.json` says what holds, `host.json` which files, packages and units
 * follow from it. The same settings give the same bytes.
 */
export function renderSettings(settings: HostSettings): SettingsDocuments {
	return {
		"settings.json": `${JSON.stringify(settings, null, "\t")}\n`,
		"host.json": renderManifest(groupsOf(settings)),
	};
}

/** The document with the secrets: files that only root and the processes read. It changes only when a secret does. */
export function renderSecrets(secrets: HostSecrets): string {
	return `${JSON.stringify({ schema: "tierstack.secrets/1", files: secretFiles(secrets) })}\n`;
}

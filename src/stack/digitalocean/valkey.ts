import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall.js";
import { DatabaseValkeyConfig } from "@pulumi/digitalocean/databaseValkeyConfig.js";
import type { Input, Output } from "@pulumi/pulumi";
import { isProtected } from "../protection.ts";
import { DigitalOceanComponent } from "./child.ts";
import { type TrustedSources, trustedRules } from "./database.ts";
import type { Site } from "./site.ts";

/** What happens when memory is full: a cache drops what is used least, sessions and queues must never be dropped. */
export type Eviction =
	| "noeviction"
	| "allkeys_lru"
	| "allkeys_random"
	| "volatile_lru"
	| "volatile_random"
	| "volatile_ttl";

/** A managed Valkey, as a cache or as a queue. */
export interface ValkeyArgs {
	readonly site: Site;
	readonly networkId: Input<string>;
	readonly trusted: TrustedSources;
	/** Plan, such as `db-s-1vcpu-1gb`. In place, connections drop for a moment. */
	readonly sku: string;
	/** 0 or 1; not on the 1 GB plan. In place. */
	readonly standbyNodes: number;
	/** In place. */
	readonly eviction: Eviction;
	/** `rdb` writes a snapshot every ten minutes, so at most ten minutes are lost; `off` loses all on a failure. */
	readonly persistence: "rdb" | "off";
	/** Whether deleting it loses something that counts. */
	readonly stateful: boolean;
	/** False while it is being retired. */
	readonly guarded: boolean;
}

/** Major version; managed Redis is no longer created here, and Valkey speaks its protocol. */
const VERSION = "8";

/**
 * Managed Valkey, the base of cache and queue. It has no backups on this provider, so what may not be lost does not
 * belong here.
 */
export abstract class Valkey extends DigitalOceanComponent {
	readonly cluster: DatabaseCluster;
	/** Connection string inside the network, TLS; secret. */
	readonly url: Output<string>;

	protected constructor(role: "cache" | "queue", args: ValkeyArgs) {
		super(role, role);
		const { site } = args;
		this.cluster = this.declare(
			"databaseCluster",
			DatabaseCluster,
			role,
			{
				engine: "valkey",
				version: VERSION,
				size: args.sku,
				nodeCount: 1 + args.standbyNodes,
				region: site.region,
				privateNetworkUuid: args.networkId,
				evictionPolicy: args.eviction,
				tags: [...site.tags],
			},
			{ protect: args.stateful && args.guarded && isProtected("data", site.protect) },
		);
		this.declare("databaseFirewall", DatabaseFirewall, `${role}-firewall`, {
			clusterId: this.cluster.id,
			rules: trustedRules(args.trusted),
		});
		this.declare("databaseValkeyConfig", DatabaseValkeyConfig, `${role}-config`, {
			clusterId: this.cluster.id,
			persistence: args.persistence,
			ssl: true,
		});
		this.url = this.cluster.privateUri;
		this.registerOutputs({ host: this.cluster.privateHost, port: this.cluster.port });
	}
}

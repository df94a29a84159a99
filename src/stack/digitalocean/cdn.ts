import { Cdn as Endpoint } from "@pulumi/digitalocean/cdn.js";
import type { Input, Output } from "@pulumi/pulumi";
import { DigitalOceanComponent } from "./child.ts";

/** What the edge serves, and for how long. */
export interface CdnArgs {
	/** Bucket whose objects are served. A change replaces the endpoint and its host name. */
	readonly origin: Input<string>;
	/** Seconds an object stays at the edge without being asked for again. In place. */
	readonly ttlSeconds: number;
}

/** Copies of the bucket near the users, over HTTPS, under a host name of the provider. */
export class Cdn extends DigitalOceanComponent {
	readonly host: Output<string>;

	constructor(args: CdnArgs) {
		super("cdn", "cdn");
		const endpoint = this.declare("cdn", Endpoint, "cdn", { origin: args.origin, ttl: args.ttlSeconds });
		this.host = endpoint.endpoint;
		this.registerOutputs({ host: this.host });
	}
}

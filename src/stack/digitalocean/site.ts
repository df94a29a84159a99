import { type NameRule, physicalName } from "../names.ts";
import type { Protection } from "../protection.ts";

/** Names DigitalOcean takes, by kind of thing. */
export const NAME_RULES = {
	/** A droplet's name is its host name: one DNS label. */
	droplet: {
		max: 63,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		source: "RFC 1123 host label; digitalocean/openapi 7c1300c4, droplets, read 2026-11-21",
	},
	project: {
		max: 175,
		illegal: /[^a-zA-Z0-9 _.-]/g,
		lowerCase: false,
		separator: "-",
		source: "terraform-provider-digitalocean 401992a1, project/resource_project.go (at most 175 characters)",
	},
	tag: {
		max: 255,
		illegal: /[^a-zA-Z0-9_:-]/g,
		lowerCase: false,
		separator: ":",
		source: "digitalocean/openapi e8a8b1b8, tags.yml, read 2026-11-21",
	},
	volume: {
		max: 64,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		source: "DigitalOcean API reference, block storage, read 2026-11-21",
	},
	bucket: {
		max: 63,
		illegal: /[^a-z0-9-]/g,
		lowerCase: true,
		separator: "-",
		source: "DigitalOcean Spaces limits, read 2026-11-21",
	},
} as const satisfies Record<string, NameRule>;

/** What every component of a stack shares. None of it differs between tiers. */
export interface Site {
	/** Region slug, such as `fra1`. Fixed once deployed: the network is regional and a change replaces it. */
	readonly region: string;
	/** Ladder and stack: first parts of every name users see. */
	readonly owner: readonly [ladder: string, stack: string];
	/** Tags of everything that takes tags: managed-by, and the stack. */
	readonly tags: readonly string[];
	/** Tag of every host; the firewall and the databases' trusted sources go by it, so that they outlive hosts. */
	readonly hostTag: string;
	/** Tag of the hosts that serve traffic; the load balancer goes by it. */
	readonly webTag: string;
	/** What the engine refuses to delete: what holds data, or also what users reach. */
	readonly protect: Protection;
}

/** Works out names and tags once, from plain data. */
export function siteOf(ladder: string, stack: string, region: string, protect: Protection): Site {
	const tag = (...parts: string[]) => physicalName(NAME_RULES.tag, ["tierstack", ladder, stack, ...parts]);
	return {
		region,
		owner: [ladder, stack],
		tags: ["tierstack", tag()],
		hostTag: tag("host"),
		webTag: tag("web"),
		protect,
	};
}

import { CloudLab } from "../cloud/lab.ts";
import type { Properties } from "../cloud/values.ts";
import { DIGITALOCEAN } from "./facts.ts";
import { token } from "./schema.ts";

/** The emulated DigitalOcean without an engine before it. */
export class Lab extends CloudLab {
	constructor(credentials = { token: true, spaces: true }) {
		super(DIGITALOCEAN, token, credentials);
	}
}

/** Smallest inputs of the types that tests need again and again. */
export const SAMPLES = {
	droplet: { image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb", region: "fra1" },
	volume: { name: "data", region: "fra1", size: 20 },
	database: { name: "db", engine: "pg", version: "17", size: "db-s-1vcpu-1gb", region: "fra1", nodeCount: 1 },
	bucket: { name: "shop-files", region: "fra1" },
	vpc: { name: "net", region: "fra1" },
	loadBalancer: {
		name: "web",
		region: "fra1",
		sizeUnit: 1,
		forwardingRules: [{ entryProtocol: "http", entryPort: 80, targetProtocol: "http", targetPort: 8080 }],
	},
	cluster: {
		name: "k8s",
		region: "fra1",
		version: "1.33.1-do.0",
		ha: false,
		nodePool: { name: "fixed", size: "s-1vcpu-2gb", nodeCount: 1 },
	},
} satisfies Record<string, Properties>;

import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { Droplet } from "@pulumi/digitalocean/droplet.js";
import { SpacesKey } from "@pulumi/digitalocean/spacesKey.js";
import { Config, getOrganization, getProject, getStack, secret } from "@pulumi/pulumi";
import { readDeployed } from "../../src/engine/readDeployed.ts";

/** Secrets of every kind beside capacity, and what `readDeployed` tells of them as a stack output in plain text. */
async function main() {
	const deployed = await readDeployed(`${getOrganization()}/${getProject()}/${getStack()}`);
	const size = new Config("trial").get("size") ?? "s-1vcpu-1gb";
	new Droplet("app", { image: "ubuntu-24-04-x64", region: "fra1", size, userData: secret("sentinel-user-data") });
	new DatabaseCluster("database", {
		engine: "pg",
		version: "17",
		region: "fra1",
		nodeCount: 1,
		size: "db-s-1vcpu-1gb",
	});
	new SpacesKey("key", { grants: [{ bucket: "", permission: "fullaccess" }] });
	return { deployed: JSON.stringify(deployed), password: secret("sentinel-output") };
}

module.exports = main;

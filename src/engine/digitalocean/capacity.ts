/**
 * Outputs that say how large, how many and where: what the guard compares, and nothing else. Every name here is public
 * by nature; a secret output must never be listed.
 */
export const DIGITALOCEAN_CAPACITY: Readonly<Record<string, readonly string[]>> = {
	"digitalocean:index/databaseCluster:DatabaseCluster": [
		"engine",
		"version",
		"size",
		"nodeCount",
		"storageSizeMib",
		"region",
	],
	"digitalocean:index/databaseConnectionPool:DatabaseConnectionPool": ["mode", "size"],
	"digitalocean:index/databaseReplica:DatabaseReplica": ["size", "storageSizeMib", "region"],
	"digitalocean:index/droplet:Droplet": ["size", "disk", "image", "region", "ipv6", "monitoring", "backups"],
	"digitalocean:index/dropletAutoscale:DropletAutoscale": ["config"],
	"digitalocean:index/kubernetesCluster:KubernetesCluster": ["version", "ha", "region"],
	"digitalocean:index/kubernetesNodePool:KubernetesNodePool": [
		"size",
		"nodeCount",
		"autoScale",
		"minNodes",
		"maxNodes",
	],
	"digitalocean:index/loadBalancer:LoadBalancer": ["sizeUnit", "size", "type", "region"],
	"digitalocean:index/spacesBucket:SpacesBucket": ["region", "acl", "versioning", "forceDestroy"],
	"digitalocean:index/volume:Volume": ["size", "region", "initialFilesystemType"],
	"digitalocean:index/vpc:Vpc": ["ipRange", "region"],
};

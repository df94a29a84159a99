/**
 * Outputs that say how large, how many and where: what the guard compares, and nothing else. Every name here is public
 * by nature; a secret output must never be listed.
 *
 * Left out is what the cloud changes by itself and the provider forgives (a database's disk that grew, a group's
 * present number of members, versions that the service fills in), and what only an account knows (zones, images): the
 * model, which the comparison is with, has stand-ins for those.
 */
export const AWS_CAPACITY: Readonly<Record<string, readonly string[]>> = {
	"aws:autoscaling/group:Group": ["minSize", "maxSize"],
	"aws:ebs/volume:Volume": ["size", "type", "encrypted"],
	"aws:ec2/instance:Instance": ["instanceType"],
	"aws:ec2/launchTemplate:LaunchTemplate": ["instanceType"],
	"aws:ec2/vpc:Vpc": ["cidrBlock"],
	"aws:elasticache/replicationGroup:ReplicationGroup": [
		"engine",
		"nodeType",
		"numCacheClusters",
		"automaticFailoverEnabled",
		"multiAzEnabled",
	],
	"aws:lb/loadBalancer:LoadBalancer": ["internal", "loadBalancerType"],
	"aws:rds/cluster:Cluster": ["engine", "storageEncrypted", "deletionProtection"],
	"aws:rds/clusterInstance:ClusterInstance": ["instanceClass"],
	"aws:rds/instance:Instance": [
		"engine",
		"engineVersion",
		"instanceClass",
		"multiAz",
		"storageType",
		"storageEncrypted",
		"deletionProtection",
	],
	"aws:s3/bucket:Bucket": ["forceDestroy"],
};

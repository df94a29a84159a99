import type { StackInput } from "../input.ts";
import { findCloudPart, numberIn, type Part } from "../parts.ts";
import { ENGINE } from "./databaseEngine.ts";
import { backupSpec, cacheSpecs, cdnSpec, databaseSpec } from "./dataSpecs.ts";

/** What is not to be seen of databases, copies, the edge and the bill until it is needed, in one sentence each. */
export function dataNotes(input: StackInput, parts: readonly Part[]): string[] {
	const { config, blueprint } = input;
	const database = databaseSpec(input, parts);
	const { copies } = backupSpec(parts);
	const cdn = cdnSpec(input, parts);
	const both = database !== null && database.server !== null && database.cluster !== null;
	const caches = cacheSpecs(input, parts);
	const { email, slack, webhook } = config.alerts;
	const heard = email.length > 0 || slack !== null || webhook !== null;
	const budget = heard ? numberIn(blueprint.settings, "monitoring.budgetDollars") : null;
	const unpriced = blueprint.cost.coverage.unpriced;
	const shared = database?.used === "cluster";
	const sku = (shared ? database?.cluster : database?.server)?.sku;
	const engine = database === null ? "" : shared ? ENGINE[database.engine].clusterEngine : database.engine;
	return [
		...(both
			? [
					`database: the application is told of the ${database.used} only; the other kind is kept until its data was brought over and it is retired`,
				]
			: []),
		...(caches.used?.clusterMode === true
			? [
					"cache: it is in cluster mode (CACHE_CLUSTER is true): clients speak the cluster protocol, use database 0 alone, and name several keys in one command only where all have the same hash tag",
				]
			: []),
		...(caches.former === null
			? []
			: [
					"cache: the application is told of one only; the other kind holds what it held at the move, and is kept until it is retired",
				]),
		...(sku === undefined
			? []
			: [
					`database: AWS offers a class by engine, version and zone, and takes old ones back; what is on offer today says \`aws rds describe-orderable-db-instance-options --region ${blueprint.region} --db-instance-class ${sku} --engine ${engine}\``,
				]),
		...(findCloudPart(parts, "cache", "cache")?.component.settings.persistence === "rdb"
			? ["cache: a snapshot is taken once a day; what came after the last one is lost when all nodes are"]
			: []),
		...(copies === null
			? []
			: [
					"backups: copies in the vault are billed by the GB at a price this program does not know; they are not in the estimate",
				]),
		...(cdn !== null && cdn.alias === null
			? [
					"cdn: it has a name of the provider's, under which TLS 1.0 is spoken too; a domain that Route 53 serves raises it to 1.2",
				]
			: []),
		...(budget === null
			? []
			: [
					`budget: it counts what carries the tag "tierstack", once the account's owner has activated it as a cost allocation tag${unpriced > 0 ? `; ${unpriced} things without a known price are not in its ${budget} USD` : ""}`,
				]),
		...(email.length > 0 ? ["alarms: each address gets one mail to confirm, and hears nothing until it has"] : []),
	];
}

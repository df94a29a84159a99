import type { StackInput } from "../input.ts";
import { findCloudPart, flagIn, numberIn, type Part, textIn } from "../parts.ts";
import { responderNote } from "../served.ts";
import { tlsOf } from "./specs.ts";

/**
 * What a plan of this kind may be expected to have and this stack has not, in one sentence each. Nothing here can be
 * seen from the outside before it is needed, so it is said after every `up`.
 */
export function notesOf(input: StackInput, parts: readonly Part[]): string[] {
	const { blueprint } = input;
	const backup = findCloudPart(parts, "backup", "backup")?.component;
	const copied = backup !== undefined && (flagIn(backup.settings, "copiesFiles") ?? false);
	const database = findCloudPart(parts, "database", "database")?.component;
	const tenants = blueprint.demand.databases ?? blueprint.workload.databases ?? null;
	return [
		...responderNote(input),
		...entryNotes(input, parts),
		...(blueprint.layout === "kubernetes" ? clusterNotes(input) : []),
		...(findCloudPart(parts, "cdn", "cdn") === null || input.config.domains.length === 0
			? []
			: ["cdn: files come under the provider's own name and certificate (output cdn), not under a name of yours"]),
		...(findCloudPart(parts, "files", "files") === null || copied
			? []
			: [
					"files: no copy of the bucket lies in another region, as the tier asks for none; a lost region takes it along",
				]),
		// @pulumi/digitalocean 4.80.1, databaseMysqlConfig.d.ts: neither is among the settings.
		...(database !== undefined && textIn(database.settings, "engine") === "mysql"
			? [
					`database: open files and table cache of a managed MySQL are the provider's to set${tenants === null ? "" : `, also for ${tenants} databases`}; the application's user may create and drop databases, and the stack owns none but "app"`,
				]
			: []),
	];
}

/** A name without a certificate is served in the clear, which nobody sees who only looks whether it answers. */
function entryNotes({ config }: StackInput, parts: readonly Part[]): string[] {
	const balanced = findCloudPart(parts, "load-balancer", "load-balancer") !== null;
	if (!balanced || config.domains.length === 0 || tlsOf(config).kind !== "none") return [];
	const why =
		config.edge === "cloudflare"
			? "Cloudflare speaks TLS with the users, and plain HTTP goes on from there"
			: "DigitalOcean makes certificates only for names whose DNS it serves, so users get plain HTTP";
	return [`load-balancer: ${why}; a certificate of your own (secrets tlsCertificate, tlsPrivateKey) closes that`];
}

/** What hosts do by a proxy and a syslog daemon of their own, and pods have nobody for. */
function clusterNotes({ blueprint, config }: StackInput): string[] {
	const limits = ["web.bodySizeMib", "web.ratePerSecond"].filter((key) => numberIn(blueprint.settings, key) !== null);
	return [
		...(config.logs === null
			? []
			: [`logs: pods send none to ${config.logs.host}; a collector of its own runs in the cluster, or "kubectl logs"`]),
		...(limits.length === 0
			? []
			: [
					`cluster: no proxy stands before the pods, so ${limits.join(" and ")} of the plan are the application's to keep`,
				]),
	];
}

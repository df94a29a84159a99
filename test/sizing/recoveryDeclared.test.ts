import { beforeAll, describe, expect, it } from "vitest";
import type { DesiredResource, DesiredState } from "../../src/changes/desired.ts";
import type { Blueprint } from "../../src/sizing/blueprint.ts";
import { PROVIDERS } from "../../src/words.ts";
import { LADDERS, realTiers } from "../changes/models.ts";

/*
 * A way back is told only where the stack declares what it goes by. The table names what each mechanism needs; a
 * mechanism that is not in it fails, so that none is told without having been thought through.
 */

interface Declared {
	readonly blueprint: Blueprint;
	readonly state: DesiredState;
}

const own = ({ state }: Declared, type: RegExp): readonly DesiredResource[] =>
	state.resources.filter((resource) => resource.custom && type.test(resource.type));
const some = (declared: Declared, type: RegExp, wanted: (inputs: DesiredResource["inputs"]) => boolean = () => true) =>
	own(declared, type).some(({ inputs }) => wanted(inputs));

const BALANCER = /:(LoadBalancer|Service)$/;
const HOST = /:(Droplet|DropletAutoscale|Instance|LaunchTemplate|KubernetesNodePool|NodeGroup)$/;
const isDatabase = ({ type }: DesiredResource) => /DatabaseCluster$|aws:rds\/(instance|cluster):/.test(type);
const database = ({ state }: Declared) => state.resources.filter(isDatabase);
const several = ({ blueprint }: Declared) =>
	blueprint.components.some(({ role, name, count }) => role === "app" && name !== "worker" && count.min > 1);
const region = ({ blueprint }: Declared) => blueprint.region;
/** Whether something is declared in another region than the stack's. */
const abroad = (declared: Declared, type: RegExp) =>
	some(declared, type, (inputs) => typeof inputs.region === "string" && inputs.region !== region(declared));
const managed = (declared: Declared) => database(declared).length > 0;
/** Dumps run on hosts, by their settings, or as a job of the cluster; in each case they need a bucket. */
const dumps = (declared: Declared) =>
	some(declared, /:(SpacesBucket|Bucket)$/) && declared.state.resources.some(({ role }) => role === "backup");

const NEEDS: readonly (readonly [RegExp, (declared: Declared) => boolean])[] = [
	[/^the load balancer leaves the failed host out$/, (each) => several(each) && some(each, BALANCER)],
	[/^a new host is made and takes over the data volume$/, (each) => some(each, HOST) && some(each, /:Volume$/)],
	[/^a new host is made; nothing it needs lies on the old one$/, (each) => some(each, HOST)],
	[/^hosts in the other zones carry on$/, (each) => several(each) && own(each, /ec2\/subnet:Subnet$/).length > 1],
	[/^a new host is made in another zone$/, (each) => managed(each) && own(each, /ec2\/subnet:Subnet$/).length > 1],
	[
		/^a new host in another zone takes the last copy/,
		(each) => dumps(each) && own(each, /ec2\/subnet:Subnet$/).length > 1,
	],
	[
		/^hosts are started by hand in the second region/,
		(each) =>
			managed(each) && abroad(each, /ec2\/vpc:Vpc$/) && abroad(each, /rds\/(instance:Instance|cluster:Cluster)$/),
	],
	[/^the stack is made again in another region by hand$/, (each) => abroad(each, /:(SpacesBucket|Bucket)$/)],
	[
		/^the database's standby/,
		(each) =>
			database(each).some(({ inputs }) => inputs.multiAz === true || Number(inputs.nodeCount) > 1) ||
			own(each, /rds\/clusterInstance:/).length > 1,
	],
	[/^the provider (builds a new database node|starts the database on another machine)/, managed],
	[
		/^point-in-time recovery/,
		(each) =>
			database(each).some(
				({ type, inputs }) => /DatabaseCluster$/.test(type) || Number(inputs.backupRetentionPeriod) > 0,
			),
	],
	[
		/^the second region's database is promoted by hand/,
		(each) => some(each, /rds\/globalCluster:/) && abroad(each, /rds\/cluster:Cluster$/),
	],
	[
		/^the read replica in the second region is promoted by hand$/,
		(each) => abroad(each, /:(DatabaseReplica|Instance)$/),
	],
	[
		/^the last dump in the second region is restored$/,
		(each) => dumps(each) && abroad(each, /:(SpacesBucket|Bucket)$/),
	],
	[/^the last dump is restored$/, dumps],
	[/^files come from their copy in the second region$/, (each) => abroad(each, /:(SpacesBucket|Bucket)$/)],
	[/^files come from (the|their) last copy/, dumps],
	[
		/^the bucket keeps old versions$/,
		(each) =>
			some(each, /:SpacesBucket$/, ({ versioning }) => JSON.stringify(versioning ?? null).includes("true")) ||
			some(each, /bucketVersioning:/, (inputs) => JSON.stringify(inputs).includes("Enabled")),
	],
	[/^none: /, () => true],
];

const stacks: { readonly what: string; readonly declared: Declared }[] = [];

beforeAll(async () => {
	for (const name of LADDERS) {
		for (const provider of PROVIDERS) {
			for (const { tier, blueprint, side } of (await realTiers(name, provider)).tiers) {
				stacks.push({ what: `${name} ${tier} ${provider}`, declared: { blueprint, state: side.state } });
			}
		}
	}
}, 120_000);

describe("a way back", () => {
	it("is told only where every tier's stack declares what it goes by", () => {
		const missing: string[] = [];
		const used = new Set<RegExp>();
		for (const { what, declared } of stacks) {
			for (const { scenario, mechanism } of declared.blueprint.recovery) {
				for (const one of split(mechanism)) {
					const need = NEEDS.find(([words]) => words.test(one));
					if (need !== undefined) used.add(need[0]);
					if (need?.[1](declared) !== true) missing.push(`${what} ${scenario}: ${one}`);
				}
			}
		}
		expect(missing).toEqual([]);
		expect(stacks.length).toBeGreaterThan(40);
		expect(NEEDS.filter(([words]) => !used.has(words)).map(([words]) => String(words))).toEqual([]);
	});

	it("would be missed: without its database, buckets and hosts no mechanism holds", () => {
		const stack = stacks.find(({ what }) => what === "wizamart enterprise aws");
		if (stack === undefined) throw new Error("no such stack");
		const bare = { ...stack.declared, state: { ...stack.declared.state, resources: [] } };
		const told = stack.declared.blueprint.recovery.flatMap(({ mechanism }) => split(mechanism));
		const held = told.filter((one) => !one.startsWith("none") && NEEDS.find(([words]) => words.test(one))?.[1](bare));
		expect(told.length).toBeGreaterThan(5);
		expect(held).toEqual([]);
	});
});

/** Mechanisms of a cell; some have a second clause of their own. */
function split(mechanism: string): string[] {
	const clauses = mechanism.split("; ");
	return clauses.flatMap((clause, index) => {
		const continues = /^(longer with more data|the last seconds may be lost|nothing it needs|it lags)/.test(clause);
		if (continues) return [];
		const next = clauses[index + 1] ?? "";
		return next.startsWith("nothing it needs") ? [`${clause}; ${next}`] : [clause];
	});
}

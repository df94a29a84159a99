import type { Plain } from "../../../words.ts";
import { becomes, condition } from "../conditions.ts";
import { down, quiet } from "../effects.ts";
import type { PropertyRule } from "../rule.ts";
import { reboot } from "./databaseEffects.ts";
import { from, inPlace, PROVIDER, RDS_GUIDE, SDK, token } from "./source.ts";

/** The parameters by which the engines refuse what is not encrypted (AWS RDS user guide, SSL/TLS, read 2026-11-21). */
const TLS_PARAMETERS: readonly Plain[] = ["rds.force_ssl", "require_secure_transport"];
const tlsNotAsked = condition(
	"connections need no TLS any more",
	({ old, new: next }) => asksTls(old) && !asksTls(next),
);

function asksTls(value: Plain | undefined): boolean {
	const parameters: readonly Plain[] = Array.isArray(value) ? value : [];
	return parameters.some((each) => {
		const { name = null, value: set } = Object.fromEntries(Object.entries(each ?? {}));
		return TLS_PARAMETERS.includes(name) && ["1", "on"].includes(String(set).toLowerCase());
	});
}

/** What stands around a database: its proxy, parameters, subnets, snapshots and events. */
export const DATABASE_PART_RULES: readonly PropertyRule[] = [
	{
		type: token("rds.Proxy"),
		paths: ["requireTls"],
		when: becomes(false),
		effect: { ...quiet, risks: [{ risk: "exposure", why: "connections in clear text are taken" }] },
		...from(`${SDK} rds/proxy.d.ts: in place`, 15),
	},
	{
		type: token("rds.Proxy"),
		paths: ["name"],
		effect: {
			...quiet,
			outcome: "interrupts",
			downtime: down("outage", null, "it answers at another host name: hosts must learn it"),
			undoWhy: "rename it back, with the same interruption",
			route: "address-first",
		},
		...from(`${SDK} rds/proxy.d.ts: in place; the host name holds the name`, 15, 60),
	},
	inPlace(
		"rds.Proxy",
		[
			"auths",
			"debugLogging",
			"defaultAuthScheme",
			"idleClientTimeout",
			"requireTls",
			"roleArn",
			"tags",
			"vpcSecurityGroupIds",
		],
		from(`${SDK} rds/proxy.d.ts: in place`, 15),
	),
	inPlace(
		"rds.ProxyDefaultTargetGroup",
		["connectionPoolConfig"],
		from(`${PROVIDER}/rds/proxy_default_target_group.go: in place`, 15),
	),
	...(["rds.ParameterGroup", "rds.ClusterParameterGroup"] as const).map(
		(short): PropertyRule => ({
			type: token(short),
			paths: ["parameters"],
			when: tlsNotAsked,
			effect: { ...quiet, risks: [{ risk: "exposure", why: "connections in clear text are taken" }] },
			...from("AWS RDS user guide, SSL/TLS: rds.force_ssl, require_secure_transport"),
		}),
	),
	...(["rds.ParameterGroup", "rds.ClusterParameterGroup"] as const).map(
		(short): PropertyRule => ({
			type: token(short),
			paths: ["parameters"],
			effect: {
				...quiet,
				outcome: "deferred",
				downtime: {
					...reboot,
					why: "settings that the engine reads only at its start wait for a restart, which nobody does by itself",
				},
			},
			...from(`${RDS_GUIDE}; static parameters`, 64),
		}),
	),
	...(
		[
			"rds.ParameterGroup",
			"rds.ClusterParameterGroup",
			"rds.SubnetGroup",
			"rds.Snapshot",
			"rds.ClusterSnapshot",
			"rds.EventSubscription",
		] as const
	).map((short) => inPlace(short, ["tags"], from(`${SDK}: tags are changed in place`))),
	{
		type: token("rds.ParameterGroup"),
		paths: ["skipDestroy"],
		effect: { ...quiet, outcome: "no-effect", undoWhy: "only read at the delete" },
		...from(`${SDK} rds/parameterGroup.d.ts`),
	},
	inPlace("rds.SubnetGroup", ["subnetIds", "description"], from(`${SDK} rds/subnetGroup.d.ts: in place`, 43)),
	inPlace(
		"rds.EventSubscription",
		["enabled", "eventCategories", "sourceIds", "sourceType", "snsTopic"],
		from(`${SDK} rds/eventSubscription.d.ts`),
	),
];

import type { RecoveryRow } from "../recovery.ts";

/*
 * Ways back on AWS. A region has several zones; a database standby in another zone follows synchronously. Minutes
 * without a document behind them are estimates and say so.
 */

const ESTIMATE = "estimate: no document gives minutes";
const PITR = "docs.aws.amazon.com, RDS, USER_PIT: the latest restorable time is typically within 5 minutes";
const MULTI_AZ = "docs.aws.amazon.com, RDS, Multi-AZ: failover typically takes 60 to 120 s, the standby is synchronous";

const always = () => true;

const hostRows: readonly RecoveryRow[] = [
	{
		scenario: "process-or-node",
		asset: "host",
		when: (spec) => spec.hosts > 1,
		back: () => ({
			rtoMinutes: 2,
			rpoMinutes: 0,
			mechanism: "the load balancer leaves the failed host out",
			basis: "estimate",
		}),
		source: "docs.aws.amazon.com, ELB, health checks: 2 failures 30 s apart; rounded up",
	},
	{
		scenario: "process-or-node",
		asset: "host",
		when: always,
		back: (spec) => ({
			rtoMinutes: 60,
			rpoMinutes: 0,
			mechanism:
				spec.uploads === "volume" || spec.database === "host"
					? "a new host is made and takes over the data volume"
					: "a new host is made; nothing it needs lies on the old one",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "zone",
		asset: "host",
		when: (spec) => spec.hosts > 1 && spec.zones > 1,
		back: () => ({ rtoMinutes: 2, rpoMinutes: 0, mechanism: "hosts in the other zones carry on", basis: "estimate" }),
		source: "docs.aws.amazon.com, ELB, health checks: 2 failures 30 s apart; rounded up",
	},
	{
		scenario: "zone",
		asset: "host",
		when: (spec) => spec.uploads === "bucket" && spec.database === "managed",
		back: () => ({ rtoMinutes: 60, rpoMinutes: 0, mechanism: "a new host is made in another zone", basis: "estimate" }),
		source: ESTIMATE,
	},
	{
		scenario: "zone",
		asset: "host",
		when: always,
		back: (spec) => ({
			rtoMinutes: 120,
			rpoMinutes: spec.copyMinutes,
			mechanism: "a new host in another zone takes the last copy: a volume does not leave its zone",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "region",
		asset: "host",
		when: (spec) => spec.secondRegion,
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 0,
			mechanism: "hosts are started by hand in the second region, where a network and the data stand by",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "region",
		asset: "host",
		when: (spec) => spec.copyRegion,
		back: () => ({
			rtoMinutes: 240,
			rpoMinutes: 0,
			mechanism: "the stack is made again in another region by hand",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
];

const databaseRows: readonly RecoveryRow[] = [
	...(["process-or-node", "zone"] as const).map(
		(scenario): RecoveryRow => ({
			scenario,
			asset: "database",
			when: (spec) => spec.database === "managed" && spec.standbyNodes > 0,
			back: () => ({
				rtoMinutes: 2,
				rpoMinutes: 0,
				mechanism: "the database's standby in another zone takes over",
				basis: "documented",
			}),
			source: MULTI_AZ,
		}),
	),
	{
		scenario: "process-or-node",
		asset: "database",
		when: (spec) => spec.database === "managed",
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 0,
			mechanism: "the provider starts the database on another machine with the same storage",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "zone",
		asset: "database",
		when: (spec) => spec.database === "managed",
		back: () => ({
			rtoMinutes: 120,
			rpoMinutes: 5,
			mechanism: "point-in-time recovery into another zone by hand; longer with more data",
			basis: "estimate",
		}),
		source: `${PITR}; ${ESTIMATE}`,
	},
	{
		scenario: "region",
		asset: "database",
		when: (spec) => spec.globalDatabase,
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 1,
			mechanism: "the second region's database is promoted by hand; it lags by about a second",
			basis: "estimate",
		}),
		source:
			"docs.aws.amazon.com, Aurora Global Database: lag typically below 1 s, promotion about a minute, not by itself",
	},
	{
		scenario: "region",
		asset: "database",
		when: (spec) => spec.secondRegion,
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 5,
			mechanism: "the read replica in the second region is promoted by hand",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "region",
		asset: "database",
		when: (spec) => spec.copyRegion,
		back: (spec) => ({
			rtoMinutes: 240,
			rpoMinutes: spec.copyMinutes,
			mechanism: "the last dump in the second region is restored",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "region",
		asset: "database",
		when: always,
		back: () => ({
			rtoMinutes: null,
			rpoMinutes: null,
			mechanism: "none: every copy lies in the region",
			basis: "documented",
		}),
		source: "docs.aws.amazon.com, RDS, backups: automated backups stay in their region unless they are replicated",
	},
	{
		scenario: "human-error",
		asset: "database",
		when: (spec) => spec.database === "managed",
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 5,
			mechanism: "point-in-time recovery into a new database; longer with more data",
			basis: "estimate",
		}),
		source: `${PITR}; ${ESTIMATE}`,
	},
	{
		scenario: "human-error",
		asset: "database",
		when: always,
		back: (spec) => ({
			rtoMinutes: 60,
			rpoMinutes: spec.copyMinutes,
			mechanism: "the last dump is restored",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
];

const fileRows: readonly RecoveryRow[] = [
	{
		scenario: "region",
		asset: "files",
		when: (spec) => spec.copyRegion,
		back: (spec) => ({
			rtoMinutes: spec.secondRegion ? 60 : 240,
			rpoMinutes: spec.copyMinutes,
			mechanism: "files come from their copy in the second region",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "human-error",
		asset: "files",
		when: (spec) => spec.uploads === "bucket" && spec.versioning,
		back: () => ({ rtoMinutes: 60, rpoMinutes: 0, mechanism: "the bucket keeps old versions", basis: "documented" }),
		source: "docs.aws.amazon.com, S3, versioning",
	},
	{
		scenario: "human-error",
		asset: "files",
		// The copy of a bucket in another region follows deletions, so it is no way back.
		when: (spec) => spec.uploads === "volume",
		back: (spec) => ({
			rtoMinutes: 60,
			rpoMinutes: spec.copyMinutes,
			mechanism: "files come from their last copy",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario: "human-error",
		asset: "files",
		when: always,
		back: () => ({
			rtoMinutes: null,
			rpoMinutes: null,
			mechanism: "none: a deleted file is gone",
			basis: "documented",
		}),
		source: "docs.aws.amazon.com, S3, versioning is off by default",
	},
];

export const recovery: readonly RecoveryRow[] = [...hostRows, ...databaseRows, ...fileRows];

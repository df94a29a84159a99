import type { RecoveryRow } from "../recovery.ts";

/*
 * Ways back on DigitalOcean. A region is one datacentre, so the loss of a zone is the loss of the region. Standbys
 * follow asynchronously. Managed PostgreSQL and MySQL keep a week of point-in-time recovery, which restores to a new
 * cluster. Minutes without a document behind them are estimates and say so.
 */

const HA = "docs.digitalocean.com, managed databases, high availability: failed nodes are replaced, standbys promoted";
const ESTIMATE = "estimate: no document gives minutes";

const always = () => true;

const regionRows = (scenario: "zone" | "region"): RecoveryRow[] => [
	{
		scenario,
		asset: "host",
		when: (spec) => spec.copyRegion || spec.secondRegion,
		back: () => ({
			rtoMinutes: 240,
			rpoMinutes: 0,
			mechanism: "the stack is made again in another region by hand",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario,
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
		scenario,
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
		scenario,
		asset: "files",
		when: (spec) => spec.copyRegion,
		back: (spec) => ({
			rtoMinutes: 240,
			rpoMinutes: spec.copyMinutes,
			mechanism: "files come from their copy in the second region",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	{
		scenario,
		asset: "database",
		when: always,
		back: () => ({
			rtoMinutes: null,
			rpoMinutes: null,
			mechanism: "none: a region is one datacentre and every copy lies in it",
			basis: "documented",
		}),
		source: "docs.digitalocean.com, regional availability: one datacentre a region slug",
	},
];

export const recovery: readonly RecoveryRow[] = [
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
		source: "health checks every 10 s, out after 3: docs.digitalocean.com, load balancers; rounded up",
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
		scenario: "process-or-node",
		asset: "database",
		when: (spec) => spec.database === "managed" && spec.standbyNodes > 0,
		back: () => ({
			rtoMinutes: 3,
			rpoMinutes: 1,
			mechanism: "the database's standby takes over; the last seconds may be lost",
			basis: "estimate",
		}),
		source: `${HA}; 60 s until a failover starts: digitalocean/openapi 7c1300c, advanced PostgreSQL settings`,
	},
	{
		scenario: "process-or-node",
		asset: "database",
		when: (spec) => spec.database === "managed",
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 5,
			mechanism: "the provider builds a new database node from the backup and its log; longer with more data",
			basis: "estimate",
		}),
		source: `${HA}; ${ESTIMATE}`,
	},
	...regionRows("zone"),
	...regionRows("region"),
	{
		scenario: "human-error",
		asset: "database",
		when: (spec) => spec.database === "managed",
		back: () => ({
			rtoMinutes: 60,
			rpoMinutes: 5,
			mechanism: "point-in-time recovery of the last 7 days into a new database; longer with more data",
			basis: "estimate",
		}),
		source: "docs.digitalocean.com, managed databases, limits: point-in-time recovery of 7 days",
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
	{
		scenario: "human-error",
		asset: "files",
		when: (spec) => spec.uploads === "bucket" && spec.versioning,
		back: () => ({ rtoMinutes: 60, rpoMinutes: 0, mechanism: "the bucket keeps old versions", basis: "documented" }),
		source: "docs.digitalocean.com, object storage, versioning",
	},
	{
		scenario: "human-error",
		asset: "files",
		when: (spec) => spec.uploads === "volume",
		back: (spec) => ({
			rtoMinutes: 60,
			rpoMinutes: spec.copyMinutes,
			mechanism: "files come from the last copy in the bucket",
			basis: "estimate",
		}),
		source: ESTIMATE,
	},
	// The copy of a bucket in another region follows deletions at its next run, so it is no way back.
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
		source: "docs.digitalocean.com, object storage: versioning is off by default",
	},
];

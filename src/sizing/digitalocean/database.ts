import { planStorageItem } from "../part.ts";
import type { DatabaseRules } from "../rules.ts";
import { cover, number } from "../text.ts";

/** Storage is bought in steps of 10 GB (docs.digitalocean.com, managed databases, storage scaling). */
const STEP_GB = 10;

/**
 * A plan includes storage in its price, and more can be bought up to its maximum, for every node. IOPS cannot be
 * bought. Pooling is PgBouncer inside the cluster, for PostgreSQL alone.
 */
export const database: DatabaseRules = {
	versions: { postgres: "17", mysql: "8" },
	kinds: {
		instance: true,
		aurora: "it sells no database that spans regions; a read replica in a second region is promoted by hand",
	},
	// terraform-provider-digitalocean, docs/resources/database_replica.md, read 2026-11-21.
	replicasOnlyGrow: true,
	pools: { postgres: "PgBouncer in the cluster" },
	poolItems: () => [],
	storage: (row, needGb, iops) => {
		const included = row.includedGb;
		const gb = included === null ? null : Math.max(included, cover(needGb, STEP_GB) * STEP_GB);
		if (gb !== null && row.storageGb.max !== null && gb > row.storageGb.max) {
			return `its storage ends at ${number(row.storageGb.max)} GB, ${number(gb)} GB are needed`;
		}
		const extra = gb === null || included === null ? 0 : gb - included;
		const items = extra === 0 ? [] : [planStorageItem(row, extra)];
		return {
			storageGb: gb,
			items,
			perNode: true,
			settings: {},
			notes: [
				...(gb === null
					? [`database: how much storage ${row.sku} includes is not known; ${number(needGb)} GB are needed.`]
					: []),
				...(iops === null ? [] : [`database: ${number(iops)} IOPS cannot be bought here; the plan's disk decides.`]),
			],
		};
	},
};

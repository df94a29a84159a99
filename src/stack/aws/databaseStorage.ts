import { BugError } from "../../errors.ts";

/** Disk of a database server. A cluster with a shared volume has none. */
export interface DatabaseStorage {
	/** GB at birth, and after every step up. Grows only, once in six hours; a smaller figure is refused by the provider. */
	readonly storageGb: number;
	/** `gp3` unless a plan names another; `io1` and `io2` need `iops`. */
	readonly storageType: "gp3" | "io1" | "io2";
	/** IOPS bought; null = what comes with the disk. In place, once in six hours. */
	readonly iops: number | null;
}

interface Limits {
	readonly minGb: number;
	/** From this size on IOPS may be named; below it the provider refuses them. */
	readonly iopsFromGb: number;
	/** null = may be left out. */
	readonly minIops: number | null;
	readonly maxIops: number;
	readonly maxIopsPerGb: number;
}

/**
 * Source: docs.aws.amazon.com, AmazonRDS CHAP_Storage (copy of 2026), as in the catalog's rows `database-storage*`;
 * the threshold of gp3 also in @pulumi/aws 7.48.0, rds/instance.d.ts, `iops`. gp3 takes 500 IOPS for a GB at most.
 */
const LIMITS: Readonly<Record<DatabaseStorage["storageType"], Limits>> = {
	gp3: { minGb: 20, iopsFromGb: 400, minIops: null, maxIops: 64_000, maxIopsPerGb: 500 },
	io1: { minGb: 100, iopsFromGb: 100, minIops: 1000, maxIops: 256_000, maxIopsPerGb: 50 },
	io2: { minGb: 100, iopsFromGb: 100, minIops: 1000, maxIops: 256_000, maxIopsPerGb: 1000 },
};

/** Largest disk of a server in GB; source as above. */
const LARGEST_GB = 65_536;
/** A disk may grow to twice its size by itself before anyone is asked. */
const GROWTH = 2;

/**
 * Inputs of a server's disk. It grows by itself up to `maxAllocatedStorage`, which stands above `allocatedStorage` in
 * every tier: only so does the provider take a grown disk for what was asked, instead of asking to shrink it.
 *
 * @throws BugError when sizing names what the provider refuses at apply: IOPS below the threshold, a disk too small.
 */
export function storageInputs(storage: DatabaseStorage) {
	const wrong = wrongIn(storage);
	if (wrong !== null) throw new BugError(`database storage: ${wrong}`);
	const { storageGb, storageType, iops } = storage;
	return {
		allocatedStorage: storageGb,
		maxAllocatedStorage: Math.min(LARGEST_GB, storageGb * GROWTH),
		storageType,
		...(iops === null ? {} : { iops }),
	};
}

function wrongIn({ storageGb, storageType, iops }: DatabaseStorage): string | null {
	const limits = LIMITS[storageType];
	if (storageGb < limits.minGb) return `${storageType} begins at ${limits.minGb} GB, not ${storageGb}`;
	if (storageGb > LARGEST_GB) return `a server has ${LARGEST_GB} GB at most, not ${storageGb}`;
	if (iops === null) return limits.minIops === null ? null : `${storageType} needs IOPS`;
	if (storageGb < limits.iopsFromGb) {
		return `IOPS of ${storageType} can be bought from ${limits.iopsFromGb} GB on, not for ${storageGb}`;
	}
	if (limits.minIops !== null && iops < limits.minIops) return `${storageType} has ${limits.minIops} IOPS at least`;
	const most = Math.min(limits.maxIops, storageGb * limits.maxIopsPerGb);
	return iops > most ? `${storageGb} GB of ${storageType} take ${most} IOPS at most, not ${iops}` : null;
}

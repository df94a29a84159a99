import * as z from "zod";
import { PROVIDERS } from "../words.ts";
import type { CacheRow, DatabaseRow, MachineRow, RegionRow, ServiceRow } from "./rows.ts";

/**
 * The JSON tables as they are written. The tests and `catalog refresh` parse every row with these, so that a slip of
 * the hand is named by row and field before it can become a wrong size; the program itself trusts the checked-in rows
 * (see `catalog.ts`). Strict: a misspelt field is an error, not ignored.
 */

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date such as 2026-09-30");
const price = z.number().nonnegative().nullable();
const arch = z.enum(["x86_64", "arm64"]);
const regions = z.array(z.string().min(1)).min(1).nullable();
const nodes = z.strictObject({ min: z.int().min(1), max: z.int().min(1) });
const quantities = z.record(z.string(), z.number().nonnegative());
const provider = z.enum(PROVIDERS);

const provenance = {
	mark: z.enum(["A", "B", "C", "?"]),
	source: z.string().min(1),
	readAt: isoDate,
	note: z.string().min(1).exactOptional(),
};

export const machineRows: z.ZodType<MachineRow[]> = z.array(
	z.strictObject({
		sku: z.string().min(1),
		provider,
		family: z.string().min(1),
		arch,
		vcpu: z.int().min(1),
		memoryGib: z.number().positive(),
		diskGb: z.int().positive().nullable(),
		diskKind: z.enum(["ssd", "nvme"]).nullable(),
		sharedCpu: z.boolean(),
		transferGb: z.number().nonnegative().nullable(),
		regions,
		monthlyUsd: price,
		...provenance,
	}),
);

export const databaseRows: z.ZodType<DatabaseRow[]> = z.array(
	z.strictObject({
		sku: z.string().min(1),
		provider,
		engine: z.enum(["postgres", "mysql"]),
		kind: z.enum(["instance", "aurora"]),
		arch: arch.nullable(),
		vcpu: z.int().min(1),
		memoryGib: z.number().positive(),
		storageGb: z.strictObject({ min: z.int().positive().nullable(), max: z.int().positive().nullable() }),
		includedGb: z.int().nonnegative().nullable(),
		storageUsdPerGb: price,
		connections: z.int().positive().nullable(),
		nodes,
		regions,
		monthlyUsd: price,
		...provenance,
	}),
);

export const cacheRows: z.ZodType<CacheRow[]> = z.array(
	z.strictObject({
		sku: z.string().min(1),
		provider,
		engine: z.enum(["valkey", "redis"]),
		arch: arch.nullable(),
		vcpu: z.int().min(1),
		memoryGib: z.number().positive(),
		usableGib: z.number().positive().nullable(),
		nodes,
		regions,
		monthlyUsd: price,
		...provenance,
	}),
);

export const serviceRows: z.ZodType<ServiceRow[]> = z.array(
	z.strictObject({
		id: z.string().min(1),
		provider,
		unit: z.string().min(1),
		usd: price,
		includes: quantities,
		limits: quantities,
		version: z
			.string()
			.regex(/^\d+\.\d+$/)
			.exactOptional(),
		versionUntil: z.iso.date().exactOptional(),
		regions,
		...provenance,
	}),
);

export const regionRows: z.ZodType<RegionRow[]> = z.array(
	z.strictObject({
		region: z.string().min(1),
		provider,
		zones: z.int().min(1),
		services: z.array(z.string().min(1)),
		...provenance,
	}),
);

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refreshCatalog } from "../../../src/catalog/refresh/refreshCatalog.ts";
import { readTables, writeTables } from "../../../src/catalog/refresh/tables.ts";
import { checkedIn, copyOfCatalog } from "./catalogFolder.ts";
import { type Answer, type Asked, type EmulatedApi, emulateApi } from "./emulatedApi.ts";

const known = readTables(checkedIn, "aws");

/** A product as the price list tells it: JSON in a string. */
interface Product {
	readonly service: "AmazonEC2" | "AmazonRDS" | "AmazonElastiCache";
	readonly attributes: Readonly<Record<string, string>>;
	readonly usd: number;
}

function machine(sku: string, vcpu: number, memory: string, usd: number, usagetype = `BoxUsage:${sku}`): Product {
	const shared = { operatingSystem: "Linux", preInstalledSw: "NA", tenancy: "Shared", capacitystatus: "Used" };
	const attributes = { ...shared, regionCode: "us-east-1", productFamily: "Compute Instance" };
	return {
		service: "AmazonEC2",
		attributes: { ...attributes, instanceType: sku, vcpu: `${vcpu}`, memory, usagetype },
		usd,
	};
}

function database(databaseEngine: string, sku: string, vcpu: number, memory: string, usd: number): Product {
	// AWS shortens the larger sizes in usage types: db.r6g.xlarge is sold as InstanceUsage:db.r6g.xl.
	const usagetype = `InstanceUsage:${sku.replace(/xlarge$/, "xl")}`;
	const attributes = { regionCode: "us-east-1", databaseEngine, deploymentOption: "Single-AZ", usagetype };
	return { service: "AmazonRDS", attributes: { ...attributes, instanceType: sku, vcpu: `${vcpu}`, memory }, usd };
}

function cache(cacheEngine: string, sku: string, vcpu: number, memory: string, usd: number): Product {
	const attributes = { regionCode: "us-east-1", productFamily: "Cache Instance", cacheEngine };
	const usagetype = `NodeUsage:${sku}`;
	return {
		service: "AmazonElastiCache",
		attributes: { ...attributes, instanceType: sku, vcpu: `${vcpu}`, memory, usagetype },
		usd,
	};
}

const RDS_NAMES = { postgres: "PostgreSQL", mysql: "MySQL" } as const;
const CACHE_NAMES = { redis: "Redis", valkey: "Valkey" } as const;
const hourly = (monthlyUsd: number | null) => (monthlyUsd ?? 0) / 730;

/** The price list as the checked-in tables say it is; classes without a price are not in it. */
function productsAsKnown(): Product[] {
	return [
		...known.machines.map((row) => machine(row.sku, row.vcpu, `${row.memoryGib} GiB`, hourly(row.monthlyUsd))),
		...known.databases
			.filter((row) => row.monthlyUsd !== null)
			.map((row) => {
				const name = `${row.kind === "aurora" ? "Aurora " : ""}${RDS_NAMES[row.engine]}`;
				return database(name, row.sku, row.vcpu, `${row.memoryGib} GiB`, hourly(row.monthlyUsd));
			}),
		...known.caches.map((row) =>
			cache(CACHE_NAMES[row.engine], row.sku, row.vcpu, `${row.memoryGib} GiB`, hourly(row.monthlyUsd)),
		),
	];
}

interface Question {
	readonly ServiceCode: string;
	readonly Filters: readonly { readonly Type: string; readonly Field: string; readonly Value: string }[];
	readonly NextToken?: string;
}

/** GetProducts: products whose attributes have all the values asked for, in pages of 60. */
function answerWith(products: readonly Product[]) {
	return ({ method, headers, body }: Asked): Answer => {
		if (method !== "POST" || headers["x-amz-target"] !== "AWSPriceListService.GetProducts") {
			throw new Error(`a refresh must not ask ${method} ${headers["x-amz-target"]}`);
		}
		const { ServiceCode, Filters, NextToken = "0" }: Question = JSON.parse(body);
		const found = products.filter(
			({ service, attributes }) =>
				service === ServiceCode && Filters.every(({ Field, Value }) => attributes[Field] === Value),
		);
		const from = Number(NextToken);
		const more = from + 60 < found.length ? { NextToken: `${from + 60}` } : {};
		const PriceList = found.slice(from, from + 60).map(toEntry);
		return { status: 200, body: { FormatVersion: "aws_v1", PriceList, ...more } };
	};
}

function toEntry({ attributes, usd }: Product): string {
	const { productFamily = "Database Instance", ...others } = attributes;
	const band = { unit: "Hrs", beginRange: "0", endRange: "Inf", pricePerUnit: { USD: usd.toFixed(10) } };
	const onDemand = { "SKU.TERM": { priceDimensions: { "SKU.TERM.RATE": band }, termAttributes: {} } };
	return JSON.stringify({ product: { productFamily, attributes: others }, terms: { OnDemand: onDemand } });
}

let api: EmulatedApi | undefined;

beforeEach(() => {
	vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASENTINEL");
	vi.stubEnv("AWS_SECRET_ACCESS_KEY", "sentinel");
});

afterEach(async () => {
	vi.unstubAllEnvs();
	await api?.close();
	api = undefined;
});

async function refresh(products: readonly Product[], folder = checkedIn) {
	api = await emulateApi(answerWith(products));
	const env = { AWS_ENDPOINT_URL: api.address };
	return await refreshCatalog({ provider: "aws", folder, today: "2026-11-21", env });
}

describe("asking AWS for its catalog, through its own client", () => {
	test("confirms what third parties had told, and finds no other price", async () => {
		const products = productsAsKnown();
		const { changes, pricesNotTold } = await refresh([...products, ...unpriced()]);
		const changed = changes.filter(({ kind }) => kind !== "confirmed");
		expect(changed.map(({ id }) => id)).toEqual(
			known.databases.filter((row) => row.monthlyUsd === null).map((row) => `${row.sku} ${row.engine}`),
		);
		expect(changed[0]).toMatchObject({ fields: [{ field: "monthlyUsd", from: null, to: 730 }] });
		expect(changes.some(({ table }) => table === "caches")).toBe(false);
		expect(pricesNotTold).toEqual(["services"]);
	});

	test("writes what a second refresh agrees with, and keeps what a row says of its other figures", async () => {
		const folder = copyOfCatalog();
		const products = [...productsAsKnown(), ...unpriced()];
		const { files } = await refresh(products, folder);
		expect(files.map(({ path }) => path)).toEqual(["aws/machines.json", "aws/databases.json"]);
		writeTables(folder, files);
		await api?.close();
		expect(await refresh(products, folder)).toMatchObject({ changes: [], files: [] });
		const row = readTables(folder, "aws").databases.find(
			({ sku, engine }) => sku === "db.t3.micro" && engine === "mysql",
		);
		expect(row).toMatchObject({ monthlyUsd: 12.41, mark: "A", readAt: "2026-11-21", connections: 66 });
		expect(row?.source).toMatch(/^AWS Price List API GetProducts, us-east-1; storage: .*; connections: /);
		expect(row?.note).toContain("a standby costs as much again");
	});

	test("tells a new price with the old one", async () => {
		const products = productsAsKnown().map((one) =>
			one.attributes.instanceType === "t3.medium" ? { ...one, usd: 0.05 } : one,
		);
		const { changes } = await refresh([...products, ...unpriced()]);
		expect(changes).toContainEqual({
			kind: "changed",
			table: "machines",
			id: "t3.medium",
			fields: [{ field: "monthlyUsd", from: 30.368, to: 36.5 }],
		});
	});

	test("adds new sizes of known families, with what only a document tells left open", async () => {
		const { changes, files } = await refresh([
			...productsAsKnown(),
			...unpriced(),
			machine("t4g.4xlarge", 16, "64 GiB", 0.5376),
			machine("p5.48xlarge", 192, "2,048 GiB", 55.04),
			machine("m7g.metal", 64, "256 GiB", 2.6112),
			database("PostgreSQL", "db.r6g.4xlarge", 16, "128 GiB", 1.798),
			cache("Valkey", "cache.m7g.8xlarge", 32, "103.68 GiB", 2.0112),
		]);
		expect(changes.filter(({ kind }) => kind === "added")).toEqual([
			{ kind: "added", table: "machines", id: "t4g.4xlarge", price: 392.448 },
			{ kind: "added", table: "databases", id: "db.r6g.4xlarge postgres", price: 1312.54 },
			{ kind: "added", table: "caches", id: "cache.m7g.8xlarge valkey", price: 1468.176 },
		]);
		const lines = files.flatMap(({ text }) => text.split("\n"));
		const added = (...words: string[]) =>
			JSON.parse(lines.find((line) => words.every((word) => line.includes(`"${word}"`)))?.replace(/,$/, "") ?? "");
		expect(added("t4g.4xlarge")).toMatchObject({
			family: "t4g",
			arch: "arm64",
			vcpu: 16,
			memoryGib: 64,
			sharedCpu: true,
		});
		expect(added("db.r6g.4xlarge", "instance")).toMatchObject({
			memoryGib: 128,
			connections: null,
			nodes: { min: 1, max: 2 },
		});
		expect(added("cache.m7g.8xlarge")).toMatchObject({ memoryGib: 103.68, usableGib: null, mark: "A" });
	});

	test("leaves out what is the same size sold otherwise", async () => {
		const [first] = productsAsKnown().filter(({ attributes }) => attributes.instanceType === "db.r6g.large");
		if (first === undefined) throw new Error("there is no db.r6g.large");
		const optimized = { ...first.attributes, usagetype: "InstanceUsageIOOptimized:db.r6g.large" };
		const { changes } = await refresh([
			...productsAsKnown(),
			...unpriced(),
			{ ...first, attributes: optimized, usd: 9 },
			machine("t3.nano", 2, "0.5 GiB", 9, "UnusedBox:t3.nano"),
			machine("t3.nano", 2, "0.5 GiB", 0),
		]);
		expect(changes.filter(({ id }) => id === "t3.nano" || id === "db.r6g.large postgres")).toEqual([
			{ kind: "confirmed", table: "machines", id: "t3.nano" },
			{ kind: "confirmed", table: "databases", id: "db.r6g.large postgres" },
		]);
	});

	test("asks in pages, for one region, with the account's own credentials", async () => {
		await refresh([...productsAsKnown(), ...unpriced()]);
		const questions = api?.asked.map(({ body }) => JSON.parse(body)) ?? [];
		expect(questions.filter(({ ServiceCode }) => ServiceCode === "AmazonEC2")).toHaveLength(3);
		for (const { Filters } of questions) {
			expect(Filters).toContainEqual({ Type: "TERM_MATCH", Field: "regionCode", Value: "us-east-1" });
		}
		expect(api?.asked[0]?.headers.authorization).toContain("AKIASENTINEL");
	});
});

/** The classes the catalog has no price for, at one USD an hour. */
function unpriced(): Product[] {
	return known.databases
		.filter((row) => row.monthlyUsd === null)
		.map((row) => database(RDS_NAMES[row.engine], row.sku, row.vcpu, `${row.memoryGib} GiB`, 1));
}

describe("an answer that cannot be trusted changes nothing", () => {
	test("two prices of one size", async () => {
		const products = [...productsAsKnown(), machine("t3.nano", 2, "0.5 GiB", 0.006)];
		await expect(refresh(products)).rejects.toThrow("AWS tells two prices of t3.nano: 3.796 and 4.38 USD a month");
	});

	test("a list without most of what is known", async () => {
		const products = productsAsKnown().filter(({ service }) => service !== "AmazonElastiCache");
		await expect(refresh([...products, ...unpriced()])).rejects.toThrow(
			"aws/caches.json: the API listed what makes 0 rows where 50 are known; nothing is changed",
		);
	});

	test("a product in an unknown form", async () => {
		api = await emulateApi(() => ({ status: 200, body: { PriceList: ['{"product":{}}'] } }));
		const env = { AWS_ENDPOINT_URL: api.address };
		await expect(refreshCatalog({ provider: "aws", folder: checkedIn, today: "2026-11-21", env })).rejects.toThrow(
			"AWS told a product of AmazonEC2 in an unknown form: product.attributes",
		);
	});

	test("an API that does not answer in time or is not there", async () => {
		api = await emulateApi(() => new Promise(() => undefined));
		const env = { AWS_ENDPOINT_URL: api.address };
		const request = { provider: "aws", folder: checkedIn, today: "2026-11-21", env, patienceMs: 20 } as const;
		await expect(refreshCatalog(request)).rejects.toThrow("AWS did not tell the prices of AmazonEC2: TimeoutError");
		await api.close();
		await expect(refreshCatalog(request)).rejects.toThrow("AWS did not tell the prices of AmazonEC2: ECONNREFUSED");
	});

	test("credentials without the right to read prices", async () => {
		api = await emulateApi(() => ({ status: 400, body: { __type: "AccessDeniedException", message: "no" } }));
		const env = { AWS_ENDPOINT_URL: api.address };
		await expect(refreshCatalog({ provider: "aws", folder: checkedIn, today: "2026-11-21", env })).rejects.toThrow(
			"AWS did not tell the prices of AmazonEC2: AccessDeniedException; the credentials need pricing:GetProducts",
		);
	});
});

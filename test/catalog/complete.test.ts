import { describe, expect, test } from "vitest";
import { catalogFor, findService } from "../../src/catalog/catalog.ts";
import { rowKey } from "../../src/catalog/rowKey.ts";

/* What the plans may need of AWS, named one by one: each has rows, and each row its source and its day. */

const aws = catalogFor("aws");

const FAMILIES = "t3 t3a t4g c5 c6i c6g c7g m5 m6i m6g m7g r5 r6i r6g r7g".split(" ");
const DATABASE_FAMILIES = "t3 t4g m5 m6g m6i m7g r5 r6g r6i r7g".split(" ");
/** Those a document gives a price for. */
const AURORA_FAMILIES = "t3 t4g r5 r6g r7g".split(" ");

interface Row {
	readonly mark: string;
	readonly source: string;
	readonly readAt: string;
}

function expectSourced(rows: readonly Row[], what: string): void {
	expect(rows.length, what).toBeGreaterThan(0);
	for (const { source, readAt } of rows) {
		expect(source.length, what).toBeGreaterThan(10);
		expect(readAt, what).toMatch(/^20\d{2}-\d{2}-\d{2}$/);
	}
}

describe("machines", () => {
	test.each(FAMILIES)("of family %s are on sale, priced, and of the architecture their name says", (family) => {
		const rows = aws.machines.filter((row) => row.family === family);
		expectSourced(rows, family);
		expect(rows.filter(({ monthlyUsd }) => monthlyUsd === null)).toEqual([]);
		const arch = /\dg$/.test(family) ? "arm64" : "x86_64";
		expect(rows.every((row) => row.arch === arch && row.sku.startsWith(`${family}.`))).toBe(true);
		expect(rows.map(({ sku }) => sku)).toContain(`${family}.xlarge`);
	});
});

describe.each(["postgres", "mysql"] as const)("databases for %s", (engine) => {
	const classes = (kind: "instance" | "aurora", family: string) =>
		aws.databases.filter((row) => row.engine === engine && row.kind === kind && row.sku.startsWith(`db.${family}.`));

	test.each(DATABASE_FAMILIES)("have classes of family %s as single servers", (family) => {
		expectSourced(classes("instance", family), family);
	});

	test.each(AURORA_FAMILIES)("have classes of family %s as members of Aurora", (family) => {
		expectSourced(classes("aurora", family), family);
	});

	test("say of each class whether its price is confirmed", () => {
		const rows = aws.databases.filter((row) => row.engine === engine);
		for (const row of rows) expect(row.monthlyUsd === null, rowKey(row)).toBe(row.mark === "?");
	});
});

describe("caches", () => {
	test.each(["redis", "valkey"] as const)("have nodes for %s", (engine) => {
		const rows = aws.caches.filter((row) => row.engine === engine);
		expectSourced(rows, engine);
		for (const family of ["t3", "t4g", "m6g", "m7g", "r6g", "r7g"]) {
			expect(
				rows.some(({ sku }) => sku.startsWith(`cache.${family}.`)),
				family,
			).toBe(true);
		}
	});
});

describe("services", () => {
	const NAMED: Readonly<Record<string, readonly string[]>> = {
		"gp3, with what may be bought beside it": ["volume", "volume-iops", "volume-throughput"],
		io2: ["volume-io2", "volume-io2-iops"],
		"storage of RDS": ["database-storage", "database-storage-iops", "database-storage-io2", "database-backup"],
		"storage of Aurora": ["aurora-storage", "aurora-io", "aurora-backup"],
		"the application load balancer": ["load-balancer", "load-balancer-capacity"],
		"the network load balancer": ["network-load-balancer", "network-load-balancer-capacity"],
		NAT: ["nat-gateway", "nat-gateway-transfer", "public-address"],
		"endpoints of services": ["interface-endpoint", "interface-endpoint-transfer"],
		S3: ["bucket", "bucket-storage", "bucket-put", "bucket-get", "bucket-transfer"],
		CloudFront: ["cdn", "cdn-transfer", "cdn-requests"],
		SQS: ["queue", "queue-fifo"],
		EKS: ["kubernetes-control-plane", "kubernetes-control-plane-ha", "kubernetes-control-plane-extended"],
		WAF: ["waf", "waf-rule", "waf-requests"],
		"Secrets Manager": ["secret", "secret-requests"],
		CloudWatch: ["alarm", "logs", "logs-storage"],
		"data transfer": ["egress", "zone-transfer", "region-transfer"],
		"what has no confirmed price": ["database-proxy", "backup-storage"],
	};

	test.each(Object.entries(NAMED))("%s", (what, ids) => {
		for (const id of ids) {
			const row = findService(aws, id);
			expect(row, `${what}: ${id}`).not.toBeNull();
			if (row !== null) expectSourced([row], id);
		}
	});

	test("volumes say how many IOPS they have, how many can be bought, and how large they are", () => {
		expect(findService(aws, "volume")).toMatchObject({ includes: { iops: 3000, throughputMibps: 125 } });
		for (const id of ["volume", "volume-io2", "database-storage", "database-storage-io2"]) {
			const limits = findService(aws, id)?.limits ?? {};
			expect(limits.maxIops, id).toBeGreaterThan(3000);
			expect(limits.maxGb, id).toBeGreaterThan(limits.minGb ?? Number.POSITIVE_INFINITY);
		}
	});
});

import { describe, expect, it } from "vitest";
import { splitKept } from "../../src/changes/kept.ts";
import { blueprint, component } from "./builders.ts";

const data = component({ role: "app", name: "data", sku: "volume", stateful: true });
const database = component({ role: "database", name: "database", sku: "db-s-1vcpu-1gb", stateful: true });
const onHost = component({ role: "database", name: "database", sku: "on-host", stateful: true });
const files = component({ role: "files", name: "files", sku: "bucket", stateful: true });
const cache = component({ role: "cache", name: "cache", sku: "db-s-1vcpu-1gb", stateful: false });
const tier = (...components: Parameters<typeof component>[0][]) =>
	blueprint({ components: components.map((each) => component(each)) });
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

describe("what a new tier no longer asks for", () => {
	it.each([
		["nothing, on a new stack", null, [data], [], [], []],
		["nothing, while the tier still asks for it", [data, database], [data, database], [], [], []],
		["a database, when the tier goes back to the host's own", [database], [onHost], ["database"], [], []],
		["a volume, when uploads move to a bucket", [data, files], [files], ["data"], [], []],
		["no cache: it fills again by itself", [cache], [], [], [], []],
		["nothing of what lived on the host", [onHost], [database], [], [], []],
	] as const)("keeps %s", (_, before, after, kept, retiring, ended) => {
		const split = splitKept(before === null ? null : { blueprint: tier(...before), kept: [] }, tier(...after), []);
		expect([names(split.kept), names(split.retiring), names(split.ended)]).toEqual([kept, retiring, ended]);
	});

	it("keeps what was kept before, as it was then, until the tier asks for it again", () => {
		const older = { ...database, sku: "db-s-2vcpu-4gb" };
		const still = splitKept({ blueprint: tier(data), kept: [older] }, tier(data), []);
		expect(still.kept).toEqual([older]);
		expect(splitKept({ blueprint: tier(data), kept: [older] }, tier(data, database), []).kept).toEqual([]);
	});

	it("keeps one kind of cache beside the other, which comes in its place, and ends only the one that is left", () => {
		const old = { ...cache, stateful: true };
		const cluster = { ...old, settings: { kind: "cluster" } };
		const split = (retire: Parameters<typeof splitKept>[2]) =>
			splitKept({ blueprint: tier(old), kept: [] }, tier(cluster), retire);
		expect(split([]).kept).toEqual([old]);
		expect(split([{ resource: "cache", backup: null }]).retiring).toEqual([old]);
		expect(split([{ resource: "cache", backup: "snapshot-1" }]).ended).toEqual([old]);
		expect(splitKept({ blueprint: tier(cluster), kept: [] }, tier(cluster), []).kept).toEqual([]);
		// What would stand for the new one from then on must go out of the file.
		const over = () =>
			splitKept({ blueprint: tier(cluster), kept: [] }, tier(cluster), [{ resource: "cache", backup: "snapshot-1" }]);
		expect(over).toThrow('"cache" cannot be retired while tier starter asks for it: take the entry out');
		expect(splitKept({ blueprint: tier(cache), kept: [] }, tier(cluster), []).kept).toEqual([]);
	});

	it.each([
		["without a backup: still declared, protection lifted", null, [], ["database"], []],
		["with a backup: no longer declared", "dump-2026-11-20", [], [], ["database"]],
		["with no backup on purpose: no longer declared", "none", [], [], ["database"]],
	] as const)("retires %s", (_, backup, kept, retiring, ended) => {
		const split = splitKept({ blueprint: tier(database), kept: [] }, tier(), [{ resource: "database", backup }]);
		expect([names(split.kept), names(split.retiring), names(split.ended)]).toEqual([kept, retiring, ended]);
	});

	it("refuses to retire what the tier asks for, and gives the same split every time", () => {
		const retire = [{ resource: "database", backup: "dump" }];
		const previous = { blueprint: tier(database), kept: [] };
		expect(() => splitKept(previous, tier(database), retire)).toThrow(
			/"database" cannot be retired while tier starter asks for it: .* "The whole end"/,
		);
		// What is over may stay in the file, and so may what never was.
		expect(splitKept(null, tier(), retire)).toEqual({ kept: [], retiring: [], ended: [] });
		expect(splitKept(previous, tier(), retire)).toEqual(splitKept(previous, tier(), retire));
	});
});

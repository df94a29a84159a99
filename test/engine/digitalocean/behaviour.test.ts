import { describe, expect, test } from "vitest";
import { Lab, SAMPLES } from "./lab.ts";
import { computeState } from "./outputs.ts";
import { RESOURCE_TYPES, resourceSchema } from "./schema.ts";

describe("what a change really does", () => {
	test("a droplet resized without its disk can go back, one resized with it cannot (traps 1, 2)", async () => {
		const lab = new Lab();
		const kept = await lab.create("Droplet", { ...SAMPLES.droplet, resizeDisk: false }, "kept");
		const bigger = await lab.update(kept, { size: "s-2vcpu-4gb" });
		expect(bigger.state).toMatchObject({ memory: 4096, disk: 25, ipv4Address: kept.state.ipv4Address });
		await expect(lab.update(bigger, { size: "s-1vcpu-1gb" })).resolves.toMatchObject({ state: { memory: 1024 } });

		const grown = await lab.create("Droplet", SAMPLES.droplet, "grown");
		const stuck = await lab.update(grown, { size: "s-2vcpu-4gb" });
		expect(stuck.state).toMatchObject({ disk: 80 });
		await expect(lab.update(stuck, { size: "s-1vcpu-1gb" })).rejects.toThrow("smaller disk");
	});

	test("a volume grows and refuses to shrink already in the plan (trap 26)", async () => {
		const lab = new Lab();
		const volume = await lab.create("Volume", SAMPLES.volume);
		expect(lab.diff(volume, { ...SAMPLES.volume, size: 40 }).diffs).toMatchObject([{ path: "size", replaces: false }]);
		expect(() => lab.diff(volume, { ...SAMPLES.volume, size: 10 })).toThrow("can only be expanded");
	});

	test("a load balancer can be resized an hour later, and again an hour after that (trap 24)", async () => {
		const lab = new Lab();
		const fresh = await lab.create("LoadBalancer", SAMPLES.loadBalancer);
		lab.account.advance(1);
		const bigger = await lab.update(fresh, { sizeUnit: 2 });
		expect(bigger.state).toMatchObject({ sizeUnit: 2, ip: fresh.state.ip });
		await expect(lab.update(bigger, { sizeUnit: 3 })).rejects.toThrow("resized again");
		await expect(lab.update(bigger, { redirectHttpToHttps: true })).resolves.toBeDefined();
		lab.account.advance(1);
		await expect(lab.update(bigger, { sizeUnit: 3 })).resolves.toBeDefined();
	});

	test("a bucket renamed keeps its name in the cloud, and the state lies (trap 19)", async () => {
		const lab = new Lab();
		const bucket = await lab.create("SpacesBucket", SAMPLES.bucket);
		const renamed = { ...SAMPLES.bucket, name: "shop-new" };
		expect(lab.diff(bucket, renamed).diffs).toEqual([{ path: "name", kind: "update", replaces: false }]);
		const after = await lab.update(bucket, renamed);
		expect(after.state.bucketDomainName).toBe("shop-new.fra1.digitaloceanspaces.com");
		expect(lab.account.resources("SpacesBucket")[0]?.inputs.name).toBe("shop-files");
	});

	test("a deleted bucket's name is free again after a week (trap 22)", async () => {
		const lab = new Lab();
		await lab.delete(await lab.create("SpacesBucket", SAMPLES.bucket));
		await expect(lab.create("SpacesBucket", SAMPLES.bucket)).rejects.toThrow("deleted lately");
		lab.account.advance(7 * 24);
		await expect(lab.create("SpacesBucket", SAMPLES.bucket)).resolves.toBeDefined();
	});

	test("a full bucket goes when the state says so, whatever the program says now (trap 22)", async () => {
		const lab = new Lab();
		const bucket = await lab.create("SpacesBucket", { ...SAMPLES.bucket, forceDestroy: true });
		lab.account.putObjects("shop-files", 3);
		await expect(lab.delete(bucket)).resolves.toBeUndefined();
	});

	test("VPCs without a range never overlap", async () => {
		const lab = new Lab();
		const first = await lab.create("Vpc", { ...SAMPLES.vpc, name: "one" });
		const second = await lab.create("Vpc", { ...SAMPLES.vpc, name: "two" });
		expect(first.state.ipRange).not.toBe(second.state.ipRange);
	});

	test("what hangs on a droplet goes with it", async () => {
		const lab = new Lab();
		const volume = await lab.create("Volume", SAMPLES.volume);
		const droplet = await lab.create("Droplet", SAMPLES.droplet);
		await lab.create("VolumeAttachment", { dropletId: Number(droplet.id), volumeId: volume.id });
		await lab.delete(droplet);
		expect(lab.account.resources("VolumeAttachment")).toEqual([]);
		await expect(lab.delete(volume)).resolves.toBeUndefined();
	});
});

describe("what a failed update leaves in the state", () => {
	test("the plan, as if it had come true: the provider's SDK records it so", async () => {
		const lab = new Lab();
		const database = await lab.create("DatabaseCluster", SAMPLES.database);
		lab.account.orderFaults({ operation: "update", action: { kind: "error", status: 500 } });
		await expect(lab.update(database, { size: "db-s-2vcpu-4gb" })).rejects.toMatchObject({
			message: "500 Server Error",
			state: { size: "db-s-2vcpu-4gb" },
		});
		expect(lab.account.resources("DatabaseCluster")[0]?.state.size).toBe("db-s-1vcpu-1gb");
	});

	test("the truth for a droplet, which is read back before the error is told", async () => {
		const lab = new Lab();
		const droplet = await lab.create("Droplet", { ...SAMPLES.droplet, size: "s-1vcpu-2gb" });
		await expect(lab.update(droplet, { size: "s-1vcpu-1gb" })).rejects.toMatchObject({
			state: { size: "s-1vcpu-2gb" },
		});
	});
});

describe("faults", () => {
	test("strike the n-th call that fits, as often as ordered, and no other", async () => {
		const lab = new Lab();
		lab.account.orderFaults({
			operation: "create",
			type: "Droplet",
			nth: 2,
			times: 2,
			action: { kind: "error", status: 429 },
		});
		await lab.create("Volume", SAMPLES.volume);
		await lab.create("Droplet", SAMPLES.droplet, "first");
		await expect(lab.create("Droplet", SAMPLES.droplet, "second")).rejects.toThrow("429 API Rate limit exceeded");
		await expect(lab.create("Droplet", SAMPLES.droplet, "second")).rejects.toThrow("429");
		await lab.create("Droplet", SAMPLES.droplet, "second");
		expect(lab.account.resources("Droplet")).toHaveLength(2);
	});

	test("an answer may get lost after the cloud did its part", async () => {
		const lab = new Lab();
		lab.account.orderFaults({ operation: "create", name: "app", action: { kind: "lost-answer", status: 504 } });
		await expect(lab.create("Droplet", SAMPLES.droplet, "app")).rejects.toThrow("504");
		expect(lab.account.resources("Droplet")).toHaveLength(1);
	});
});

test("every output of every resource can be computed", () => {
	for (const type of RESOURCE_TYPES) {
		const inputs = { name: "it", size: "s-1vcpu-1gb", region: "fra1" };
		const data = new Lab().account.data();
		const state = computeState(type, { id: "1", number: 1, inputs, data }, null);
		for (const key of Object.keys(resourceSchema(type).outputs)) expect(state, `${type} ${key}`).toHaveProperty(key);
	}
});

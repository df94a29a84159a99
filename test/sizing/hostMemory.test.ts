import { describe, expect, it } from "vitest";
import { HOST_MEMORY_MIB } from "../../src/host/memory.ts";
import { HOST_SHARE_MIB, modeFor } from "../../src/sizing/hostMemory.ts";
import { component, size } from "./requests.ts";

describe("memory that a host takes for itself", () => {
	it("is what the host room measured", () => {
		const { kernel, ...measured } = HOST_SHARE_MIB;
		expect(measured).toEqual(HOST_MEMORY_MIB);
		expect(512 - kernel).toBe(460);
	});

	it("is counted beside the processes: 10 web workers, a worker, kernel, system, engine, two containers", () => {
		const growth = size("billify", "growth");
		const used = growth.headroom.find(({ role, metric }) => role === "app" && metric === "memoryGib")?.used ?? 0;
		expect(used * 1024).toBeCloseTo(10 * 200 + 100 + 100 + 52 + 80 + 140 + 2 * 48, 6);
	});

	it("takes room from the workers: a host that is full of them gets a larger machine", () => {
		const web = { memoryMib: 260, replicas: { min: 10, max: 10 } };
		const app = component(size("billify", "growth", { processes: { web } }), "app");
		// 2,600 MiB of web, 200 of background work and 368 of the host's own are above 75 % of 4 GiB.
		expect(app.memoryGib).toBeGreaterThan(4);
	});

	it("is the plan's to leave where it gives processes a share of the machine", () => {
		expect(component(size("wizamart", "starter"), "app").memoryGib).toBe(4);
	});

	it("on 512 MB leaves no room for a container engine: images run without one, and the alarm starts late", () => {
		const mvp = size("billify", "mvp");
		expect(component(mvp, "app").settings.mode).toBe("plain");
		expect(mvp.settings["thresholds.memoryPercent.warning"]).toBe(90);
		const memory = mvp.headroom.find(({ role, metric }) => role === "app" && metric === "memoryGib");
		expect(memory).toMatchObject({ used: (400 + 52 + 80) / 1024, capacity: 0.5 });
		expect(mvp.notes.join("\n")).toContain("some of it is swapped");
		expect([modeFor(0.5), modeFor(1)]).toEqual(["plain", "containers"]);
		expect(component(size("billify", "mvp", { provider: "aws" }), "app").settings.mode).toBe("containers");
	});
});

import { describe, expect, it } from "vitest";
import { component, size } from "./requests.ts";

describe("billify on DigitalOcean", () => {
	it("mvp takes the machines the plan names and one bucket", () => {
		const mvp = size("billify", "mvp");
		expect(component(mvp, "app").sku).toBe("s-1vcpu-512mb-10gb");
		expect(component(mvp, "database").sku).toBe("db-s-1vcpu-1gb");
		expect(mvp.cost.monthly).toBe(24.15);
	});

	it("mvp has 400 MB of 512 MB in use and the host its own 132, so its memory alarm starts at the critical level", () => {
		const mvp = size("billify", "mvp");
		const memory = mvp.headroom.find((line) => line.role === "app" && line.metric === "memoryGib");
		expect(memory).toEqual({
			role: "app",
			metric: "memoryGib",
			used: (400 + 132) / 1024,
			capacity: 0.5,
			warnAt: 0.375,
			criticalAt: 0.45,
		});
		expect(mvp.settings["thresholds.memoryPercent.warning"]).toBe(90);
		expect(mvp.settings["thresholds.cpuPercent.warning"]).toBe(70);
		expect(mvp.notes.join(" ")).toContain("though 0.5 GiB is less than the 1 required");
	});

	it("growth holds 100 users: 10 web workers of 200 MB, one connection a user behind a pool", () => {
		const growth = size("billify", "growth");
		expect(growth.processes.find((process) => process.name === "web")?.memoryMib).toBe(2000);
		expect(component(growth, "database").settings).toMatchObject({ connections: 100, poolSize: 20 });
	});

	it("optimise is sized for 1000 users on several hosts behind a load balancer", () => {
		const optimise = size("billify", "optimise");
		expect(optimise.workload).toEqual({ users: 1000 });
		expect(component(optimise, "app")).toMatchObject({ sku: "s-2vcpu-8gb-amd", count: { min: 4, max: 4 } });
		expect(component(optimise, "database").settings).toMatchObject({
			connections: 1000,
			poolSize: 200,
			maxConnections: 397,
		});
	});
});

import { SAMPLES } from "../lab.ts";

export const pool = { name: "pool", dbName: "defaultdb", mode: "transaction", size: 10 };

export const autoscale = {
	name: "pool",
	config: { minInstances: 1, maxInstances: 3, targetCpuUtilization: 0.7 },
	dropletTemplate: { ...SAMPLES.droplet, sshKeys: ["1"] },
};

import type { HostPlan } from "../../src/host/plan.ts";
import type { HostSecrets, HostSettings } from "../../src/host/settings.ts";
import type { Process } from "../../src/sizing/blueprint.ts";

/** A host of the app pool on DigitalOcean; every field can be told otherwise. */
export function hostPlan(told: Partial<HostPlan> = {}): HostPlan {
	return {
		provider: "digitalocean",
		stack: "prod",
		pool: "app",
		slot: 1,
		source: {
			kind: "bucket",
			endpoint: "https://fra1.digitaloceanspaces.com",
			region: "fra1",
			bucket: "tierstack-prod-settings-0a1b2c3",
			accessKey: "DO00READER0000000000",
			secretKey: "r".repeat(43),
		},
		...told,
	};
}

export function process(told: Partial<Process> = {}): Process {
	return {
		name: "web",
		kind: "web",
		command: null,
		memoryMib: 512,
		cpu: null,
		replicas: { min: 1, max: 1 },
		schedule: null,
		...told,
	};
}

/** Settings of the smallest host: no image, no names, no volume, no backup. */
export function hostSettings(told: Partial<HostSettings> = {}): HostSettings {
	return {
		schema: "tierstack.settings/1",
		stack: "prod",
		provider: "digitalocean",
		pool: "app",
		access: { sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ops@example"], sshFrom: [] },
		swapMib: null,
		volume: null,
		app: {
			image: null,
			compose: null,
			port: 8000,
			healthPath: "/health",
			mode: "plain",
			healthySeconds: 20,
			stopSeconds: 20,
			env: {},
			secretNames: [],
		},
		processes: [process()],
		proxy: {
			domains: [],
			tls: "host",
			email: null,
			acmeDirectory: null,
			maxBodyMib: 100,
			idleSeconds: 120,
			ratePerSecond: 50,
			burst: 100,
			trustedRanges: [],
		},
		database: null,
		backup: null,
		leader: { kind: "slot" },
		watch: { exporterAddress: null, dashboards: false, logs: null },
		...told,
	};
}

export function hostSecrets(told: Partial<HostSecrets> = {}): HostSecrets {
	return { env: {}, databasePassword: null, backup: null, registry: null, alertUrl: null, source: null, ...told };
}

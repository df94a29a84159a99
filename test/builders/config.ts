import type { StackConfig } from "../../src/config/stackConfig.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import type { StackInput } from "../../src/stack/input.ts";

/** A real ed25519 public key whose private half was thrown away. */
export const SSH_KEY =
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJvZ3VzLWtleS1vbmx5LWZvci10ZXN0cy0wMDAwMDAw ops@example.com";

/** A stack file after checking, for stack `prod` of ladder `shop`; what differs is said in the test. */
export function stackConfig(rest: Partial<StackConfig> = {}): StackConfig {
	return {
		stack: "prod",
		ladder: "shop",
		tier: "single",
		provider: "digitalocean",
		region: "fra1",
		workload: null,
		floors: "tier",
		months: null,
		domains: [],
		edge: "provider",
		app: {
			image: null,
			compose: null,
			registry: null,
			port: 8000,
			healthPath: "/health",
			sticky: false,
			env: {},
			processes: {},
		},
		access: { sshKeys: [SSH_KEY], sshFrom: ["203.0.113.7/32"] },
		alerts: { email: ["ops@example.com"], slack: null, webhook: null },
		logs: null,
		backup: { heartbeatUrl: null, heartbeatSecret: null },
		apply: "now",
		protect: "data",
		cidr: "10.0.0.0/16",
		pins: [],
		tolerate: { downtimeMinutes: 0, monthlyUsd: 0 },
		accept: [],
		retire: [],
		secretNames: [],
		...rest,
	};
}

/** What the program builds from. */
export function stackInput(
	blueprint: Blueprint,
	rest: { kept?: readonly Component[]; retiring?: readonly Component[]; config?: Partial<StackConfig> } = {},
): StackInput {
	return {
		blueprint,
		kept: rest.kept ?? [],
		retiring: rest.retiring ?? [],
		config: stackConfig({
			ladder: blueprint.ladder,
			tier: blueprint.tier,
			provider: blueprint.provider,
			region: blueprint.region,
			...rest.config,
		}),
	};
}

/** Names the tests' URNs carry. */
export const NAMES = { stack: "prod", project: "tierstack" };

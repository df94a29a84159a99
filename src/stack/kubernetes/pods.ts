import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Process } from "../../sizing/blueprint.ts";
import { RESPONDER_COMMAND, RESPONDER_IMAGE } from "./responder.ts";

type PodSpec = core.v1.PodSpec;

/** Names of the objects in the namespace. Fixed: they are addresses, and none holds a tier or a size. */
export const NAMESPACE = "app";
export const SETTINGS = "settings";
export const SECRETS = "secrets";
export const REGISTRY = "registry";

/** Label of the nodes that take the application; the cluster's own pool keeps the system's pods. */
export const NODE_LABEL = { "tierstack.dev/pool": "workers" } as const;

/** What all processes of the application share in a cluster. */
export interface PodFacts {
	/** null = the built-in responder answers for the web processes, and nothing else runs. */
	readonly image: string | null;
	/** Whether the image comes from a registry that asks who pulls. */
	readonly privateRegistry: boolean;
	readonly port: number;
	readonly healthPath: string;
	/** Seconds after a start within which the health path has to answer. */
	readonly healthySeconds: number;
	/** Seconds a process may take to finish its work when it is stopped. */
	readonly stopSeconds: number;
}

/** Seconds between two looks at the health path. */
const LOOK_SECONDS = 5;
/** Seconds in which the load balancer and the nodes stop sending to a pod that is about to end. */
const LEAVE_SECONDS = 10;
const ZONE = "topology.kubernetes.io/zone";
const NODE = "kubernetes.io/hostname";

/** Labels by which a process's pods are found. They stand in selectors, which cannot be changed. */
export function labelsOf(process: Process): Record<string, string> {
	return { "app.kubernetes.io/name": process.name, "app.kubernetes.io/component": process.kind };
}

/** Without an image only the responder can run, and it only answers requests. */
export function runnable(process: Process, facts: PodFacts): boolean {
	return facts.image !== null || process.kind === "web";
}

/** The pod of a process: what it may take, what it is told, when it counts as well, and where it may stand. */
export function podOf(process: Process, facts: PodFacts): PodSpec {
	const web = process.kind === "web";
	const cpu = process.cpu === null ? {} : { cpu: `${Math.round(process.cpu * 1000)}m` };
	const memory = process.memoryMib > 0 ? { memory: `${process.memoryMib}Mi` } : {};
	return {
		automountServiceAccountToken: false,
		terminationGracePeriodSeconds: facts.stopSeconds + (web ? LEAVE_SECONDS : 0),
		nodeSelector: NODE_LABEL,
		...(facts.privateRegistry ? { imagePullSecrets: [{ name: REGISTRY }] } : {}),
		...(process.kind === "timer" ? { restartPolicy: "OnFailure" } : { topologySpreadConstraints: spread(process) }),
		containers: [
			{
				name: "app",
				image: facts.image ?? RESPONDER_IMAGE,
				...commandOf(process, facts),
				envFrom: [{ configMapRef: { name: SETTINGS } }, { secretRef: { name: SECRETS } }],
				// Memory has a hard limit, as on a host. CPU above the request is lent while nobody else wants it.
				resources: { requests: { ...cpu, ...memory }, limits: memory },
				securityContext: { allowPrivilegeEscalation: false },
				...(web ? served(facts) : {}),
			},
		],
	};
}

function commandOf(process: Process, facts: PodFacts) {
	if (facts.image === null) return { command: RESPONDER_COMMAND };
	return process.command === null ? {} : { command: ["/bin/sh", "-c", `exec ${process.command}`] };
}

/** What only a process that answers requests has. */
function served({ port, healthPath, healthySeconds }: PodFacts) {
	const httpGet = { path: healthPath, port };
	return {
		ports: [{ containerPort: port }],
		env: [{ name: "PORT", value: `${port}` }],
		startupProbe: {
			httpGet,
			periodSeconds: LOOK_SECONDS,
			failureThreshold: Math.max(1, Math.ceil(healthySeconds / LOOK_SECONDS)),
		},
		readinessProbe: { httpGet, periodSeconds: LOOK_SECONDS, failureThreshold: 3 },
		lifecycle: { preStop: { sleep: { seconds: LEAVE_SECONDS } } },
	};
}

/** Evenly over zones, then over nodes, where there is room: better together than not at all. */
function spread(process: Process) {
	const rule = {
		maxSkew: 1,
		whenUnsatisfiable: "ScheduleAnyway",
		labelSelector: { matchLabels: labelsOf(process) },
	};
	return [ZONE, NODE].map((topologyKey) => ({ ...rule, topologyKey }));
}

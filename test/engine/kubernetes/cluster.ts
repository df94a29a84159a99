import type { Account } from "../cloud/account.ts";
import type { PropertyDiff } from "../cloud/diffInputs.ts";
import { canonical, isRecord, isUnknown, type Properties, record, text, type Value } from "../cloud/values.ts";
import { kindOf } from "./kinds.ts";

export interface Complaint {
	readonly property: string;
	readonly reason: string;
}

/** What is wrong with an object before it is sent: the provider checks against the cluster's own schema. */
export function checkObject(type: string, inputs: Properties): Complaint[] {
	const kind = kindOf(type);
	const complaints: Complaint[] = [];
	const complain = (property: string, reason: string) => complaints.push({ property, reason });
	const chart = kind.apiVersion === null;
	if (!chart && inputs.apiVersion !== kind.apiVersion) complain("apiVersion", `must be ${kind.apiVersion}`);
	if (!chart && inputs.kind !== kind.kind) complain("kind", `must be ${kind.kind}`);
	if (chart && text(inputs.chart) === "") complain("chart", "is missing");
	const allowed = chart ? kind.fields : ["apiVersion", "kind", "metadata", ...kind.fields];
	for (const key of Object.keys(inputs)) if (!allowed.includes(key)) complain(key, `unknown field "${key}"`);
	const metadata = identityOf(type, inputs);
	if (!isUnknown(metadata.name) && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text(metadata.name)))
		complain("metadata.name", "must be a DNS label");
	if (kind.namespaced && metadata.namespace === undefined) complain("metadata.namespace", "is missing");
	if (kind.spec !== null && isRecord(inputs.spec)) {
		for (const key of Object.keys(inputs.spec)) {
			if (!kind.spec.includes(key)) complain(`spec.${key}`, `unknown field "spec.${key}"`);
		}
		for (const key of kind.requiredSpec) if (inputs.spec[key] === undefined) complain(`spec.${key}`, "is missing");
	}
	return [...complaints, ...checkPods(record(inputs.spec))];
}

/** Where name and namespace stand. */
function identityOf(type: string, inputs: Properties): Properties {
	return kindOf(type).apiVersion === null ? inputs : record(inputs.metadata);
}

/** Namespaces that every cluster is born with. */
const OWN_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Pods a selector does not find, and ports no node has. */
function checkPods(spec: Properties): Complaint[] {
	const wanted = record(record(spec.selector).matchLabels);
	const given = record(record(record(spec.template).metadata).labels);
	const lost = spec.template === undefined ? [] : Object.keys(wanted).filter((key) => given[key] !== wanted[key]);
	const ports = (Array.isArray(spec.ports) ? spec.ports : []).map((port) => record(port).nodePort);
	const outside = ports.filter((port) => typeof port === "number" && (port < 30000 || port > 32767));
	return [
		...lost.map((key) => ({ property: "spec.selector", reason: `does not match the template's label ${key}` })),
		...outside.map((port) => ({ property: "spec.ports", reason: `nodePort ${port} is not within 30000-32767` })),
	];
}

/** What differs, a path a difference. */
export function diffObject(type: string, olds: Properties, news: Properties): PropertyDiff[] {
	const { replaces } = kindOf(type);
	const forced = (path: string) => replaces.some((each) => path === each || path.startsWith(`${each}.`));
	const walk = (path: string, before: Value | undefined, after: Value | undefined): PropertyDiff[] => {
		if (canonical(before) === canonical(after)) return [];
		if (isRecord(before) && isRecord(after)) {
			const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
			return keys.flatMap((key) => walk(path === "" ? key : `${path}.${key}`, before[key], after[key]));
		}
		const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
		return [{ path, kind, replaces: forced(path) }];
	};
	return walk("", olds, news);
}

/** One emulated cluster's API server; its objects lie in the account under the cluster's id. */
export class Cluster {
	readonly #account: Account;
	readonly #cluster: string;

	constructor(account: Account, cluster: string) {
		this.#account = account;
		this.#cluster = cluster;
	}

	create(type: string, inputs: Properties): string {
		const metadata = identityOf(type, inputs);
		const path = [text(metadata.namespace), text(metadata.name)].filter((part) => part !== "").join("/");
		this.#account.change((data) => {
			data.calls.push(`create ${kindOf(type).kind} ${path}`);
			const objects = data.resources.filter((each) => each.id.startsWith(`${this.#cluster}:`));
			if (!data.resources.some((each) => each.id === this.#cluster)) throw new Error(`no cluster ${this.#cluster}`);
			if (objects.some((each) => each.type === type && each.id === this.#key(path)))
				throw new Error(`${kindOf(type).kind} "${path}" already exists`);
			const { namespace } = metadata;
			const own = OWN_NAMESPACES.includes(text(namespace));
			if (namespace !== undefined && !own && !objects.some((each) => each.id === this.#key(text(namespace))))
				throw new Error(`namespaces "${text(namespace)}" not found`);
			const key = this.#key(path);
			data.resources.push({ id: key, type, inputs, state: inputs, createdAt: 0, resizedAt: 0, upgradingUntil: 0 });
		});
		return path;
	}

	update(type: string, path: string, inputs: Properties): void {
		this.#account.change((data) => {
			data.calls.push(`update ${kindOf(type).kind} ${path}`);
			const found = data.resources.find((each) => each.type === type && each.id === this.#key(path));
			if (found === undefined) throw new Error(`${kindOf(type).kind} "${path}" not found`);
			const fixed = diffObject(type, found.inputs, inputs).filter((diff) => diff.replaces);
			if (fixed.length > 0) throw new Error(`${fixed.map((diff) => diff.path).join(", ")}: field is immutable`);
			found.inputs = inputs;
			found.state = inputs;
		});
	}

	delete(type: string, path: string): void {
		this.#account.change((data) => {
			data.calls.push(`delete ${kindOf(type).kind} ${path}`);
			// A cluster that is gone took its objects along; a namespace takes what is in it.
			data.resources = data.resources.filter(
				(each) =>
					!(each.type === type && each.id === this.#key(path)) &&
					!(kindOf(type).kind === "Namespace" && each.id.startsWith(`${this.#key(path)}/`)),
			);
		});
	}

	read(type: string, path: string): Properties | null {
		const found = this.#account.read().resources.find((each) => each.type === type && each.id === this.#key(path));
		return found?.state ?? null;
	}

	#key(path: string): string {
		return `${this.#cluster}:${path}`;
	}
}

import { type ResourceTransformationArgs, type ResourceTransformationResult, secret } from "@pulumi/pulumi";
import {
	type RegisterResourceOutputsRequest,
	type RegisterResourceRequest,
	RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { MockCallArgs, MockCallResult, MockMonitor, Mocks } from "@pulumi/pulumi/runtime/mocks.js";
import { deserializeProperty } from "@pulumi/pulumi/runtime/rpc.js";
import { getProject, getStack } from "@pulumi/pulumi/runtime/settings.js";
import { BugError } from "../errors.ts";
import { roleOfType } from "../stack/component.ts";
import { cloudOf } from "./cloud.ts";
import { formerTypeAlias, formerTypesOf } from "./formerTypes.ts";
import { withLazyOutputs } from "./lazyOutputs.ts";
import { reference } from "./reference.ts";
import { secretIn } from "./secretForm.ts";
import { StandIns } from "./standIns.ts";

/** One registration as it reached the engine's border. */
export interface Recording {
	/** As the mocks name it: only the direct parent's type is in it. */
	readonly mockUrn: string;
	readonly type: string;
	readonly name: string;
	readonly parentMockUrn: string | null;
	readonly custom: boolean;
	/** In the engine's wire form: secrets wrapped. */
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly protect: boolean;
	readonly retainOnDelete: boolean;
	readonly deleteBeforeReplace: boolean | null;
	readonly ignoreChanges: readonly string[];
	readonly replaceOnChanges: readonly string[];
	readonly aliases: readonly string[];
	readonly dependsOn: readonly string[];
}

/** The stack itself, which the engine knows without being told. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

type Reply<Response> = (error: unknown, response: Response) => void;

/**
 * Pulumi's mocks that answer every output with a reference to itself, and write down each registration: the mocks
 * alone do not show protection, dependencies or ignored changes.
 *
 * Nothing here rejects: a problem is kept and told after the run, because a rejected registration leaves promises of
 * the runtime behind that nobody awaits.
 */
export class Recorder implements Mocks {
	readonly recordings: Recording[] = [];
	readonly problems: unknown[] = [];
	readonly standIns = new StandIns();
	/** Outputs of the stack in wire form. */
	outputs: Readonly<Record<string, unknown>> = {};
	readonly #domains: readonly string[];
	/** What the cloud would know of each resource, in wire form. */
	readonly #known = new Map<string, Readonly<Record<string, unknown>>>();
	readonly #formerTypes = new Map<string, readonly string[]>();
	readonly #secretOutputs = new Map<string, ReadonlySet<string>>();

	constructor(domains: readonly string[]) {
		this.#domains = domains;
	}

	/** Runs the program; what it throws becomes a problem. */
	attempt(program: () => object): object {
		try {
			return program();
		} catch (error) {
			this.problems.push(error);
			return {};
		}
	}

	/** Every output a resource has is among the properties its class hands over, inputs or not. */
	learnOutputs(args: ResourceTransformationArgs): ResourceTransformationResult {
		const lean = withLazyOutputs(args, (name) => this.#output(args, name));
		const formerTypes = formerTypesOf(args.opts);
		if (formerTypes === null) return lean;
		this.#formerTypes.set(keyOf(args), formerTypes);
		return { ...lean, opts: { ...lean.opts, aliases: [] } };
	}

	/** An input as it was sent, what the cloud is known to answer, or a reference to what nobody knows yet. */
	#output(resource: { readonly type: string; readonly name: string }, output: string): unknown {
		const key = keyOf(resource);
		const known = this.#known.get(key)?.[output];
		if (known === undefined) {
			const whole = reference(resource.name, output);
			return this.#secretOutputs.get(key)?.has(output) === true ? secret(whole) : whole;
		}
		const value: unknown = deserializeProperty(known);
		const hidden = typeof value === "object" && value !== null ? secretIn(value) : undefined;
		return hidden === undefined ? value : secret(hidden.value);
	}

	/** Stands before the monitor: registrations are answered and written down here, all else by the mocks as ever. */
	listenTo(monitor: Pick<MockMonitor, "registerResource" | "registerResourceOutputs">): void {
		monitor.registerResource = async (request: RegisterResourceRequest, reply: Reply<RegisterResourceResponse>) => {
			const inputs = request.getObject()?.toJavaScript() ?? {};
			const response = new RegisterResourceResponse();
			response.setUrn(mockUrn(request));
			response.setId(this.#answer(request, inputs));
			response.setObject(request.getObject());
			this.#write(request, inputs, response.getUrn());
			reply(null, response);
		};
		monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, reply: Reply<object>) => {
			if (typeIn(request.getUrn()) === STACK_TYPE) this.outputs = request.getOutputs()?.toJavaScript() ?? {};
			reply(null, {});
		};
	}

	/** The id of a resource that is registered. */
	#answer(request: RegisterResourceRequest, inputs: Readonly<Record<string, unknown>>): string {
		const resource = { type: request.getType(), name: request.getName() };
		if (!request.getCustom()) {
			if (resource.type !== STACK_TYPE && roleOfType(resource.type) === null) {
				this.problems.push(new BugError(`the model met a component of the unknown type ${resource.type}`));
			}
			return "";
		}
		const cloud = cloudOf(resource.type);
		if (cloud === null) {
			this.problems.push(new BugError(`the model met a resource of the unknown type ${resource.type}`));
		}
		const shapes = cloud?.shapes?.(resource.type, resource.name, inputs) ?? {};
		this.#known.set(keyOf(resource), { ...inputs, ...shapes });
		this.#secretOutputs.set(keyOf(resource), new Set(request.getAdditionalsecretoutputsList()));
		return this.standIns.id(resource.type, resource.name);
	}

	/** Part of the mocks that is never asked: registrations do not reach them. */
	newResource(): never {
		throw new BugError("a registration went past the recorder");
	}

	call(args: MockCallArgs): MockCallResult {
		const answer = cloudOf(args.token)?.lookup(args.token, this.#domains, args.inputs) ?? null;
		if (answer !== null) return answer;
		this.problems.push(new BugError(`the model met the unknown lookup ${args.token}`));
		return {};
	}

	#write(request: RegisterResourceRequest, inputs: Readonly<Record<string, unknown>>, mockUrn: string): void {
		const formerTypes = this.#formerTypes.get(keyOf({ type: request.getType(), name: request.getName() })) ?? [];
		this.recordings.push({
			mockUrn,
			type: request.getType(),
			name: request.getName(),
			parentMockUrn: request.getParent() || null,
			custom: request.getCustom(),
			inputs,
			protect: request.getProtect() ?? false,
			retainOnDelete: request.getRetainondelete() ?? false,
			deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : null,
			ignoreChanges: request.getIgnorechangesList(),
			replaceOnChanges: request.getReplaceonchangesList(),
			aliases: [
				...formerTypes.map((type) => formerTypeAlias(type, request.getParent())),
				...request.getAliasesList().map((alias) => alias.getUrn() || JSON.stringify(alias.getSpec()?.toObject() ?? {})),
			],
			dependsOn: request.getDependenciesList(),
		});
	}
}

function keyOf(resource: { readonly type: string; readonly name: string }): string {
	return `${resource.type}::${resource.name}`;
}

/** A URN as the mocks make them: of the parents' types, only the direct one's is in it. */
function mockUrn(request: RegisterResourceRequest): string {
	const parent = request.getParent();
	const type = parent === "" ? request.getType() : `${typeIn(parent)}$${request.getType()}`;
	return `urn:pulumi:${getStack()}::${getProject()}::${type}::${request.getName()}`;
}

/** Type part of a URN, without its parents. */
function typeIn(urn: string): string {
	return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

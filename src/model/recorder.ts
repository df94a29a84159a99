import { type ResourceTransformationArgs, type ResourceTransformationResult, secret } from "@pulumi/pulumi";
import type {
	RegisterResourceOutputsRequest,
	RegisterResourceRequest,
	RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type {
	MockCallArgs,
	MockCallResult,
	MockMonitor,
	MockResourceArgs,
	MockResourceResult,
	Mocks,
} from "@pulumi/pulumi/runtime/mocks.js";
import { BugError } from "../errors.ts";
import { roleOfType } from "../stack/component.ts";
import type { Plain } from "../words.ts";
import { cloudOf } from "./cloud.ts";
import { withLazyOutputs } from "./lazyOutputs.ts";
import { reference } from "./reference.ts";
import { asSecret } from "./secretForm.ts";
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

type RegisterReply = (error: unknown, response: RegisterResourceResponse | undefined) => void;

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
	readonly #outputNames = new Map<string, readonly string[]>();
	readonly #secretOutputs = new Map<string, ReadonlySet<string>>();
	readonly #shapes = new Map<string, Readonly<Record<string, Plain>>>();

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

	/**
	 * Every output a resource has is among the properties its class hands over, inputs or not. Those that are no inputs
	 * are answered here when the program reads them, the others by the mocks as the engine would.
	 */
	learnOutputs(args: ResourceTransformationArgs): ResourceTransformationResult | undefined {
		if (cloudOf(args.type) === null) return undefined;
		const key = keyOf(args);
		const result = withLazyOutputs(args, (name) => {
			const shape = this.#shapes.get(key)?.[name];
			if (shape !== undefined) return shape;
			const whole = reference(args.name, name);
			return this.#secretOutputs.get(key)?.has(name) === true ? secret(whole) : whole;
		});
		this.#outputNames.set(key, Object.keys(result.props));
		return result;
	}

	/** Puts an ear to the monitor: each request is answered by the mocks as ever, and written down. */
	listenTo(monitor: Pick<MockMonitor, "registerResource" | "registerResourceOutputs">): void {
		const register = monitor.registerResource.bind(monitor);
		const finish = monitor.registerResourceOutputs.bind(monitor);
		monitor.registerResource = (request: RegisterResourceRequest, reply: RegisterReply) => {
			const secrets = new Set(request.getAdditionalsecretoutputsList());
			this.#secretOutputs.set(keyOf({ type: request.getType(), name: request.getName() }), secrets);
			return register(request, (error, response: RegisterResourceResponse | undefined) => {
				if (response !== undefined) this.#write(request, response.getUrn());
				reply(error, response);
			});
		};
		monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, reply) => {
			if (typeIn(request.getUrn()) === STACK_TYPE) this.outputs = request.getOutputs()?.toJavaScript() ?? {};
			finish(request, reply);
		};
	}

	newResource(args: MockResourceArgs): MockResourceResult {
		if (args.custom !== true) {
			if (args.type !== STACK_TYPE && roleOfType(args.type) === null) {
				this.problems.push(new BugError(`the model met a component of the unknown type ${args.type}`));
			}
			return { id: undefined, state: {} };
		}
		if (cloudOf(args.type) === null) {
			this.problems.push(new BugError(`the model met a resource of the unknown type ${args.type}`));
		}
		const secret = this.#secretOutputs.get(keyOf(args));
		const state: Record<string, unknown> = {};
		for (const name of this.#outputNames.get(keyOf(args)) ?? []) {
			const own = args.inputs[name];
			const value = own === undefined ? reference(args.name, name) : own;
			state[name] = own === undefined && secret?.has(name) ? asSecret(value) : value;
		}
		const shapes = cloudOf(args.type)?.shapes?.(args.type, args.name, args.inputs) ?? {};
		this.#shapes.set(keyOf(args), shapes);
		Object.assign(state, shapes);
		return { id: this.standIns.id(args.type, args.name), state };
	}

	call(args: MockCallArgs): MockCallResult {
		const answer = cloudOf(args.token)?.lookup(args.token, this.#domains, args.inputs) ?? null;
		if (answer !== null) return answer;
		this.problems.push(new BugError(`the model met the unknown lookup ${args.token}`));
		return {};
	}

	#write(request: RegisterResourceRequest, mockUrn: string): void {
		this.recordings.push({
			mockUrn,
			type: request.getType(),
			name: request.getName(),
			parentMockUrn: request.getParent() || null,
			custom: request.getCustom(),
			inputs: request.getObject()?.toJavaScript() ?? {},
			protect: request.getProtect() ?? false,
			retainOnDelete: request.getRetainondelete() ?? false,
			deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : null,
			ignoreChanges: request.getIgnorechangesList(),
			replaceOnChanges: request.getReplaceonchangesList(),
			aliases: request
				.getAliasesList()
				.map((alias) => alias.getUrn() || JSON.stringify(alias.getSpec()?.toObject() ?? {})),
			dependsOn: request.getDependenciesList(),
		});
	}
}

function keyOf(resource: { readonly type: string; readonly name: string }): string {
	return `${resource.type}::${resource.name}`;
}

/** Type part of a URN, without its parents. */
function typeIn(urn: string): string {
	return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

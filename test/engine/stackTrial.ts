import { join } from "node:path";
import { expect } from "vitest";
import { WHOLE_STACK } from "../../src/config/stackConfig.ts";
import { ladderFolder } from "../../src/knownWords.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { sizeStack } from "../../src/sizeStack.ts";
import type { Blueprint, Component } from "../../src/sizing/blueprint.ts";
import { buildStack, loadBuilder } from "../../src/stack/buildStack.ts";
import type { StackInput } from "../../src/stack/input.ts";
import type { StackOutputs } from "../../src/stack/outputs.ts";
import type { Provider } from "../../src/words.ts";
import { stackConfig, stackInput } from "../builders/config.ts";
import type { Run } from "./events.ts";
import { engineOps, expectedOps, readable } from "./oracle.ts";
import { compileProgram } from "./plugins/buildPlugins.ts";
import { Workspace } from "./workspace.ts";

type DesiredState = Awaited<ReturnType<typeof buildModel>>;

const STACK = "prod";
const NAMES = { stack: STACK, project: "trial" };
/** A run of the largest tiers on a busy machine. */
const LIMIT = { limit: 400_000 };
/** Cool-downs and upgrades are over by then. */
const HOURS_BETWEEN_UPDATES = 2;

/** One stack on the real engine beside its model: every step of the one is held against the other. */
export class StackTrial {
	readonly workspace: Workspace;
	/** What the stack was last brought to. */
	#here: { readonly input: StackInput; readonly model: DesiredState } | null = null;

	/** What the program is to build, as its file says. */
	#written = "";

	private constructor(workspace: (program: () => Promise<StackOutputs>) => Workspace) {
		this.workspace = workspace(async () => {
			const input: StackInput = JSON.parse(this.#written);
			await loadBuilder(input.blueprint.provider);
			return buildStack(input);
		});
	}

	/** A trial whose program and clouds run inside the test's own process. */
	static start(): Promise<StackTrial> {
		return StackTrial.#start((inside) => new Workspace({ inside }));
	}

	/** A trial with a process for everything, as a person's `pulumi` starts them, at three times the cost. */
	static async startProcesses(): Promise<StackTrial> {
		const program = await compileProgram(join(import.meta.dirname, "stackProgram.ts"));
		return StackTrial.#start(() => new Workspace({ program }));
	}

	static async #start(workspace: (program: () => Promise<StackOutputs>) => Workspace): Promise<StackTrial> {
		const trial = new StackTrial(workspace);
		await trial.workspace.createStack(STACK);
		return trial;
	}

	/** Brings the stack to a blueprint: the engine does what the model says. */
	async up(input: StackInput): Promise<Run> {
		const model = await this.#write(input);
		this.workspace.account.advance(HOURS_BETWEEN_UPDATES);
		const run = await this.workspace.up(STACK, LIMIT);
		expect(run.code, run.output).toBe(0);
		expect(readable(engineOps(run.steps))).toEqual(readable(expectedOps(this.#here?.model ?? null, model)));
		this.#here = { input, model };
		return run;
	}

	/** A second run of the same changes nothing. */
	async expectQuiet(): Promise<void> {
		const again = await this.workspace.up(STACK, LIMIT);
		expect(again.code, again.output).toBe(0);
		expect(readable(engineOps(again.steps))).toEqual([]);
	}

	/** Previews a move without making it, and returns how many resources the two agree on. */
	async preview(input: StackInput): Promise<number> {
		const model = await this.#write(input);
		const run = await this.workspace.preview(STACK, LIMIT);
		if (this.#here !== null && input.blueprint.provider === "digitalocean" && volumeShrinks(this.#here.input, input)) {
			// The provider refuses this already in the plan (trap 26), so the engine has no operations to compare.
			expect(run.output).toContain("can only be expanded and not shrunk");
			return 0;
		}
		expect(run.code, run.output).toBe(0);
		expect(readable(engineOps(run.steps))).toEqual(readable(expectedOps(this.#here?.model ?? null, model, "preview")));
		return run.steps.length;
	}

	/**
	 * The whole end as the stack file says it: one update lifts every protection and takes the snapshots, then
	 * `pulumi destroy` goes through as it is.
	 */
	async end(): Promise<void> {
		const input = this.#here?.input;
		if (input === undefined) throw new Error("a stack that never was cannot end");
		const retire = [{ resource: WHOLE_STACK, backup: null }];
		await this.up({ ...input, config: { ...input.config, retire } });
		const destroyed = await this.workspace.destroy(STACK, LIMIT);
		expect(destroyed.code, destroyed.output).toBe(0);
	}

	/** What a move to a blueprint builds from: the things with data in them that it does not ask for are kept. */
	inputFor(blueprint: Blueprint, rest: Partial<Pick<StackInput, "kept" | "retiring">> = {}): StackInput {
		const before = this.#here?.input;
		const left = before === undefined ? [] : [...before.kept, ...before.retiring, ...before.blueprint.components];
		const kept = left.filter(
			(component) =>
				component.stateful &&
				component.sku !== "on-host" &&
				!blueprint.components.some((wanted) => sameThing(component, wanted)),
		);
		return stackInput(blueprint, { kept, ...rest });
	}

	async #write(input: StackInput): Promise<DesiredState> {
		this.#written = JSON.stringify(input);
		this.workspace.writeFile(`input.${STACK}.json`, this.#written);
		return await buildModel(input, NAMES);
	}
}

/** The blueprint of a tier as the program sizes it. */
export function tierBlueprint(ladder: string, tier: string, provider: Provider = "digitalocean"): Blueprint {
	const ladders = ladderFolder(join(import.meta.dirname, "../../tiers"));
	const region = provider === "digitalocean" ? "fra1" : ladders.load(ladder).regions[provider];
	return sizeStack(stackConfig({ ladder, tier, provider, region }), ladders);
}

/** Whether two components are the same thing in the cloud: a managed database is not the one on the host. */
function sameThing(one: Component, other: Component): boolean {
	const sameKind = one.settings.kind === other.settings.kind;
	return one.role === other.role && one.name === other.name && sameKind && other.sku !== "on-host";
}

function volumeShrinks(from: StackInput, to: StackInput): boolean {
	const [before, after] = [from, to].map((input) => {
		const volume = [...input.blueprint.components, ...input.kept, ...input.retiring].find(
			({ name }) => name === "data",
		);
		return typeof volume?.settings.storageGb === "number" ? volume.settings.storageGb : null;
	});
	return before !== null && after !== null && before !== undefined && after !== undefined && after < before;
}

import type { Problem } from "../../errors.ts";
import type { StackInput } from "../../stack/input.ts";
import { attempt } from "../attempt.ts";
import { EXIT } from "../exit.ts";
import { findProject, loadStack, type Project } from "../project.ts";
import { SIDES_SCHEMA } from "../pullRequest/ownProgram.ts";
import type { SideAt } from "../pullRequest/sideAt.ts";
import type { Line, Shell } from "../shell.ts";

/** Input of the program and names of its URNs, as the program itself writes them. */
interface Asked {
	readonly input: StackInput;
	readonly names: { readonly stack: string; readonly project: string };
}

/**
 * `tierstack model`: the desired state of an input, for the program's guard, which cannot run the model in its own
 * process. `tierstack model <stacks...>`: what the files here ask for, for `tierstack pr` of a newer program.
 */
export async function model({ io }: Shell, { args: stacks }: Line): Promise<number> {
	if (stacks.length > 0) {
		const project = findProject(io.cwd);
		const sides: Record<string, SideAt> = {};
		for (const stack of stacks) sides[stack] = await sideHere(project, stack);
		// Not as for people: digests of secrets stay, so that a changed one shows.
		io.stdout(JSON.stringify({ schema: SIDES_SCHEMA, sides }));
		return EXIT.done;
	}
	const { input, names }: Asked = JSON.parse(await io.stdin());
	const { buildModel } = await import("../../model/buildModel.ts");
	// Not as for people: digests of secrets stay, so that a changed one shows. What is digested are stand-ins, no secret.
	io.stdout(JSON.stringify(await buildModel(input, names)));
	return EXIT.done;
}

async function sideHere(project: Project, stack: string): Promise<SideAt> {
	const { buildSide } = await import("../sides.ts");
	const problems: Problem[] = [];
	const loaded = attempt(() => loadStack(project, stack), problems);
	if (loaded === null) return { kind: "broken", problems };
	return { kind: "stands", side: await buildSide(loaded.side, stack, project.dir), note: loaded.note };
}

import { problem, UserError } from "../../errors.ts";
import { renderBlueprint } from "../../render/blueprint.ts";
import { renderChangeSet } from "../../render/changeSet.ts";
import { renderEngineFindings } from "../../render/engineView.ts";
import { renderJson } from "../../render/json.ts";
import { resizeText } from "../../render/resizing.ts";
import { paint } from "../../render/style.ts";
import { sizeStack } from "../../sizeStack.ts";
import { readBaseline } from "../baseline.ts";
import { EXIT, verdictCode } from "../exit.ts";
import { findProject, loadStack, type Project } from "../project.ts";
import type { Line, Shell } from "../shell.ts";
import type { Side } from "../side.ts";
import { nextTierOf } from "../sizing.ts";

/** `tierstack preview <stack> [--next]`, `tierstack preview <stack> --engine` */
export async function preview(shell: Shell, { args: [stack = ""], options }: Line): Promise<number> {
	const { io, json } = shell;
	const project = findProject(io.cwd);
	if (options.engine === true) return engine(shell, project, stack, options);
	const loaded = loadStack(project, stack);
	const { config, blueprint } = loaded.side;
	// The model brings Pulumi's library: loaded only once the files are known to be right.
	const { compareSides } = await import("../sides.ts");
	const { offerResize } = await import("../resizing.ts");
	const place = { today: io.today, projectDir: project.dir };
	const baseline = readBaseline(project.dir, stack);
	const changes = await compareSides(baseline.side, { config, blueprint }, baseline.base, stack, place);
	const resize = await offerResize(loaded, project, place);
	const notes = [baseline.note, loaded.note].filter((note) => note !== null);
	const above = options.next === true ? nextTierOf(project.ladders.load(config.ladder), config.tier) : null;
	const next = above === null ? null : await toTier(loaded.side, above.id);

	async function toTier(from: Side, tier: string) {
		const raised = { ...from.config, tier };
		const to = { config: raised, blueprint: sizeStack(raised, project.ladders, loaded.lock) };
		return compareSides(from, to, { kind: "tier", ref: from.config.tier }, stack, place);
	}

	if (json) {
		const asked = options.next === true ? { next } : {};
		const told = { blueprint, changes, note: notes.length === 0 ? null : notes.join("; "), resize };
		io.stdout(renderJson({ schema: "tierstack.preview/1", ...told, ...asked }));
	} else {
		const heading = (text: string) => `\n${paint(io.style, "strong", text)}\n`;
		io.stdout(renderBlueprint(blueprint, io.style));
		io.stdout(heading("== What the files here would change"));
		io.stdout(renderChangeSet(changes, io.style));
		for (const note of notes) io.stdout(`Note: ${note}\n`);
		if (resize !== null) io.stdout(`${resizeText(stack, resize)}\n`);
		if (options.next === true) {
			io.stdout(heading(`== What the next tier would change`));
			io.stdout(
				next === null ? `${config.tier} is the last tier of ${config.ladder}\n` : renderChangeSet(next, io.style),
			);
		}
	}
	return options.exitCode === true ? verdictCode(changes) : EXIT.done;
}

/** Against what is deployed, by the real engine. */
async function engine({ io, json }: Shell, project: Project, stack: string, options: Line["options"]): Promise<number> {
	if (options.next === true) {
		const text = "the engine knows what the files here ask for, and no other tier: take --next or --engine";
		throw new UserError([problem(text, { key: "--next" })]);
	}
	const { side, note } = loadStack(project, stack);
	const { previewWithEngine } = await import("../enginePreview.ts");
	const { keepingFirst, keepingPins } = await import("../promotion/keepingPins.ts");
	const place = { today: io.today, projectDir: project.dir };
	const view = await previewWithEngine(side, stack, place, io.env);
	const keep = await keepingPins(side, view, project, place);
	const notes = [note, view.note].filter((each) => each !== null);
	const changes = keepingFirst(view.changes, keep);
	const told = { ...view, changes, keep, note: notes.length === 0 ? null : notes.join("; ") };
	if (json) io.stdout(renderJson({ schema: "tierstack.preview/1", blueprint: side.blueprint, ...told }));
	else {
		io.stdout(renderChangeSet(changes, io.style));
		io.stdout(renderEngineFindings(told, io.style));
	}
	return options.exitCode === true ? verdictCode(view.changes) : EXIT.done;
}

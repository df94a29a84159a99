import { loadStackFile } from "../../config/loadStackFile.ts";
import { renderFindings } from "../../render/findings.ts";
import { renderJson } from "../../render/json.ts";
import { sizeStack } from "../../sizeStack.ts";
import { check } from "../doctor/checks.ts";
import { gather } from "../doctor/gather.ts";
import { needsOf } from "../doctor/needs.ts";
import { EXIT } from "../exit.ts";
import { findProject, stackFile } from "../project.ts";
import type { Line, Shell } from "../shell.ts";

/** `tierstack doctor [stack]`: 1 when something is missing. */
export async function doctor({ io, json }: Shell, { args: [stack] }: Line): Promise<number> {
	const project = findProject(io.cwd);
	const config = stack === undefined ? null : loadStackFile(stackFile(project, stack), project.known);
	const needs = config === null ? null : needsOf(config, sizeStack(config, project.ladders));
	const findings = check(await gather(project.dir, io.env, needs), needs);
	io.stdout(json ? renderJson({ schema: "tierstack.doctor/1", findings }) : renderFindings(findings, io.style));
	return findings.some(({ status }) => status === "missing") ? EXIT.error : EXIT.done;
}

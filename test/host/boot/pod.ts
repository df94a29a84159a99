import type { Ran } from "./machine.ts";
import type { Overlay } from "./overlay.ts";

/** What a job's pod says of a container. */
interface Container {
	readonly image: string;
	readonly command: readonly string[];
	readonly env?: readonly { readonly name: string; readonly value: string }[];
}

/** Shells of the images: BusyBox's on Alpine, bash where the image has no other. */
const SHELLS: readonly (readonly [RegExp, readonly string[]])[] = [
	[/^(postgres:.*-alpine|restic\/restic:.*)$/, ["/usr/local/bin/busybox", "sh"]],
	[/^mysql:/, ["/bin/bash", "--posix"]],
];

/**
 * Runs the pod of a job as a cluster does: its first containers one after the other, each only when the one before
 * went well, then the last; variables in commands filled in from the environment. One root stands for all images.
 */
export async function runJob(
	root: Overlay,
	spec: object,
	environment: Readonly<Record<string, string>>,
	override: Readonly<Record<string, string>> = {},
): Promise<Ran> {
	let said = "";
	for (const { image, command, env = [] } of containersOf(spec)) {
		const own = Object.fromEntries(env.map(({ name, value }) => [name, value]));
		const told: Record<string, string> = { ...environment, ...own, ...override };
		const filled = command.map((word) => word.replace(/\$\((\w+)\)/g, (whole, name: string) => told[name] ?? whole));
		const shell = SHELLS.find(([pattern]) => filled[0] === "/bin/sh" && pattern.test(image))?.[1];
		const done = await root.ask(
			{ ...told, PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
			...(shell === undefined ? filled : [...shell, ...filled.slice(1)]),
		);
		said += `${done.out}\n`;
		if (done.code !== 0) return { code: done.code, out: said.trim() };
	}
	return { code: 0, out: said.trim() };
}

/** Scripts of a job that a shell runs. */
export function scriptsOf(spec: object): readonly string[] {
	return containersOf(spec).flatMap(({ command }) => (command[0] === "/bin/sh" ? [command[2] ?? ""] : []));
}

/** Read as a cluster reads it, from its JSON. */
function containersOf(spec: object): readonly Container[] {
	const read: {
		jobTemplate: { spec: { template: { spec: { initContainers?: Container[]; containers: Container[] } } } };
	} = JSON.parse(JSON.stringify(spec));
	const { initContainers = [], containers } = read.jobTemplate.spec.template.spec;
	return [...initContainers, ...containers];
}

import { parse } from "yaml";
import { z } from "zod";
import { type Problem, problem } from "../errors.ts";
import { readYaml } from "../yamlText.ts";

/*
 * A team's compose file is run as it is written. What is read here is only what no host can do with it, so that it is
 * told before anything happens, and which services would not come back by themselves.
 */

const words = z.union([z.string(), z.number()]);
const schema = z.looseObject({
	include: z.unknown().optional(),
	services: z.record(
		z.string(),
		z.looseObject({
			build: z.unknown().optional(),
			image: z.string().optional(),
			restart: z.string().optional(),
			deploy: z.looseObject({ restart_policy: z.unknown().optional() }).optional(),
			extends: z.union([z.string(), z.looseObject({ file: z.string().optional() })]).optional(),
			ports: z.array(z.union([words, z.looseObject({ published: words.optional() })])).optional(),
			volumes: z.array(z.union([z.string(), z.looseObject({ source: z.string().optional() })])).optional(),
			env_file: z.union([z.string(), z.array(z.union([z.string(), z.looseObject({ path: z.string() })]))]).optional(),
		}),
	),
});
type Service = z.infer<typeof schema>["services"][string];

/** The service that serves traffic. */
export const WEB = "web";
/** Ports of the host that its own proxy holds, and the one it reaches the application at. */
const TAKEN = [80, 443, 8001];

/**
 * What keeps a compose file from running on a host that has nothing but the file itself.
 *
 * @param fileName as the stack file names it.
 * @throws UserError when it is no YAML.
 */
export function checkCompose(text: string, fileName: string): readonly Problem[] {
	const { value, lineOf } = readYaml(text, fileName);
	const found = schema.safeParse(value);
	// What is no compose file for another reason the container engine tells, in its own words.
	if (!found.success) return [];
	const { services, include } = found.data;
	const tell = (said: string, ...path: string[]) => problem(said, { file: fileName, line: lineOf(path) });
	return [
		...(include === undefined
			? []
			: [tell("includes other files, which hosts do not have; write one file", "include")]),
		...(WEB in services
			? []
			: [tell(`has no service "${WEB}", which is the one that requests are sent to`, "services")]),
		...Object.entries(services).flatMap(([name, service]) =>
			hindrances(service).map((said) => tell(`service "${name}" ${said}`, "services", name)),
		),
	];
}

function hindrances(service: Service): string[] {
	const built = service.build !== undefined && service.image === undefined;
	const beside = [
		...[service.env_file ?? []].flat().map((each) => (typeof each === "string" ? each : each.path)),
		...(service.volumes ?? []).map(sourceOf).filter((path) => /^[.~]/.test(path)),
		...(typeof service.extends === "object" && service.extends.file !== undefined ? [service.extends.file] : []),
	];
	const taken = (service.ports ?? []).flatMap(published).filter((port) => TAKEN.includes(port));
	return [
		...(built ? ["is built from sources, which hosts do not have; name its image"] : []),
		...beside.map(
			(path) => `needs ${path} from beside the compose file, which hosts do not have; put it into the image`,
		),
		...taken.map(
			(port) => `publishes port ${port}, which the host's own proxy has; leave it out, the proxy sends to "${WEB}"`,
		),
	];
}

/** What a mount takes its files from: a path, or the name of a volume. */
function sourceOf(mount: NonNullable<Service["volumes"]>[number]): string {
	return typeof mount === "string" ? (mount.split(":")[0] ?? "") : (mount.source ?? "");
}

/** Port of the host that an entry takes; none when it is left to the engine, or to a variable. */
function published(entry: NonNullable<Service["ports"]>[number]): number[] {
	const text = typeof entry === "object" ? `${entry.published ?? ""}:` : `${entry}`;
	const parts = text.replace(/\/\w+$/, "").split(":");
	const port = parts.at(-2) ?? "";
	return /^\d+$/.test(port) ? [Number(port)] : [];
}

/**
 * What is added to services that name no policy of their own: `web` always comes back, others when they fail. One that
 * ends well, such as a migration, has done its work.
 */
export function restartsOf(text: string): Record<string, { restart: string }> {
	const found = schema.safeParse(lenient(text));
	if (!found.success) return {};
	return Object.fromEntries(
		Object.entries(found.data.services)
			.filter(([, { restart, deploy }]) => restart === undefined && deploy?.restart_policy === undefined)
			.map(([name]) => [name, { restart: name === WEB ? "unless-stopped" : "on-failure" }]),
	);
}

function lenient(text: string): unknown {
	try {
		return parse(text, { merge: true });
	} catch {
		return null;
	}
}

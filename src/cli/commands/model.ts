import { renderJson } from "../../render/json.ts";
import type { StackInput } from "../../stack/input.ts";
import { EXIT } from "../exit.ts";
import type { Shell } from "../shell.ts";

/** Input of the program and names of its URNs, as the program itself writes them. */
interface Asked {
	readonly input: StackInput;
	readonly names: { readonly stack: string; readonly project: string };
}

/** `tierstack model`: for the program's guard, which cannot run the model in its own process. */
export async function model({ io }: Shell): Promise<number> {
	const { input, names }: Asked = JSON.parse(await io.stdin());
	const { buildModel } = await import("../../model/buildModel.ts");
	io.stdout(renderJson(await buildModel(input, names)));
	return EXIT.done;
}

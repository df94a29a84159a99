import { Command } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { BugError } from "../errors.ts";
import type { Run, Shell } from "./shell.ts";

/** The commands with their words; the code of each is loaded when it is called. */
export function buildProgram(shell: Shell, done: (code: number) => void): Command {
	const program = new Command("tierstack")
		.description("Sizes a tier, and shows what a move from tier to tier does, before anything happens.")
		.version(packageJson.version)
		.helpCommand(true)
		.exitOverride()
		.configureOutput({
			writeOut: shell.io.stdout,
			writeErr: () => undefined,
			getOutHelpWidth: () => shell.io.style.width,
		})
		.showSuggestionAfterError(false);

	const add = (parent: Command, usage: string, description: string) =>
		parent.command(usage).description(description).option("--json", "print JSON, the same bytes for the same input");
	const run =
		(load: () => Promise<Run>) =>
		async (...words: readonly unknown[]) => {
			const command = words.at(-1);
			if (!(command instanceof Command)) throw new BugError("the command line's reader changed its arguments");
			const main = await load();
			done(await main(shell, { args: command.args, options: command.opts() }));
		};

	add(program, "tiers [ladder]", "the ladders, or one ladder's tiers: capacity, sizes, $/month, the plan's own range")
		.option("--provider <provider>", "digitalocean or aws (default: the plan's own, tier by tier)")
		.action(run(async () => (await import("./commands/tiers.ts")).tiers));

	add(program, "size <ladder> [metrics...]", "what a tier takes and costs; without --tier, which tier a workload needs")
		.option("--tier <tier>", "size this tier")
		.option("--provider <provider>", "digitalocean or aws (default: the plan's own)")
		.option("--region <region>", "region of the provider (default: the ladder's)")
		.option("--workload <file>", "measured figures as JSON from a file, or - for standard input")
		.option("--floors <floors>", "tier: never below the plan's floors; ignore: the workload alone decides", "tier")
		.option("--months <months>", "months of growth to size for (default: the ladder's)")
		.option("--explain", "each choice as a table: required, chosen, the next cheaper and why not, cost")
		.option("--reserved", "also the price for whoever commits to machines and databases for a year")
		.option("--exit-code", "2 near a limit or too big, 3 past a limit")
		.action(run(async () => (await import("./commands/size.ts")).size));

	add(program, "preview <stack>", "what a stack is, and what the edited files would change, against git HEAD")
		.option("--next", "also the change set to the next tier")
		.option("--engine", "ask the real engine: what is deployed, what it would do, what drifted (backend and login)")
		.option("--exit-code", "0 nothing to change, 2 safe changes, 3 needs acceptance, 4 blocked")
		.action(run(async () => (await import("./commands/preview.ts")).preview));

	add(program, "diff <target> [from] [to]", "what moving does: a stack with --to, or a ladder from tier to tier")
		.option("--to <tier>", "tier to move the stack to")
		.option("--provider <provider>", "digitalocean or aws, for a ladder (default: the from tier's)")
		.option("--region <region>", "region of the provider, for a ladder (default: the ladder's)")
		.option("--exit-code", "0 nothing to change, 2 safe changes, 3 needs acceptance, 4 blocked")
		.action(run(async () => (await import("./commands/diff.ts")).diff));

	const answered = (command: Command) =>
		command
			.option("--dry-run", "show everything, write nothing")
			.option("--yes", "write without asking")
			.option("--accept <risk>", "risk to answer for, or skip-tier; several with commas or again", collect, [])
			.option("--reason <text>", "why, written down with each accepted risk")
			.option("--by <name>", "who accepts (default: git's user.name)")
			.option("--backup <id>", "backup an accepted data-loss rests on, resource=id for several", collect, []);

	answered(add(program, "promote <stack> [tier]", "moves a stack to a tier, by its file: the next one up unless named"))
		.option("--until <date>", "last day of what is accepted (default: 14 days)")
		.option("--resize", "size the tier it is on afresh, by today's ladder and catalog")
		.action(run(async () => (await import("./commands/promote.ts")).promote));

	answered(add(program, "pin <stack> <pin>", "holds a size by hand until a day: role.key=value, such as app.sku=..."))
		.requiredOption("--until <date>", "last day of the pin; after it the pin holds on and is reported")
		.action(run(async () => (await import("./commands/pin.ts")).pin));

	add(program, "pr", "what commits do to every stack they touch, as one Markdown document for a pull request")
		.requiredOption("--base <ref>", "commit, branch or tag the commits start from")
		.option("--out <file>", "write there instead of printing")
		.option("--exit-code", "0 nothing to change, 2 safe changes, 3 needs acceptance, 4 blocked, 1 not known")
		.action(run(async () => (await import("./commands/pr.ts")).pr));

	add(program, "compare <ladder>", "both providers beside each other: sizes, cost, fit")
		.option("--tier <tier>", "one tier (default: all)")
		.action(run(async () => (await import("./commands/compare.ts")).compare));

	add(program, "stacks", "one line for each stack file: tier, $/month, first limit, exceptions").action(
		run(async () => (await import("./commands/stacks.ts")).stacks),
	);

	add(program, "doctor [stack]", "what is missing for pulumi up (asks the CLI, DNS and the provider)").action(
		run(async () => (await import("./commands/doctor.ts")).doctor),
	);

	program
		.command("model [stacks...]", { hidden: true })
		.description("desired states, for the guard inside pulumi up and for pr")
		.option("--json", "print JSON")
		.action(run(async () => (await import("./commands/model.ts")).model));

	const catalog = program.command("catalog").description("the prices and sizes everything is chosen from");
	add(catalog, "check", "age and gaps of prices").action(
		run(async () => (await import("./commands/catalog.ts")).catalogCheck),
	);
	add(catalog, "refresh", "asks the providers' own APIs for sizes and prices (needs their credentials)")
		.option("--provider <provider>", "digitalocean or aws (default: both)")
		.option("--write", "write the tables; without it the differences are only shown")
		.action(run(async () => (await import("./commands/catalog.ts")).catalogRefresh));
	return program;
}

/** An option that may be given again. */
function collect(word: string, before: readonly string[]): readonly string[] {
	return [...before, word];
}

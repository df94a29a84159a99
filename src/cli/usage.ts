import type { Command, CommanderError } from "commander";
import { problem, UserError } from "../errors.ts";
import { unknownWord } from "../nearest.ts";
import { echo } from "../secretText.ts";

/** A mistake in the command line as one sentence with the nearest allowed word. */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): UserError {
	const command = commandOf(program, argv);
	const found = echo(/'([^']*)'/.exec(error.message)?.[1] ?? "");
	return new UserError([problem(sentence(error, command, found))]);
}

function sentence(error: CommanderError, command: Command, found: string): string {
	switch (error.code) {
		case "commander.unknownCommand":
			return unknownWord("command", found, namesOf(command));
		case "commander.unknownOption":
			return unknownWord("option", found, optionsOf(command));
		case "commander.missingArgument":
			return `missing argument <${found}>; usage: ${usageOf(command)}`;
		case "commander.missingMandatoryOptionValue":
			return `missing option ${found.split(" ")[0] ?? found}; usage: ${usageOf(command)}`;
		case "commander.excessArguments":
			return `too many arguments; usage: ${usageOf(command)}`;
		case "commander.optionMissingArgument":
			return `option ${found.split(" ")[0] ?? found} needs a value; usage: ${usageOf(command)}`;
		default:
			return error.message.replace(/^error: /, "");
	}
}

/** The innermost command the line names. */
function commandOf(program: Command, argv: readonly string[]): Command {
	const [name] = argv.filter((word) => !word.startsWith("-"));
	const inner = program.commands.find((command) => command.name() === name);
	return inner === undefined || name === undefined ? program : commandOf(inner, argv.slice(argv.indexOf(name) + 1));
}

function namesOf(command: Command): string[] {
	return command.commands.map((each) => each.name());
}

function optionsOf(command: Command): string[] {
	return [...command.options.flatMap(({ long }) => long ?? []), "--help"];
}

function usageOf(command: Command): string {
	const parents = command.parent === null ? [] : [command.parent.name()];
	const above = command.parent?.parent == null ? [] : [command.parent.parent.name()];
	return [...above, ...parents, command.name(), command.usage()].join(" ");
}

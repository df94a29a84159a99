import { basename, join } from "node:path";
import { openForEdit, putFile, replaceFile } from "../../config/editStackFile.ts";
import { editYaml } from "../../config/editYaml.ts";
import { parseStackFile } from "../../config/parseStackFile.ts";
import { problem, UserError } from "../../errors.ts";
import { type Lock, lockFileName, renderLock } from "../../sizing/lock/lock.ts";
import { stableJson } from "../../stableJson.ts";
import { type Project, stackFile } from "../project.ts";
import type { Wish } from "./editions.ts";

/** Both files of a stack as they will be. */
export interface Draft {
	/** Names of the files that change. */
	readonly files: readonly string[];
	/** Writes them. @throws UserError when the stack file was changed meanwhile; nothing is written then. */
	write(): void;
}

/**
 * Edits the stack file's text, without writing it, and reads the result back: it has to say exactly what was wished.
 *
 * @throws UserError when it cannot be edited without touching more, or when the file is no longer what was read.
 */
export function draftStack(project: Project, stack: string, wish: Wish, lock: Lock): Draft {
	const path = stackFile(project, stack);
	const file = basename(path);
	const opened = openForEdit(path);
	const edits = wish.editions.map(({ edit }) => edit);
	const text = editYaml(opened.text, edits, file);
	if (stableJson(parseStackFile(text, file, project.known)) !== stableJson(wish.config)) {
		throw new UserError([problem("was changed by somebody else meanwhile; nothing is written, start again", { file })]);
	}
	const lockFile = lockFileName(stack);
	return {
		files: [...(text === opened.text ? [] : [file]), lockFile],
		write() {
			// The stack file first: an old lock beside it is merely stale, and a new one beside the old file would be lost.
			if (text !== opened.text) replaceFile(opened, text);
			putFile(join(project.dir, lockFile), renderLock(lock));
		},
	};
}

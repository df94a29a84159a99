import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { problem, UserError } from "../errors.ts";

/** A file's text as it was when an edit began. */
export interface OpenedFile {
	readonly path: string;
	readonly text: string;
}

/**
 * Reads a file that is to be edited.
 *
 * @throws UserError when it is not UTF-8: writing it back would change bytes nobody asked for.
 */
export function openForEdit(path: string): OpenedFile {
	const bytes = readFileSync(path);
	const text = bytes.toString("utf8");
	if (!Buffer.from(text, "utf8").equals(bytes)) {
		throw new UserError([problem("is not UTF-8, so it is not edited", { file: basename(path) })]);
	}
	return { path, text };
}

/**
 * Puts a new text in the place of the old one at once: a crash leaves either the old file or the new, whole.
 * Permissions stay; a symbolic link stays a link.
 *
 * @throws UserError when the file changed since it was opened; nothing is written then.
 */
export function replaceFile(opened: OpenedFile, text: string): void {
	const target = realpathSync(opened.path);
	if (readFileSync(target, "utf8") !== opened.text) {
		const message = "was changed by somebody else meanwhile; nothing is written, start again";
		throw new UserError([problem(message, { file: basename(opened.path) })]);
	}
	writeWhole(target, text, statSync(target).mode);
}

/** Writes a file that is made by this program alone, new or over the old one, at once. */
export function putFile(path: string, text: string): void {
	writeWhole(existsSync(path) ? realpathSync(path) : path, text, 0o644);
}

function writeWhole(target: string, text: string, mode: number): void {
	const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
	const file = openSync(beside, "wx");
	try {
		writeSync(file, text);
		fsyncSync(file);
		closeSync(file);
		chmodSync(beside, mode);
		renameSync(beside, target);
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}

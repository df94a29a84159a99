import { BugError } from "../../errors.ts";
import { RESPONDER } from "../../host/files/responder.ts";

/** Runs the responder while the stack file names no image; an official image, pulled without credentials. */
export const RESPONDER_IMAGE = "python:3.13-alpine";

/** Start command of the responder, whose text arrives by the settings. */
export const RESPONDER_COMMAND = ["python3", "-c", "import os; exec(os.environ['TIERSTACK_RESPONDER'])"];

const HOST_ADDRESS = '("127.0.0.1", ';

/** The hosts' responder, on every address: in a pod no proxy of its own stands before it. */
export function podResponder(): string {
	if (!RESPONDER.includes(HOST_ADDRESS)) throw new BugError("the responder no longer binds where this expects it");
	return RESPONDER.replace(HOST_ADDRESS, '("", ');
}

import { createHash } from "node:crypto";
import { BugError } from "../errors.ts";

/**
 * MD5 fingerprint of a public key line, `3b:16:e4:...`: the name under which a cloud knows a key that was added to
 * the account. Not a safeguard, only an id.
 */
export function sshFingerprint(publicKey: string): string {
	const body = publicKey.trim().split(/\s+/)[1];
	if (body === undefined) throw new BugError("a public key line without a key passed the checks of the stack file");
	const digest = createHash("md5").update(Buffer.from(body, "base64")).digest("hex");
	return (digest.match(/../g) ?? []).join(":");
}

/**
 * What looks like a secret: used to refuse secrets written in plain text, and never to repeat one in a message.
 * Leaning towards caution is right here: a value that is hidden without need costs a reader a glance at the file.
 */

const SECRET_NAME =
	/(^|[^a-z0-9])(passwords?|passwd|passphrase|pwd|secrets?|tokens?|credentials?|(api|app|auth|private|access|secret|signing|encryption|master)[-_]?key|connection[-_]?string)$/i;

/** `SPACES_ACCESS_KEY_ID` is a name tag, the key beside it is the secret. */
const SECRET_VALUE: readonly RegExp[] = [
	/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
	/[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:[^\s/@]+@/i,
	/\b(dop|doo|dor)_v1_[0-9a-f]{16,}/,
	/\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
	/\b(ghp|gho|ghs|ghu|github_pat|glpat|pul)[-_][A-Za-z0-9_]{16,}/,
	/\b(sk|rk)_(live|test)_[A-Za-z0-9]{10,}/,
	/\bxox[abprs]-[A-Za-z0-9-]{10,}/,
	/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./,
	/hooks\.slack\.com\/services\//,
];

/** Whether a setting of this name holds a secret by custom: `DATABASE_PASSWORD`, `dbPassword`, `api-key`. */
export function isSecretName(name: string): boolean {
	const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
	return SECRET_NAME.test(words);
}

/** Whether a text is a secret by its looks: a private key, a URL with a password, a known token prefix. */
export function isSecretValue(text: string): boolean {
	return SECRET_VALUE.some((pattern) => pattern.test(text));
}

const LONGEST_ECHO = 60;

/** A value as a message may repeat it: secrets hidden, control characters out, long texts cut. */
export function echo(text: string): string {
	if (isSecretValue(text)) return "[hidden]";
	const visible = [...text].map((letter) => (letter < " " || letter === "\u007f" ? "?" : letter)).join("");
	return visible.length > LONGEST_ECHO ? `${visible.slice(0, LONGEST_ECHO)}...` : visible;
}

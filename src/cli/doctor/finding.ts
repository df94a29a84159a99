/**
 * One thing `pulumi up` needs. `missing` stops it, `note` is for a person to know, `unknown` could not be looked up.
 */
export interface Finding {
	readonly status: "ok" | "note" | "unknown" | "missing";
	readonly what: string;
	/** The line that mends it: a command or an edit. */
	readonly fix: string | null;
}

export const ok = (what: string): Finding => ({ status: "ok", what, fix: null });
export const note = (what: string, fix: string | null = null): Finding => ({ status: "note", what, fix });
export const unknown = (what: string, fix: string | null = null): Finding => ({ status: "unknown", what, fix });
export const missing = (what: string, fix: string): Finding => ({ status: "missing", what, fix });

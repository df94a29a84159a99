import { createHash } from "node:crypto";
import { shortName } from "../cloud/schema.ts";
import type { Value } from "../cloud/values.ts";

/** Properties of which the state keeps a hash only. */
const HASHED: Readonly<Record<string, readonly string[]>> = {
	Droplet: ["userData"],
	Certificate: ["privateKey", "leafCertificate", "certificateChain"],
};

/** What the state holds for an input: a hash for some, else the value. */
export function stateValue(type: string, key: string, value: Value): Value {
	if (!(HASHED[shortName(type)] ?? []).includes(key) || typeof value !== "string") return value;
	return createHash("sha1").update(value).digest("hex");
}

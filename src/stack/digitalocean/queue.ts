import { Valkey, type ValkeyArgs } from "./valkey.ts";

/**
 * Work that waits: DigitalOcean has no queue service, so this is a Valkey of its own that drops nothing when it is
 * full and writes a snapshot every ten minutes. A failure loses up to ten minutes of jobs; what may not be lost
 * belongs in the database.
 */
export class Queue extends Valkey {
	constructor(args: Omit<ValkeyArgs, "eviction" | "persistence">) {
		super("queue", { ...args, eviction: "noeviction", persistence: "rdb" });
	}
}

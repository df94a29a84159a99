import { Valkey, type ValkeyArgs } from "./valkey.ts";

/** Answers kept close to the application, and sessions where `eviction` is `noeviction`. */
export class Cache extends Valkey {
	constructor(args: ValkeyArgs) {
		super("cache", args);
	}
}

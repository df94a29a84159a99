import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Properties } from "./values.ts";

/** One resource as it really is in the emulated cloud, whatever any stack's state believes. */
export interface CloudResource {
	readonly id: string;
	readonly type: string;
	/** Inputs that took effect. */
	inputs: Properties;
	/** What the provider reads back. */
	state: Properties;
	readonly createdAt: number;
	/** Seconds since 1970 of the last resize; the creation counts. */
	resizedAt: number;
	/** Seconds since 1970 at which a running major upgrade ends; 0 = none runs. */
	upgradingUntil: number;
}

export interface AccountData {
	/** Source of all ids: the same calls in the same order give the same ids. */
	nextNumber: number;
	/** Seconds added to the clock by `advance`. */
	clockOffset: number;
	resources: CloudResource[];
	/** Names that stay taken for a while after a delete: `type/name` -> seconds since 1970 until when. */
	blockedNames: Record<string, number>;
	/** What tests put there by hand: objects in buckets by bucket name, used space in GiB by database cluster name. */
	objects: Record<string, number>;
	usedGib: Record<string, number>;
	/** Every call that reached the cloud, for tests of order. */
	calls: string[];
	/** How often each fault's pattern was met. */
	faultCounts: Record<string, number>;
}

const EMPTY: AccountData = {
	nextNumber: 1,
	clockOffset: 0,
	resources: [],
	blockedNames: {},
	objects: {},
	usedGib: {},
	calls: [],
	faultCounts: {},
};

const LOCK_PATIENCE_MS = 20_000;
/** A holder killed in the middle never lets go; no critical section takes this long. */
const LOCK_STALE_MS = 5_000;

/**
 * One emulated account: a JSON file that several stacks and processes share. Each change reads, changes and writes it
 * under a lock, and the write is a rename, so a SIGKILL at any moment leaves the account whole.
 */
export class Account {
	readonly #file: string;

	constructor(folder: string) {
		this.#file = join(folder, "account.json");
	}

	read(): AccountData {
		try {
			const data: AccountData = { ...EMPTY, ...JSON.parse(readFileSync(this.#file, "utf8")) };
			return data;
		} catch (error) {
			if (isMissing(error)) return structuredClone(EMPTY);
			throw error;
		}
	}

	change<T>(edit: (data: AccountData) => T): T {
		mkdirSync(dirname(this.#file), { recursive: true });
		const unlock = this.#lock();
		try {
			const data = this.read();
			const result = edit(data);
			const draft = `${this.#file}.${process.pid}`;
			writeFileSync(draft, JSON.stringify(data, null, 1));
			renameSync(draft, this.#file);
			return result;
		} finally {
			unlock();
		}
	}

	#lock(): () => void {
		const lock = `${this.#file}.lock`;
		const patience = Date.now() + LOCK_PATIENCE_MS;
		for (;;) {
			try {
				closeSync(openSync(lock, "wx"));
				return () => rmSync(lock, { force: true });
			} catch (error) {
				if (!isTaken(error)) throw error;
				if (isStale(lock)) rmSync(lock, { force: true });
				if (Date.now() > patience) throw new Error(`the emulated account stayed locked: ${lock}`);
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
			}
		}
	}
}

/** Seconds since 1970 by the account's clock. */
export function now(data: AccountData): number {
	return Math.floor(Date.now() / 1000) + data.clockOffset;
}

function isStale(lock: string): boolean {
	try {
		return Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS;
	} catch {
		return false;
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}

function isMissing(error: unknown): boolean {
	return hasCode(error, "ENOENT");
}

function isTaken(error: unknown): boolean {
	return hasCode(error, "EEXIST");
}

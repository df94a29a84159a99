import { catalogFor } from "../catalog/catalog.ts";
import { splitKept } from "../changes/kept.ts";
import type { StackConfig } from "../config/stackConfig.ts";
import { UserError } from "../errors.ts";
import type { Blueprint, Component } from "../sizing/blueprint.ts";
import { applyLock } from "../sizing/lock/applyLock.ts";
import { type Lock, lockFileName } from "../sizing/lock/lock.ts";
import { parseLock } from "../sizing/lock/parseLock.ts";
import type { Ladder } from "../tiers/ladder.ts";
import { commitsTouching, gitCommit, gitHead } from "./git.ts";

/** Promotions that are looked back on. */
const MOST_LOCKS = 50;

/**
 * What earlier tiers of a stack left and nothing ended, as far as git knows: each committed lock is one tier it stood
 * on. What is deployed is asked by `preview --engine`; this needs neither login nor network.
 */
export function keptOf(
	projectDir: string,
	{ stack, provider, ladder: name, retire }: StackConfig,
	blueprint: Blueprint,
	ladder: Ladder,
): readonly Component[] {
	let previous: { readonly blueprint: Blueprint; readonly kept: readonly Component[] } | null = null;
	for (const lock of committedLocks(projectDir, stack)) {
		// Another ladder or provider was another stack.
		if (lock.for.ladder !== name || lock.for.provider !== provider) continue;
		const then = applyLock(lock, catalogFor(provider), ladder);
		previous = { blueprint: then, kept: splitKept(previous, then, []).kept };
	}
	return splitKept(previous, blueprint, retire).kept;
}

/** Locks of a stack in the order they were committed; what cannot be read is passed over. */
function committedLocks(projectDir: string, stack: string): Lock[] {
	const file = lockFileName(stack);
	const head = gitHead(projectDir);
	const shas = head === null ? [] : commitsTouching(projectDir, head.sha, [file], MOST_LOCKS).toReversed();
	return shas.flatMap((sha) => {
		const text = gitCommit(projectDir, sha)?.read(file) ?? null;
		return text === null ? [] : (readable(text, file) ?? []);
	});
}

function readable(text: string, file: string): Lock | null {
	try {
		return parseLock(text, file);
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}

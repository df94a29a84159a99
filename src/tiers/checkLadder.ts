import { unknownWord } from "../nearest.ts";
import { SIZING_THRESHOLDS, THRESHOLDS } from "./ladder.ts";
import type { WrittenLadder, WrittenTier } from "./schema.ts";

/** Tells a problem at a path of the written ladder. */
export type Tell = (path: readonly (string | number)[], message: string) => void;

/** What one key cannot show: whether names are known where they are used, and whether ranges and alarms rise. */
export function checkLadder(written: WrittenLadder, fileName: string, say: Tell): void {
	const metrics = Object.keys(written.metrics);
	checkName(written, fileName, say);
	checkFormulas(written, metrics, say);
	checkThresholds(written, say);
	checkNotes(written, say);
	checkGaps(written, say);
	written.tiers.forEach((tier, index) => {
		checkTier(written, tier, index, say);
	});
}

function checkName(written: WrittenLadder, fileName: string, say: Tell): void {
	const expected = fileName
		.split(/[/\\]/)
		.at(-1)
		?.replace(/\.ya?ml$/, "");
	if (expected !== written.ladder)
		say(["ladder"], `must be the file's own name, "${expected}", found "${written.ladder}"`);
}

function checkFormulas(written: WrittenLadder, names: readonly string[], say: Tell): void {
	for (const part of ["demand", "growth"] as const) {
		for (const [demand, formula] of Object.entries(written[part] ?? {})) {
			for (const metric of Object.keys(formula.per ?? {})) {
				if (!names.includes(metric)) say([part, demand, "per", metric], unknownWord("metric", metric, names));
			}
		}
	}
}

function checkThresholds(written: WrittenLadder, say: Tell): void {
	for (const name of SIZING_THRESHOLDS) {
		const found = written.thresholds[name];
		if (found === undefined) say(["thresholds"], `${name} is missing; sizing needs it`);
		else if (found.critical > 100) say(["thresholds", name, "critical"], "must be at most 100 percent");
	}
	for (const name of THRESHOLDS) {
		const found = written.thresholds[name];
		if (found !== undefined && found.warning >= found.critical) {
			say(["thresholds", name], `warning (${found.warning}) must be below critical (${found.critical})`);
		}
	}
}

function checkNotes(written: WrittenLadder, say: Tell): void {
	const ids = written.tiers.map((tier) => tier.id);
	written.notes?.forEach((note, index) => {
		note.tiers?.forEach((tier, at) => {
			if (!ids.includes(tier)) say(["notes", index, "tiers", at], unknownWord("tier", tier, ids));
		});
	});
}

function checkGaps(written: WrittenLadder, say: Tell): void {
	const ids = written.tiers.map((tier) => tier.id);
	written.acknowledgeGaps?.forEach((gap, index) => {
		gap.tiers.forEach((tier, at) => {
			if (!ids.includes(tier)) say(["acknowledgeGaps", index, "tiers", at], unknownWord("tier", tier, ids));
		});
	});
}

function checkTier(ladder: WrittenLadder, written: WrittenTier, index: number, say: Tell): void {
	const at = (...rest: (string | number)[]) => ["tiers", index, ...rest];
	checkRange(ladder, written, index, say);
	if (ladder.tiers.findIndex((each) => each.id === written.id) !== index) {
		say(at("id"), `"${written.id}" is written twice`);
	}
	if (written.cost && ladder.money === undefined) say(at("cost"), "needs the ladder's money, for its currency");
	if (written.layout === "kubernetes" && !written.cluster) say(at("layout"), 'needs "cluster" with its nodes');
	if (written.database.engine === "sqlite" && written.database.place !== "host") {
		say(at("database", "place"), "sqlite lives on the host; write place: host");
	}
	if (written.uploads === "volume" && ["balanced", "autoscaled", "kubernetes"].includes(written.layout)) {
		say(at("uploads"), `several hosts cannot share a volume; write uploads: bucket for layout ${written.layout}`);
	}
	if (written.cache?.clusterMode === false && (written.cache.shards ?? 1) > 1) {
		say(at("cache", "clusterMode"), `${written.cache.shards} shards are cluster mode; write clusterMode: true`);
	}
	checkHosts(written.app, at("app"), say);
	if (written.worker) checkHosts(written.worker, at("worker"), say);
}

function checkRange(ladder: WrittenLadder, tier: WrittenTier, index: number, say: Tell): void {
	const above = index === 0 ? 0 : (ladder.tiers[index - 1]?.upTo ?? 0);
	const last = index === ladder.tiers.length - 1;
	const at = (key: string) => ["tiers", index, key];
	if (!last && tier.upTo === null) say(at("upTo"), "only the last tier may be open (null)");
	if (last && tier.upTo !== null) say(at("upTo"), "the last tier takes every larger workload; write null");
	if (tier.upTo === null && tier.sizeFor === undefined)
		say(at("sizeFor"), "is missing; an open tier says what it is sized for");
	if (tier.upTo !== null && tier.sizeFor !== undefined)
		say(at("sizeFor"), "is only for the open tier; the top of the range counts");
	const top = tier.upTo ?? tier.sizeFor?.value;
	if (top !== undefined && top <= above)
		say(at("upTo"), `must be above ${above}, the top of the tier below, found ${top}`);
}

function checkHosts(written: WrittenTier["app"], path: (string | number)[], say: Tell): void {
	const { min, max } = written.hosts ?? { min: 1, max: 1 };
	if (min > max) say([...path, "hosts"], `min (${min}) is above max (${max})`);
}

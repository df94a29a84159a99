import type { ChangeSet } from "../../../src/changes/changeSet.ts";
import type { PullRequestReport, StackReport } from "../../../src/render/pullRequest/report.ts";
import { busyChangeSet, change, changeSet } from "../builders.ts";

export function report(stacks: readonly StackReport[], told: Partial<PullRequestReport> = {}): PullRequestReport {
	return { base: "3f2c1ab0".repeat(5), head: "9e1d77c4".repeat(5), stacks, notes: [], ...told };
}

export function stackReport(stack: string, told: Partial<ChangeSet> = {}, notes: readonly string[] = []): StackReport {
	const next = told.next ?? `tierstack promote ${stack} small`;
	return { stack, changeSet: changeSet({ stack, next, ...told }), error: null, notes };
}

export const nothing: Partial<ChangeSet> = {
	verdict: "none",
	totals: { create: 0, update: 0, replace: 0, delete: 0, same: 14 },
	cost: {
		currency: "USD",
		before: 24,
		after: 24,
		delta: 0,
		byRole: { app: { before: 24, after: 24, delta: 0 } },
		coverage: { priced: 1, free: 0, unpriced: 0, unpricedIds: [] },
	},
	next: "",
};

/** A machine that grows: a minute or three down, nothing lost. */
export const growth: Partial<ChangeSet> = {
	verdict: "needs-acceptance",
	totals: { create: 0, update: 1, replace: 0, delete: 0, same: 13 },
	changes: [
		change({
			outcome: "interrupts",
			props: [{ path: "size", old: "s-1vcpu-2gb", new: "s-2vcpu-4gb", replaces: "no" }],
			downtime: { class: "restart", minutes: [1, 3], basis: "documented", why: "a resize powers the machine off" },
			cost: { before: 12, after: 24, delta: 12 },
		}),
	],
	downtime: { class: "restart", minutes: [1, 3] },
	reasons: [{ risk: "downtime", urn: change().urn, text: "3 minutes down, 0 tolerated" }],
};

const { next: _next, stack: _stack, ...busyButNext } = busyChangeSet;
export const busy: Partial<ChangeSet> = {
	...busyButNext,
	routes: [
		{
			resource: "cache",
			title: "Keep the old cache until the new one is warm",
			steps: ["declare the new cache beside it", "point the app at it", "retire the old one"],
		},
	],
};

/** A stack that is not there yet. */
export const birth: Partial<ChangeSet> = {
	from: null,
	base: { kind: "none", ref: null },
	totals: { create: 2, update: 0, replace: 0, delete: 0, same: 0 },
	changes: [
		change({
			op: "create",
			props: [
				{ path: "size", old: null, new: "s-1vcpu-2gb", replaces: "no" },
				{ path: "userData", old: null, new: "[secret]", replaces: "no" },
			],
			cost: { before: null, after: 12, delta: 12 },
		}),
		change({ name: "project", role: null, op: "create" }),
	],
	cost: {
		currency: "USD",
		before: null,
		after: 12,
		delta: 12,
		byRole: { app: { before: 0, after: 12, delta: 12 } },
		coverage: { priced: 1, free: 1, unpriced: 0, unpricedIds: [] },
	},
	next: "pulumi up --stack shop-new",
};

/** A stack whose file is deleted. */
export const death: Partial<ChangeSet> = {
	to: null,
	verdict: "blocked",
	totals: { create: 0, update: 0, replace: 0, delete: 1, same: 0 },
	changes: [change({ name: "data", op: "delete", data: "lost", undo: "no", undoWhy: "a deleted volume is gone" })],
	reasons: [{ risk: "data-loss", urn: change({ name: "data" }).urn, text: "the volume holds the only copy" }],
	cost: {
		currency: "USD",
		before: 24,
		after: 0,
		delta: -24,
		byRole: { app: { before: 24, after: 0, delta: -24 } },
		coverage: { priced: 1, free: 0, unpriced: 0, unpricedIds: [] },
	},
	next: "",
};

export const surprise: Partial<ChangeSet> = {
	layer: "engine",
	base: { kind: "deployed", ref: "9e1d77c4" },
	verdict: "blocked",
	totals: { create: 0, update: 1, replace: 1, delete: 0, same: 12 },
	changes: [
		change({
			name: "app-2",
			op: "replace",
			outcome: "replaced",
			order: "delete-first",
			downtime: { class: "outage", minutes: [2, 6], basis: "estimate", why: "the old one goes first" },
			explainedBy: null,
			join: "unexplained",
		}),
		change({ name: "cache", role: "cache", join: "missing", outcome: "no-effect" }),
	],
	reasons: [
		{ risk: "blocked", urn: change({ name: "app-2" }).urn, text: "nothing in the tier explains this replacement" },
	],
};

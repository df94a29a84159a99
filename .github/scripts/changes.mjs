// Reading change sets as tierstack writes them (schema tierstack.changes/1), and what the engine's log says was done.

/** From least to worst, as tierstack ranks them. */
const RANKS = {
	downtime: ["none", "rolling", "brief", "restart", "outage", "unknown"],
	data: ["none", "kept", "moved", "lost-unless-snapshot", "lost", "unknown"],
	undo: ["yes", "partial", "no", "unknown"],
	op: ["same", "create", "update", "replace", "delete"],
};
/** What a change may do without anybody having approved it. */
const HARMLESS = {
	op: "update",
	downtime: { class: "rolling", minutes: [0, 0] },
	data: "kept",
	undo: "partial",
	security: "same",
};
const CENT = 0.01;

const rank = (kind, word) => {
	const index = RANKS[kind].indexOf(word);
	return index === -1 ? RANKS[kind].length : index;
};

const upperMinutes = ({ class: word, minutes }) =>
	word === "none" || word === "rolling" ? 0 : (minutes?.[1] ?? Number.POSITIVE_INFINITY);

/** The change set of a stack in what `tierstack pr --json` wrote; null when it has none. */
export function changesOfStack(report, stack) {
	return report?.stacks?.find((each) => each.stack === stack)?.changeSet ?? null;
}

/**
 * What the change now does worse than the one that was approved, one entry a risk. Nothing approved: everything that
 * can hurt is an entry.
 */
export function addedRisks(approved, now) {
	const known = new Map((approved?.changes ?? []).map((change) => [change.urn, change]));
	const added = now.changes.flatMap((change) => {
		const before = known.get(change.urn) ?? HARMLESS;
		const risks = [
			["operation", rank("op", before.op), rank("op", change.op), before.op, change.op],
			["downtime", upperMinutes(before.downtime), upperMinutes(change.downtime), down(before), down(change)],
			["data", rank("data", before.data), rank("data", change.data), before.data, change.data],
			["way back", rank("undo", before.undo), rank("undo", change.undo), before.undo, change.undo],
			[
				"security",
				Number(before.security === "wider"),
				Number(change.security === "wider"),
				before.security,
				change.security,
			],
		];
		return risks
			.filter(([, least, found]) => found > least)
			.map(([what, , , was, is]) => ({ urn: change.urn, what, was: known.has(change.urn) ? was : "not in it", is }));
	});
	const blocked = now.verdict === "blocked" && approved?.verdict !== "blocked";
	const [costWas, costIs] = [approved?.cost?.delta ?? 0, now.cost.delta];
	return [
		...(blocked ? [{ urn: null, what: "verdict", was: approved?.verdict ?? "none", is: "blocked" }] : []),
		...(costIs !== null && costIs > costWas + CENT
			? [
					{
						urn: null,
						what: "cost a month",
						was: `${costWas.toFixed(2)} USD more`,
						is: `${costIs.toFixed(2)} USD more`,
					},
				]
			: []),
		...added,
	];
}

function down({ downtime }) {
	const minutes = downtime.minutes === null ? "time not known" : `${downtime.minutes[0]}-${downtime.minutes[1]} min`;
	return downtime.class === "none" || downtime.class === "rolling" ? downtime.class : `${downtime.class} ${minutes}`;
}

const FOLDED = {
	create: "create",
	update: "update",
	delete: "delete",
	replace: "replace",
	"create-replacement": "replace",
	"delete-replaced": "replace",
};

/** What an event log (one JSON object a line) says was done: `urn -> operation`, and what failed. */
export function doneOperations(log) {
	const [done, failed] = [new Map(), new Set()];
	for (const line of log.split("\n").filter((text) => text.trim() !== "")) {
		const event = JSON.parse(line);
		const { op, urn, type } = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata ?? {};
		if (urn === undefined || type.startsWith("pulumi:") || FOLDED[op] === undefined) continue;
		if (event.resOpFailedEvent !== undefined) failed.add(urn);
		else if (done.get(urn) !== "replace") done.set(urn, FOLDED[op]);
	}
	return { done, failed };
}

/** Where the engine did something else than was foretold: rows of the impact catalogue to look at. */
export function differences(predicted, { done, failed }) {
	const expected = new Map(predicted.changes.map((change) => [change.urn, change]));
	const urns = [...new Set([...expected.keys(), ...done.keys()])].toSorted();
	return urns
		.map((urn) => ({
			urn,
			change: expected.get(urn) ?? null,
			was: expected.get(urn)?.op ?? "same",
			is: done.get(urn) ?? "same",
		}))
		.filter(({ urn, was, is }) => was !== is && !failed.has(urn));
}

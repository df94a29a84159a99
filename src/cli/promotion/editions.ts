import type { Edit } from "../../config/editYaml.ts";
import type { Acceptance, Pin, StackConfig } from "../../config/stackConfig.ts";

/** One change to a stack file: the edit of its text, and what it means in words. */
export interface Edition {
	readonly edit: Edit;
	readonly says: string;
}

/** A stack file as it is wished, and the editions that make it so, in the order they are applied. */
export interface Wish {
	readonly config: StackConfig;
	readonly editions: readonly Edition[];
}

/** The stack file as it stands. */
export function asItStands(config: StackConfig): Wish {
	return { config, editions: [] };
}

/** Another tier. */
export function withTier({ config, editions }: Wish, tier: string): Wish {
	if (tier === config.tier) return { config, editions };
	const edit: Edit = { kind: "set", key: "tierstack:tier", value: tier };
	return {
		config: { ...config, tier },
		editions: [...editions, { edit, says: `tierstack:tier: ${config.tier} -> ${tier}` }],
	};
}

/** Without the acceptances that a test picks; the last goes first, so that positions stay true. */
export function withoutAcceptances(
	{ config, editions }: Wish,
	over: (entry: Acceptance) => boolean,
	why: string,
): Wish {
	const removed = config.accept.flatMap((entry, index): Edition[] => {
		if (!over(entry)) return [];
		const { risk, resource, from, to } = entry;
		return [
			{
				edit: { kind: "remove", key: "tierstack:accept", index },
				says: `tierstack:accept: ${risk} of ${resource} (${from} -> ${to}) goes, ${why}`,
			},
		];
	});
	return {
		config: { ...config, accept: config.accept.filter((entry) => !over(entry)) },
		editions: [...editions, ...removed.toReversed()],
	};
}

/** With further acceptances. */
export function withAcceptances({ config, editions }: Wish, entries: readonly Acceptance[]): Wish {
	const added = entries.map((entry): Edition => {
		const { backup, ...item } = entry;
		return {
			edit: { kind: "append", key: "tierstack:accept", item: { ...item, ...(backup === null ? {} : { backup }) } },
			says: `tierstack:accept: ${entry.risk} of ${entry.resource} until ${entry.until}, by ${entry.by}`,
		};
	});
	// What goes out goes last: a list that empties in between would lose its place in the file.
	const [out, others] = [editions.filter(isRemoval), editions.filter((each) => !isRemoval(each))];
	return { config: { ...config, accept: [...config.accept, ...entries] }, editions: [...others, ...added, ...out] };
}

function isRemoval({ edit }: Edition): boolean {
	return edit.kind === "remove";
}

/** With a pin, in the place of an older one of its path. */
export function withPin({ config, editions }: Wish, pin: Pin & { readonly until: string }): Wish {
	const key = "tierstack:pins";
	const index = config.pins.findIndex(({ path }) => path === pin.path);
	const old = config.pins[index];
	const says = `tierstack:pins: ${pin.path} ${old === undefined ? "" : `${old.value} -> `}${pin.value} until ${pin.until}`;
	if (old === undefined) {
		const edit: Edit = { kind: "append", key, item: { ...pin } };
		return { config: { ...config, pins: [...config.pins, pin] }, editions: [...editions, { edit, says }] };
	}
	const fields = (["value", "until"] as const)
		.filter((field) => old[field] !== pin[field])
		.map((field, order): Edition => {
			const edit: Edit = { kind: "field", key, index, field, value: pin[field] };
			return { edit, says: order === 0 ? says : "" };
		});
	return { config: { ...config, pins: config.pins.with(index, pin) }, editions: [...editions, ...fields] };
}

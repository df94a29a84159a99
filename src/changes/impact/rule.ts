import type { Plain, PlainRecord, Risk } from "../../words.ts";
import type { RouteId } from "../advice/routeIds.ts";
import type { Change, DataClass, Outcome, Undo } from "../changeSet.ts";

/** How long users are without it: class, minutes as a range, how the range is known, and why. */
export type Downtime = Change["downtime"];

/** What one change does, beside the operation the engine shows. */
export interface Effect {
	readonly outcome: Outcome;
	readonly downtime: Downtime;
	readonly data: DataClass;
	readonly undo: Undo;
	/** What going back means. */
	readonly undoWhy: string;
	/** Risks that no other field shows, such as a failure nobody takes over from; each with its reason. */
	readonly risks?: readonly { readonly risk: Risk; readonly why: string }[];
	/** The longer way that does the same with less harm. */
	readonly route?: RouteId;
}

/** Where a statement comes from. */
export interface Source {
	/** Numbers in the list of provider traps; empty = a plain fact of the provider. */
	readonly traps: readonly number[];
	/** Document or source file, with its version. */
	readonly source: string;
	/** ISO date the source was read. */
	readonly readAt: string;
}

/** One property's step, with what stands beside it. */
export interface Step {
	readonly urn: string;
	readonly old: Plain | undefined;
	readonly new: Plain | undefined;
	readonly oldInputs: PlainRecord;
	readonly newInputs: PlainRecord;
	readonly facts: Facts;
}

/** What inputs do not tell: what sizes mean, and what a running machine really has. */
export interface Facts {
	readonly capacities: Capacities;
	/** Root disk a running machine has, in GB, by URN; absent = not known. */
	readonly diskGbByUrn: Readonly<Record<string, number>>;
}

/** What a size means; null = the catalog does not say. */
export interface Capacity {
	readonly vcpu: number | null;
	readonly memoryGib: number | null;
	/** Root disk of a machine. */
	readonly diskGb: number | null;
	/** CPU architecture; a machine that changes it is another machine. */
	readonly arch?: string | null;
}

/** Sizes by SKU. */
export type Capacities = Readonly<Record<string, Capacity>>;

/** When a rule applies: named, so that the catalogue can be read and listed. */
export interface Condition {
	readonly says: string;
	readonly holds: (step: Step) => boolean;
}

/**
 * What changing a property does. Rules of a type are tried in order; the first whose path covers the changed one and
 * whose condition holds is taken. No rule = nobody knows, which is never safe.
 */
export interface PropertyRule extends Source {
	readonly type: string;
	/** Inputs without list indices; a path covers what is inside it. */
	readonly paths: readonly string[];
	/** Default: any change. */
	readonly when?: Condition;
	readonly effect: Effect;
	/** How long the provider refuses the next such change; absent = it does not. */
	readonly coolDown?: string;
}

/** Who may reach what: compared entry by entry, so that an opening cannot hide in a longer list. */
export interface Grant {
	/** Protocol or permission. */
	readonly what: string;
	readonly ports: readonly [number, number] | null;
	/** Address range or name of a group; `*` = everybody. */
	readonly who: string;
}

/** What is true of a resource type, whichever property changes. */
export interface TypeRule extends Source {
	readonly type: string;
	/** What a reader calls it: "host", "database". */
	readonly word: string;
	/**
	 * `host` serves behind a balancer if there is one; `balancer` is the way in; `guard` closes what stands open
	 * without it; `grant` opens what is closed without it; `data` holds data; `settings` is what hosts read; `alarm` tells
	 * people; `part` is all the rest.
	 */
	readonly kind: "host" | "balancer" | "guard" | "grant" | "data" | "settings" | "alarm" | "part";
	/** Input that names what it belongs to: when that goes, this goes with it. */
	readonly within: string | null;
	/** First part of the types of what lives inside it and goes with it. */
	readonly holds?: string;
	readonly create: Effect;
	readonly remove: Effect;
	readonly replace: Effect;
	/** What its replacement does in the place of `replace` where the new one says so; the first that holds is taken. */
	readonly replaceWhen?: readonly Special[];
	/** What its end does in the place of `remove` where the old one says so; the first that holds is taken. */
	readonly removeWhen?: readonly Special[];
	/**
	 * Input whose rule says what its coming does to data where what it belongs to was there before; absent = nothing that
	 * is there already suffers by it.
	 */
	readonly comesLike?: string;
	/** Downtime when the old one goes first; absent = as in `replace`. */
	readonly deleteFirst?: Downtime;
	/** What its end does when an input says that it is a copy of something else: the data stays there. */
	readonly copy?: { readonly by: string; readonly remove: Effect };
	/**
	 * Why the old one cannot go before its replacement is there: something else uses it until then. A replacement that
	 * deletes first is refused; absent = it can go.
	 */
	readonly heldBy?: string;
	/** Inputs that no two may share: written out and unchanged, they make a replacement that creates first clash. */
	readonly uniqueBy: readonly string[];
	/**
	 * Outputs by which the deployed thing's size can be read back: plain values, never a secret, a list or a record. Not
	 * what the cloud changes by itself, nor what only an account knows (zones, images): the model has stand-ins there.
	 */
	readonly capacity: readonly string[];
	/** Inputs that hold a price worked out from the catalog: they move with it, and mean nothing. Absent = none. */
	readonly priced?: readonly string[];
	/** Who reaches what by the resource as a whole: its coming opens nothing where another of its kind let the same in. */
	readonly opens?: (inputs: PlainRecord) => readonly Grant[];
	/** Who reaches what, by input. */
	readonly grants?: Readonly<Record<string, (value: Plain | undefined) => readonly Grant[]>>;
}

/** Resources of a type that stand for something of their own, told by their name or inputs. */
export interface Special {
	readonly says: string;
	readonly holds: (resource: { readonly name: string; readonly inputs: PlainRecord }) => boolean;
	readonly effect: Effect;
}

/** What a provider's schema says of a type: see replaces/generate.mjs. */
export interface TypeSchema {
	readonly known: readonly string[];
	readonly replaces: readonly string[];
	/** Filled in by the cloud when left out: leaving one out later is no change. */
	readonly computed: readonly string[];
	readonly secret: readonly string[];
	/** What an input is when it is left out. */
	readonly defaults: Readonly<Record<string, Plain>>;
	/** A name is made up when none is given; a given one is taken until the old resource is gone. */
	readonly autonamed: boolean;
	/** Input that holds the name; absent = `name`. */
	readonly nameInput?: string;
	/** The provider deletes before it replaces, whatever the names are. */
	readonly deleteFirst?: boolean;
}

/** Everything known about one provider's changes. */
export interface ProviderImpact {
	/** First part of its type tokens. */
	readonly prefix: string;
	readonly schema: Readonly<Record<string, TypeSchema>>;
	readonly types: readonly TypeRule[];
	readonly properties: readonly PropertyRule[];
}

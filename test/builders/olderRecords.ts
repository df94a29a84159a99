import { brotliCompressSync, constants, deflateRawSync } from "node:zlib";
import { type StackRecord, unpackRecord } from "../../src/stack/record.ts";

type State = NonNullable<StackRecord["remembered"]>["state"];

/** Ways in which records were written, newest first; each writes what it could write of a record of today. */
export const OLDER_RECORDS = {
	/** Packed by Brotli without a dictionary; chains of types once, resources by their place in the list. */
	"by place": (record: StackRecord) => {
		const { remembered, ...rest } = record;
		const text = JSON.stringify({ ...rest, ...programOf(record), state: remembered && byPlace(remembered.state) });
		const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
		return `br:${brotliCompressSync(text, { params }).toString("base64")}`;
	},
	/** Deflated, each resource spelled out. */
	"spelled out": (record: StackRecord) => {
		const { remembered, ...rest } = record;
		return deflated({ ...rest, ...programOf(record), state: remembered && spelledOut(remembered.state) });
	},
	/** Deflated; what was declared was not recorded yet. */
	"without inputs": ({ remembered: _, unitUsd: __, ...rest }: StackRecord) => deflated(rest),
	/** What a later version may write. */
	"of a newer version": (record: StackRecord) => deflated({ ...record, schema: "tierstack.record/2" }),
	"packed as a newer version": (record: StackRecord) => `d9.${record.blueprint.provider}:AAAA`,
} as const;
export type OlderRecord = keyof typeof OLDER_RECORDS;

/** A record of today as an older or newer version would have left it. */
export function rewritten(packed: string, as: OlderRecord): string {
	return OLDER_RECORDS[as](unpackRecord(packed));
}

function programOf({ remembered }: StackRecord) {
	return remembered === undefined ? {} : { program: remembered.program };
}

function deflated(written: object): string {
	return deflateRawSync(Buffer.from(JSON.stringify(written))).toString("base64");
}

function byPlace({ stack, project, resources }: State) {
	const chainOf = (urn: string) => urn.split("::")[2] ?? "";
	const chains = [...new Set(resources.map(({ urn }) => chainOf(urn)))];
	const places = new Map(resources.map(({ urn }, index) => [urn, index]));
	const place = (urn: string) => places.get(urn) ?? shortened(urn, stack, project);
	const packed = resources.map(({ urn, type: _, name, parentUrn, dependsOn, inputs, ...rest }) => {
		const parent = parentUrn === null ? null : place(parentUrn);
		return [chains.indexOf(chainOf(urn)), name, parent, dependsOn.map(place), inputs, rest];
	});
	return { stack, project, chains, resources: packed };
}

function spelledOut({ stack, project, resources }: State) {
	const short = (urn: string) => shortened(urn, stack, project);
	return {
		stack,
		project,
		resources: resources.map((each) => ({
			...each,
			urn: short(each.urn),
			parentUrn: each.parentUrn === null ? null : short(each.parentUrn),
			dependsOn: each.dependsOn.map(short),
		})),
	};
}

function shortened(urn: string, stack: string, project: string): string {
	return urn.replace(`urn:pulumi:${stack}::${project}::`, "");
}

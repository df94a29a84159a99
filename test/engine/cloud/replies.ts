import * as providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type { PropertyDiff } from "./diffInputs.ts";

/** What differs, as the engine reads it off the wire. */
export function diffResponse(diffs: readonly PropertyDiff[], deleteFirst = false): providerPb.DiffResponse {
	const { DiffChanges } = providerPb.DiffResponse;
	const { Kind } = providerPb.PropertyDiff;
	const kinds = {
		add: [Kind.ADD, Kind.ADD_REPLACE],
		delete: [Kind.DELETE, Kind.DELETE_REPLACE],
		update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
	} as const;
	const topLevel = (some: readonly PropertyDiff[]) => [
		...new Set(some.map(({ path }) => path.split(/[.[]/)[0] ?? path)),
	];
	const reply = new providerPb.DiffResponse();
	reply.setChanges(diffs.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
	reply.setReplacesList(topLevel(diffs.filter(({ replaces }) => replaces)));
	reply.setDiffsList(topLevel(diffs));
	reply.setDeletebeforereplace(deleteFirst);
	reply.setHasdetaileddiff(true);
	for (const { path, kind, replaces } of diffs) {
		const detail = new providerPb.PropertyDiff();
		detail.setKind(kinds[kind][replaces ? 1 : 0]);
		reply.getDetaileddiffMap().set(path, detail);
	}
	return reply;
}

/** Inputs that were checked, with what is wrong with them. */
export function checkResponse(
	inputs: ReturnType<providerPb.CheckRequest["getNews"]>,
	failures: readonly { readonly property: string; readonly reason: string }[] = [],
): providerPb.CheckResponse {
	const reply = new providerPb.CheckResponse();
	reply.setInputs(inputs);
	reply.setFailuresList(
		failures.map(({ property, reason }) => {
			const failure = new providerPb.CheckFailure();
			failure.setProperty(property);
			failure.setReason(reason);
			return failure;
		}),
	);
	return reply;
}

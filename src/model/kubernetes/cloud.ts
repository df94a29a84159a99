import type { ModelCloud } from "../cloud.ts";

/** What the model must know of objects in a cluster: their ids are texts, and nothing is looked up there. */
export const kubernetes: ModelCloud = {
	package: "kubernetes",
	numericIds: new Set(),
	lookup: () => null,
};

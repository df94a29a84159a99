/** What a provider's package schema says of its types, cut to what matters here. */
export interface ProviderSchema {
	readonly source: string;
	readonly resources: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** What the schema does not tell. */
export interface ProviderFacts {
	readonly source: string;
	readonly resources: Readonly<Record<string, unknown>>;
}

/** The table, its lists sorted, so that the same input gives the same bytes. */
export function replaceTable(schema: ProviderSchema, facts: ProviderFacts): unknown;

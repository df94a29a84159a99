import * as z from "zod";
import { problem, UserError } from "../../../errors.ts";

/** One product of the AWS Price List with the one price it has on demand. */
export interface Product {
	/** Such as `instanceType`, `vcpu`, `memory`, `usagetype`, `databaseEngine`. */
	readonly attributes: Readonly<Record<string, string>>;
	/** USD for one unit on demand: the first band, where the price falls with the quantity. */
	readonly usd: number;
}

/** The AWS Price List: products of a service whose attributes have these values. */
export interface PriceList {
	products(serviceCode: string, filters: Readonly<Record<string, string>>): Promise<Product[]>;
}

export interface PriceListAccess {
	/** Address of the API; null = AWS itself, in us-east-1 (the list is served in few regions and tells all). */
	readonly endpoint: string | null;
	/** Longest wait for one answer, in ms. */
	readonly patienceMs: number;
}

/** Kept out of the bundle: only a refresh needs it, and it would cost every other command 20 ms. */
const CLIENT: string = "@aws-sdk/client-pricing";

/**
 * The Price List Query API (`pricing:GetProducts`) through AWS's own client, which finds the credentials and retries.
 * Filters and attributes: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html
 *
 * @throws UserError when the optional client is not installed, when there are no credentials, or when AWS refuses.
 */
export async function connectPriceList({ endpoint, patienceMs }: PriceListAccess): Promise<PriceList> {
	const { PricingClient, paginateGetProducts } = await loadClient();
	const client = new PricingClient({
		region: "us-east-1",
		requestHandler: { requestTimeout: patienceMs, connectionTimeout: patienceMs, throwOnRequestTimeout: true },
		...(endpoint === null ? {} : { endpoint }),
	});
	return {
		async products(serviceCode, filters) {
			const pages = paginateGetProducts(
				{ client, pageSize: 100 },
				{
					ServiceCode: serviceCode,
					FormatVersion: "aws_v1",
					Filters: Object.entries(filters).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value })),
				},
			);
			const products: Product[] = [];
			try {
				for await (const page of pages) {
					for (const entry of page.PriceList ?? []) products.push(...parseProduct(serviceCode, entry.toString()));
				}
			} catch (error) {
				throw error instanceof UserError ? error : refusal(serviceCode, error);
			}
			return products;
		},
	};
}

async function loadClient(): Promise<typeof import("@aws-sdk/client-pricing")> {
	try {
		return await import(CLIENT);
	} catch {
		throw new UserError([problem(`asking AWS for prices needs the optional package ${CLIENT}: npm install ${CLIENT}`)]);
	}
}

const dimension = z.object({ beginRange: z.string().optional(), pricePerUnit: z.object({ USD: z.string() }) });
const term = z.object({ priceDimensions: z.record(z.string(), dimension) });
const listed = z.object({
	product: z.object({ attributes: z.record(z.string(), z.string()) }),
	terms: z.object({ OnDemand: z.record(z.string(), term).optional() }),
});

/**
 * One entry of an answer's `PriceList`, which is a JSON text of its own. A product without a price on demand (reserved
 * only) is left out.
 */
export function parseProduct(serviceCode: string, text: string): Product[] {
	const parsed = listed.safeParse(parseJson(text));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const where = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
		throw new UserError([problem(`AWS told a product of ${serviceCode} in an unknown form: ${where}`)]);
	}
	const bands = Object.values(parsed.data.terms.OnDemand ?? {}).flatMap((one) => Object.values(one.priceDimensions));
	const [first] = bands.toSorted((left, right) => Number(left.beginRange ?? 0) - Number(right.beginRange ?? 0));
	if (first === undefined) return [];
	return [{ attributes: parsed.data.product.attributes, usd: Number(first.pricePerUnit.USD) }];
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function refusal(serviceCode: string, error: unknown): UserError {
	const name = nameOf(error);
	if (name === "CredentialsProviderError") {
		return new UserError([
			problem("there are no AWS credentials (profile, environment or role): prices are told to accounts only"),
		]);
	}
	const hint = name === "AccessDeniedException" ? "; the credentials need pricing:GetProducts" : "";
	return new UserError([problem(`AWS did not tell the prices of ${serviceCode}: ${name}${hint}`)]);
}

/** An error's name as AWS or Node tells it (`AccessDeniedException`, `ECONNREFUSED`): its text may hold the account. */
function nameOf(error: unknown): string {
	if (!(error instanceof Error)) return "unknown error";
	return error.name === "Error" && "code" in error ? String(error.code) : error.name;
}

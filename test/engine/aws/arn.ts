/** The one account the emulator knows: the number AWS's own documentation uses. */
export const ACCOUNT_ID = "123456789012";

/** Services whose names carry no region, or no account. */
const GLOBAL: readonly string[] = ["iam", "cloudfront", "route53", "budgets"];

export function arn(service: string, region: string, resource: string): string {
	if (service === "s3") return `arn:aws:s3:::${resource}`;
	if (service === "route53") return `arn:aws:route53:::${resource}`;
	return `arn:aws:${service}:${GLOBAL.includes(service) ? "" : region}:${ACCOUNT_ID}:${resource}`;
}

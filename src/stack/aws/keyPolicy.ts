import { type Input, interpolate, type Output } from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policyDocument.ts";

/**
 * Who may use a key: the account by its own rights, and these services for the account. A change is in place.
 *
 * @param services that use it by themselves, such as `cloudtrail.amazonaws.com`; none where whoever asks the service
 * brings the right along.
 */
export function keyPolicy(accountId: Input<string>, services: readonly string[]): Output<string> {
	const account: Statement = {
		Sid: "Account",
		Effect: "Allow",
		Principal: { AWS: interpolate`arn:aws:iam::${accountId}:root` },
		Action: ["kms:*"],
		Resource: "*",
	};
	if (services.length === 0) return policyDocument(account);
	return policyDocument(account, {
		Sid: "Services",
		Effect: "Allow",
		Principal: { Service: [...services] },
		Action: ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
		Resource: "*",
		Condition: { StringEquals: { "aws:SourceAccount": accountId } },
	});
}

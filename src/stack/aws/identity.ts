import { type Input, interpolate } from "@pulumi/pulumi";
import type { Statement } from "./policyDocument.ts";

/*
 * What the stack's own things may do, each statement as narrow as the service allows. Nothing here names `*` as what
 * it is about.
 */

/** Policies AWS keeps, by what they are for. */
export const MANAGED = {
	/** Sessions and commands without an open port. */
	session: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
	cluster: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
	node: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
	nodeNetwork: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
	nodeImages: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
} as const;

/** Rights of the cluster's administrator, by an access entry. */
export const CLUSTER_ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Reading a pool's settings, and nothing else that is secret. */
export function readSecrets(arns: readonly Input<string>[]): Statement {
	return { Sid: "ReadSettings", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [...arns] };
}

/** Reading and writing the objects of a bucket, or of one folder in it. */
export function useBucket(arn: Input<string>, folder: string | null = null): readonly Statement[] {
	const inside = folder === null ? interpolate`${arn}/*` : interpolate`${arn}/${folder}/*`;
	return [
		{ Sid: "FindObjects", Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn },
		{
			Sid: "UseObjects",
			Effect: "Allow",
			Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
			Resource: inside,
		},
	];
}

/** Giving work to a queue and taking it. */
export function useQueue(arn: Input<string>): Statement {
	return {
		Sid: "UseQueue",
		Effect: "Allow",
		Action: [
			"sqs:SendMessage",
			"sqs:ReceiveMessage",
			"sqs:DeleteMessage",
			"sqs:ChangeMessageVisibility",
			"sqs:GetQueueAttributes",
			"sqs:GetQueueUrl",
		],
		Resource: arn,
	};
}

/** Refuses every request to a bucket that comes without TLS. */
export function onlyByTls(arn: Input<string>): Statement {
	return {
		Sid: "OnlyByTls",
		Effect: "Deny",
		Principal: "*",
		Action: ["s3:*"],
		Resource: [arn, interpolate`${arn}/*`],
		Condition: { Bool: { "aws:SecureTransport": "false" } },
	};
}

import { AccessKey } from "@pulumi/aws/iam/accessKey.js";
import { User } from "@pulumi/aws/iam/user.js";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy.js";
import type { Declare } from "./declare.ts";
import { policyDocument, type Statement } from "./policyDocument.ts";

/** A user that is the application, may do these things and nothing else, and its one key. */
export function appKey(declare: Declare, grants: readonly Statement[]): AccessKey {
	const user = declare("user", User, "app-user", { forceDestroy: false });
	declare("userPolicy", UserPolicy, "app-user-rights", { user: user.name, policy: policyDocument(...grants) });
	return declare("accessKey", AccessKey, "app-key", { user: user.name });
}

import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc.js";

/** What a secret in wire form holds; undefined for any other value. */
export function secretIn(value: object): { readonly value: unknown } | undefined {
	return specialSigKey in value && value[specialSigKey] === specialSecretSig && "value" in value ? value : undefined;
}

/** Whether the value is some other wrapped thing of the engine's, such as a reference to a resource or an asset. */
export function isOtherWrapped(value: object): boolean {
	return specialSigKey in value && value[specialSigKey] !== specialSecretSig;
}

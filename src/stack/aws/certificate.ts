import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import type { Declare } from "./declare.ts";
import { named, type Site } from "./site.ts";
import { zonesOf } from "./zone.ts";

/**
 * Where HTTPS comes from: a certificate the provider makes and renews (Route 53 must serve the domains), one's own, or
 * none (then the balancer speaks HTTP only).
 */
export type Tls =
	| { readonly kind: "managed"; readonly domains: readonly string[] }
	| {
			readonly kind: "own";
			readonly certificate: Output<string>;
			readonly privateKey: Output<string>;
			readonly chain: Output<string> | null;
	  }
	| { readonly kind: "none" };

/** TLS 1.3 and 1.2 with forward secrecy (AWS ELB user guide, "Security policies", read 2026-11-21). */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
/** Seconds the proof of a domain may be cached. */
const PROOF_TTL_SECONDS = 300;

/** A certificate that is ready to be used. */
export interface ReadyCertificate {
	readonly arn: Output<string>;
	/** Records that prove its names; none of one's own. */
	readonly proofs: readonly Resource[];
}

/** The balancer's certificate; null = there is none. */
export function certificateOf(declare: Declare, parent: Resource, site: Site, tls: Tls): ReadyCertificate | null {
	switch (tls.kind) {
		case "none":
			return null;
		case "managed":
			return managed(declare, parent, site, tls.domains);
		case "own":
			return {
				arn: declare("certificate", Certificate, "load-balancer-certificate", {
					certificateBody: tls.certificate,
					privateKey: tls.privateKey,
					...(tls.chain === null ? {} : { certificateChain: tls.chain }),
					tags: named(site, "certificate"),
				}).arn,
				proofs: [],
			};
	}
}

/** Made for all names at once and proved by a record for each, which stays: renewal asks for it again. */
function managed(declare: Declare, parent: Resource, site: Site, domains: readonly string[]): ReadyCertificate {
	const [first, ...rest] = domains;
	if (first === undefined) throw new BugError("a certificate was asked for without a name");
	const certificate = declare("certificate", Certificate, "load-balancer-certificate", {
		domainName: first,
		// Written out when it is empty: left out, the names that were there would stay, and their proofs would be gone.
		subjectAlternativeNames: rest,
		validationMethod: "DNS",
		tags: named(site, "certificate"),
	});
	const zoneOf = zonesOf(parent);
	const proofs = domains.map((domain) => {
		const asked = certificate.domainValidationOptions.apply((options) => {
			const found = options.find((each) => each.domainName === domain);
			if (found === undefined) throw new BugError(`the certificate asks for no proof of ${domain}`);
			return found;
		});
		return declare("record", DnsRecord, `load-balancer-certificate-${domain}`, {
			zoneId: zoneOf(domain),
			name: asked.resourceRecordName,
			type: asked.resourceRecordType,
			records: [asked.resourceRecordValue],
			ttl: PROOF_TTL_SECONDS,
			// One name has one proof in an account, whichever stack or region asked first.
			allowOverwrite: true,
		});
	});
	const proved = declare("certificateValidation", CertificateValidation, "load-balancer-certificate-proof", {
		certificateArn: certificate.arn,
		validationRecordFqdns: proofs.map(({ fqdn }) => fqdn),
	});
	return { arn: proved.certificateArn, proofs };
}

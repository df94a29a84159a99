import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import type { Output, Resource } from "@pulumi/pulumi";
import { BugError } from "../../errors.ts";
import { type Declare, placeIn } from "./declare.ts";
import type { Site } from "./site.ts";
import { zonesOf } from "./zone.ts";

/** All that belongs to the edge stands here, whatever the stack's region (@pulumi/aws 7.48.0, cloudfront/distribution.d.ts). */
export const EDGE_REGION = "us-east-1";
/** Seconds the proof of a name may be cached. */
const PROOF_TTL_SECONDS = 300;

/** ARN of the edge's certificate, once its name is proved. */
export function cdnCertificate(declare: Declare, parent: Resource, site: Site, name: string): Output<string> {
	const certificate = declare("certificate", Certificate, "cdn-certificate", {
		...placeIn(site, EDGE_REGION),
		domainName: name,
		validationMethod: "DNS",
	});
	const asked = certificate.domainValidationOptions.apply((options) => {
		const found = options.find((each) => each.domainName === name);
		if (found === undefined) throw new BugError(`the certificate asks for no proof of ${name}`);
		return found;
	});
	const proof = declare("record", DnsRecord, "cdn-certificate-record", {
		zoneId: zonesOf(parent)(name),
		name: asked.resourceRecordName,
		type: asked.resourceRecordType,
		records: [asked.resourceRecordValue],
		ttl: PROOF_TTL_SECONDS,
		allowOverwrite: true,
	});
	return declare("certificateValidation", CertificateValidation, "cdn-certificate-proof", {
		...placeIn(site, EDGE_REGION),
		certificateArn: certificate.arn,
		validationRecordFqdns: [proof.fqdn],
	}).certificateArn;
}

import type { Complaint } from "./formats.ts";

/** Key types that OpenSSH accepts by default today, and `ssh-rsa`, whose length is checked. */
const KEY_TYPES = [
	"ssh-ed25519",
	"ecdsa-sha2-nistp256",
	"ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521",
	"sk-ssh-ed25519@openssh.com",
	"sk-ecdsa-sha2-nistp256@openssh.com",
	"ssh-rsa",
];

/** Shortest RSA key that NIST SP 800-57 part 1 (rev. 5, 2020) still rates at 112 bits of strength. */
const RSA_BITS = 2048;

/**
 * One line of a public key file: type, base64, comment. The type must be the one inside the base64, so that a
 * truncated paste shows here and not as a locked-out machine.
 */
export function checkSshKey(text: string): Complaint {
	if (text.includes("PRIVATE KEY")) {
		return "is a private key; write the public half (the .pub file) and replace this key pair, as it is now known";
	}
	const [type = "", body = ""] = text.trim().split(/\s+/);
	if (type === "ssh-dss") return "is a DSA key, which OpenSSH no longer accepts; make one by ssh-keygen -t ed25519";
	if (!KEY_TYPES.includes(type)) {
		return 'must be a public key line such as "ssh-ed25519 AAAA... name" (the .pub file)';
	}
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return "holds no key after its type; paste the whole line of the .pub file";
	const fields = readFields(Buffer.from(body, "base64"));
	if (fields === null || fields[0]?.toString("latin1") !== type || fields.length < 2) {
		return "is cut short or damaged; paste the whole line of the .pub file";
	}
	const modulus = fields[2];
	if (type === "ssh-rsa" && modulus !== undefined && bitLength(modulus) < RSA_BITS) {
		return `is an RSA key of ${bitLength(modulus)} bits; at least ${RSA_BITS} are needed, or ssh-keygen -t ed25519`;
	}
	return null;
}

/** SSH wire format (RFC 4251, section 5): each field is a 32-bit length and that many bytes. */
function readFields(bytes: Buffer): Buffer[] | null {
	const fields: Buffer[] = [];
	let offset = 0;
	while (offset < bytes.length) {
		if (offset + 4 > bytes.length) return null;
		const length = bytes.readUInt32BE(offset);
		if (offset + 4 + length > bytes.length) return null;
		fields.push(bytes.subarray(offset + 4, offset + 4 + length));
		offset += 4 + length;
	}
	return fields;
}

function bitLength(integer: Buffer): number {
	const first = integer.findIndex((byte) => byte !== 0);
	const lead = integer[first];
	return lead === undefined ? 0 : (integer.length - first - 1) * 8 + (32 - Math.clz32(lead));
}

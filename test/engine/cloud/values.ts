import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** A value the engine does not know yet (preview only). */
export class UnknownValue {
	toJSON(): string {
		return "<unknown>";
	}
}

export const UNKNOWN = new UnknownValue();

export type Value = string | number | boolean | null | UnknownValue | Value[] | { [key: string]: Value };
export type Properties = { [key: string]: Value };

/** Marks of the engine's wire format (sdk/go/common/resource/properties.go and plugin/rpc.go of pulumi 3.250). */
const UNKNOWN_MARK = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** The list of inputs that the bridge filled in itself; it travels inside the inputs. */
export const DEFAULTS_KEY = "__defaults";

export function isRecord(value: unknown): value is { [key: string]: Value } {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof UnknownValue);
}

export function isUnknown(value: Value | undefined): boolean {
	return value instanceof UnknownValue;
}

/** Whether anything inside is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
	if (value instanceof UnknownValue) return true;
	if (Array.isArray(value)) return value.some(hasUnknown);
	return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** Engine -> emulator: secrets unwrapped, unknowns as `UNKNOWN`. */
export function decode(struct: Struct | undefined): Properties {
	const decoded = struct === undefined ? {} : decodeValue(struct.toJavaScript());
	return isRecord(decoded) ? decoded : {};
}

function decodeValue(raw: unknown): Value {
	if (raw === UNKNOWN_MARK) return UNKNOWN;
	if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
	if (Array.isArray(raw)) return raw.map(decodeValue);
	if (typeof raw !== "object") throw new Error(`cannot read a ${typeof raw} from the wire`);
	const record: { [key: string]: unknown } = { ...raw };
	const signature = record[SIGNATURE_KEY];
	if (signature === SECRET_SIGNATURE) return decodeValue(record.value);
	if (signature === OUTPUT_SIGNATURE) return "value" in record ? decodeValue(record.value) : UNKNOWN;
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, decodeValue(value)]));
}

/** Emulator -> engine: the properties named in `secrets` are wrapped. */
export function encode(properties: Properties, secrets: readonly string[] = []): Struct {
	const raw = Object.entries(properties).map(([key, value]) => {
		const encoded = encodeValue(value);
		return [key, secrets.includes(key) ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encoded } : encoded] as const;
	});
	return Struct.fromJavaScript(Object.fromEntries(raw));
}

type Wire = string | number | boolean | null | Wire[] | { [key: string]: Wire };

function encodeValue(value: Value): Wire {
	if (value instanceof UnknownValue) return UNKNOWN_MARK;
	if (Array.isArray(value)) return value.map(encodeValue);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeValue(inner)]));
}

/** Bytes by which two values are the same; arrays keep their order. */
export function canonical(value: Value | undefined): string {
	if (value === undefined) return "null";
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (value instanceof UnknownValue || !isRecord(value)) return JSON.stringify(value);
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** Terraform's zero values: absent, empty, false and 0 are the same to a provider built on its SDK. */
export function isZero(value: Value | undefined): boolean {
	if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
	if (Array.isArray(value)) return value.length === 0;
	return isRecord(value) && Object.keys(value).length === 0;
}

export function text(value: Value | undefined): string {
	return typeof value === "string" ? value : "";
}

export function count(value: Value | undefined): number {
	return typeof value === "number" ? value : Number(text(value) || 0);
}

export function list(value: Value | undefined): Value[] {
	return Array.isArray(value) ? value : [];
}

export function record(value: Value | undefined): Properties {
	return isRecord(value) ? value : {};
}

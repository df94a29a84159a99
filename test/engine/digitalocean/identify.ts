import { digest } from "../cloud/digest.ts";
import { shortName } from "../cloud/schema.ts";
import { type Properties, text } from "../cloud/values.ts";

/** Ids as the provider forms them where programs can see it; a UUID for everything else. */
const IDS: Readonly<Record<string, (inputs: Properties, number: number) => string>> = {
	Droplet: (_, number) => String(400_000_000 + number),
	DropletSnapshot: (_, number) => String(100_000_000 + number),
	SshKey: (_, number) => String(50_000_000 + number),
	ReservedIp: (_, number) => `198.51.100.${number % 250}`,
	ReservedIpAssignment: ({ dropletId, ipAddress }) => `${dropletId}-${text(ipAddress)}`,
	VolumeAttachment: ({ dropletId, volumeId }) => `${dropletId}-${text(volumeId)}`,
	SpacesBucket: ({ name }) => text(name),
	SpacesKey: (_, number) => `DO00${digest("spaces-key", number).slice(0, 16).toUpperCase()}`,
	Domain: ({ name }) => text(name),
	Tag: ({ name }) => text(name),
	Certificate: ({ name }) => text(name),
	ContainerRegistry: ({ name }) => text(name),
	DatabaseDb: ({ clusterId, name }) => `${text(clusterId)}/database/${text(name)}`,
	DatabaseUser: ({ clusterId, name }) => `${text(clusterId)}/user/${text(name)}`,
	DatabaseConnectionPool: ({ clusterId, name }) => `${text(clusterId)}/pool/${text(name)}`,
	DatabaseReplica: ({ clusterId, name }) => `${text(clusterId)}/replica/${text(name)}`,
};

export function newId(type: string, inputs: Properties, number: number): string {
	const id = IDS[shortName(type)]?.(inputs, number);
	if (id !== undefined) return id;
	const hex = digest(type, number);
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

import type { HostFile } from "./manifest.ts";
import type { HostSecrets, HostSettings } from "./settings.ts";

/** Files with secrets, by the group they belong to. */
export function secretFiles(
	settings: HostSettings,
	secrets: HostSecrets,
): Readonly<Record<string, readonly HostFile[]>> {
	return {};
}

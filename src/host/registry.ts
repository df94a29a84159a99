/** Who may pull an image from a registry that asks. */
export interface RegistryLogin {
	/** Host, and port where it is not the usual one: `ghcr.io`. */
	readonly server: string;
	readonly user: string;
	/** Secret. */
	readonly password: string;
}

/** Docker Hub has one name for people, and the address of old under which container engines look its login up. */
const HUB = { name: "docker.io", address: "https://index.docker.io/v1/" };

/** The file that container engines, the tools that unpack images and clusters log in with, as JSON. */
export function dockerLogins({ server, user, password }: RegistryLogin): string {
	const auth = Buffer.from(`${user}:${password}`, "utf8").toString("base64");
	const names = server === HUB.name ? [HUB.name, HUB.address] : [server];
	return JSON.stringify({ auths: Object.fromEntries(names.map((name) => [name, { auth }])) });
}

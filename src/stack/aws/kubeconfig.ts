/** How a cluster is reached. */
export interface ClusterAccess {
	readonly name: string;
	/** Address of its API. */
	readonly server: string;
	/** Its authority's certificate, base64. */
	readonly authority: string;
}

/** Configuration for a program: `token` holds for minutes. The same access gives the same bytes. */
export function kubeconfigOf({ token, ...access }: ClusterAccess & { readonly token: string }): string {
	return config(access, { token });
}

/** Configuration for people: each command asks AWS who calls, by the CLI they are logged in with. */
export function kubeconfigForPeople(access: ClusterAccess, region: string): string {
	return config(access, {
		exec: {
			apiVersion: "client.authentication.k8s.io/v1beta1",
			command: "aws",
			args: ["eks", "get-token", "--region", region, "--cluster-name", access.name],
			interactiveMode: "IfAvailable",
		},
	});
}

function config({ name, server, authority }: ClusterAccess, user: object): string {
	return JSON.stringify({
		apiVersion: "v1",
		kind: "Config",
		"current-context": name,
		clusters: [{ name, cluster: { server, "certificate-authority-data": authority } }],
		contexts: [{ name, context: { cluster: name, user: name } }],
		users: [{ name, user }],
	});
}

import type { AccountData } from "../cloud/account.ts";
import { type Properties, text } from "../cloud/values.ts";
import { token } from "./schema.ts";

/** Kubernetes versions on offer, newest first: slugs as `GET /v2/kubernetes/options` forms them. */
const KUBERNETES_VERSIONS = ["1.35.1-do.6", "1.34.1-do.0", "1.33.6-do.0", "1.32.10-do.0"];

type Lookup = (args: Properties, data: AccountData) => Properties;

/** Functions of the provider that programs may ask; any other fails, so that a new one is noticed. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
	"digitalocean:index/getKubernetesVersions:getKubernetesVersions": (args) => {
		const prefix = text(args.versionPrefix);
		const validVersions = KUBERNETES_VERSIONS.filter((version) => version.startsWith(prefix));
		return { id: "versions", latestVersion: validVersions[0] ?? "", validVersions, versionPrefix: prefix };
	},
	"digitalocean:index/getKubernetesCluster:getKubernetesCluster": (args, data) => {
		const found = data.resources.find(
			({ type, state }) => type === token("KubernetesCluster") && state.name === args.name,
		);
		if (found === undefined) throw new Error(`Unable to find cluster with name: ${text(args.name)}`);
		return { id: found.id, name: text(args.name), kubeConfigs: found.state.kubeConfigs ?? [] };
	},
	"digitalocean:index/getDomains:getDomains": (_, data) => ({
		id: "domains",
		domains: data.resources
			.filter(({ type }) => type === token("Domain"))
			.map(({ id }) => ({ name: id, ttl: 1800, urn: `do:domain:${id}` })),
	}),
};

export function lookUp(name: string, args: Properties, data: AccountData): Properties {
	const lookup = LOOKUPS[name];
	if (lookup === undefined) throw new Error(`the emulated provider has no function ${name}`);
	return lookup(args, data);
}

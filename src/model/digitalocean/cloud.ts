import type { Plain } from "../../words.ts";
import type { ModelCloud } from "../cloud.ts";
import { reference } from "../reference.ts";

/** What the model must know of DigitalOcean. */
export const digitalOcean: ModelCloud = {
	package: "digitalocean",
	numericIds: new Set(["digitalocean:index/droplet:Droplet"]),
	lookup(token, domains) {
		return LOOKUPS[token]?.(domains) ?? null;
	},
};

/** Whole answers, so that a program that looks for something else fails here. */
const LOOKUPS: Readonly<Record<string, (domains: readonly string[]) => Readonly<Record<string, Plain>>>> = {
	"digitalocean:index/getDomains:getDomains": (domains) => ({
		id: "domains",
		domains: zonesFor(domains).map((name) => ({ name, ttl: 1800, urn: `do:domain:${name}` })),
	}),
	"digitalocean:index/getKubernetesVersions:getKubernetesVersions": () => ({
		id: "versions",
		latestVersion: reference("kubernetes", "latestVersion"),
		validVersions: [],
	}),
	"digitalocean:index/getKubernetesCluster:getKubernetesCluster": () => ({
		id: "cluster",
		kubeConfigs: [{ rawConfig: reference("app-cluster", "kubeConfigs") }],
	}),
};

/** Zones are assumed at the shortest of the stack's own names: `example.com` holds `www.example.com`. */
function zonesFor(domains: readonly string[]): readonly string[] {
	return domains.filter((domain) => !domains.some((other) => domain.endsWith(`.${other}`)));
}

/**
 * Where copies go that must outlive a region: another region with buckets, on the same continent where there is one.
 * Regions with buckets: terraform-provider-digitalocean 401992a1, spaces_entities.go.
 */
export const copyRegions: Readonly<Record<string, string>> = {
	ams3: "fra1",
	atl1: "nyc3",
	blr1: "sgp1",
	fra1: "ams3",
	lon1: "ams3",
	nyc1: "tor1",
	nyc2: "tor1",
	nyc3: "tor1",
	ric1: "nyc3",
	sfo2: "nyc3",
	sfo3: "nyc3",
	sgp1: "blr1",
	syd1: "sgp1",
	tor1: "nyc3",
};

import type { Scenario } from "../../cloud/scenario.ts";
import { Lab, SAMPLES } from "../lab.ts";

export const ACCESS_SCENARIOS: readonly Scenario[] = [
	{
		does: "has no token",
		source: /API authentication/,
		says: /^401/,
		act: () => new Lab({ token: false, spaces: true }).create("Droplet", SAMPLES.droplet),
	},
	{
		does: "has a token but no Spaces keys",
		source: /spacesBucket.d.ts/,
		says: /^403 Spaces/,
		act: () => new Lab({ token: true, spaces: false }).create("SpacesBucket", SAMPLES.bucket),
	},
	{
		does: "names a VPC that is not there",
		source: /unknown ids/,
		says: /^404 vpcUuid: no Vpc "none"/,
		act: (lab) => lab.create("Droplet", { ...SAMPLES.droplet, vpcUuid: "none" }),
	},
];

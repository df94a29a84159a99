import type { Scenario } from "../../cloud/scenario.ts";
import { SAMPLES } from "../lab.ts";

export const FILES_SCENARIOS: readonly Scenario[] = [
	{
		does: "deletes a bucket with objects in it",
		source: /forceDestroy counts/,
		says: /^409 BucketNotEmpty/,
		act: async (lab) => {
			const bucket = await lab.create("SpacesBucket", SAMPLES.bucket);
			lab.account.putObjects("shop-files", 3);
			await lab.delete(bucket);
		},
	},
	{
		does: "names a bucket in capitals",
		source: /names of 3 to 63/,
		says: /^400 InvalidBucketName/,
		act: (lab) => lab.create("SpacesBucket", { ...SAMPLES.bucket, name: "Shop" }),
	},
	{
		does: "creates a 101st bucket",
		source: /100 buckets/,
		says: /^422 .*limit of 100/,
		act: async (lab) => {
			for (let index = 0; index <= 100; index++)
				await lab.create("SpacesBucket", { ...SAMPLES.bucket, name: `bucket-${index}` });
		},
	},
	{
		does: "creates a second container registry",
		source: /one registry/,
		says: /^412/,
		act: async (lab) => {
			await lab.create("ContainerRegistry", { name: "one", subscriptionTierSlug: "basic" });
			await lab.create("ContainerRegistry", { name: "two", subscriptionTierSlug: "basic" });
		},
	},
	{
		does: "puts a CDN before something that is no bucket",
		source: /a bucket's host name/,
		says: /^404 no Space/,
		act: (lab) => lab.create("Cdn", { origin: "www.example" }),
	},
];

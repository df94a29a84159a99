import { documentKey, type HostPlan } from "../../../src/host/plan.ts";
import { type HostSecrets, type HostSettings, renderSecrets, renderSettings } from "../../../src/host/settings.ts";
import { BucketService } from "./bucket.ts";
import { OUTSIDE } from "./machine.ts";

const PORT = 9000;
/** Address of the bucket service as the machine sees it. */
export const ENDPOINT = `http://${OUTSIDE}:${PORT}`;
const READER = { accessKey: "READER", secretKey: "only-reads-the-settings" };
/** Key of the dumps: writes its own bucket and nothing else. */
export const WRITER = { accessKey: "WRITER", secretKey: "only-writes-the-dumps" };
const SUCCESSOR = { accessKey: "SUCCESSOR", secretKey: "took-the-reader's-place" };

/** What surrounds the machine: the bucket service with its keys, and the hand that writes settings. */
export class Cloud {
	readonly buckets = new BucketService();

	constructor() {
		this.buckets.keys.set(READER.accessKey, { secret: READER.secretKey, read: /^settings\//, write: null });
		this.buckets.keys.set(WRITER.accessKey, { secret: WRITER.secretKey, read: /^backups/, write: /^backups/ });
	}

	async start(): Promise<void> {
		await this.buckets.listen(OUTSIDE, PORT);
	}

	/** What the program writes when `up` runs. */
	publish(settings: HostSettings, secrets: HostSecrets): void {
		const documents = { "secrets.json": renderSecrets(secrets), ...renderSettings(settings) };
		for (const name of ["secrets.json", "settings.json", "host.json"] as const) {
			this.buckets.put(`settings/${documentKey(settings.pool, name)}`, documents[name]);
		}
	}

	/** Makes a second reading key; after that the first one may read nothing. */
	replaceReader(): { accessKey: string; secretKey: string } {
		this.buckets.keys.set(SUCCESSOR.accessKey, { secret: SUCCESSOR.secretKey, read: /^settings\//, write: null });
		return SUCCESSOR;
	}

	emptyFirstReader(): void {
		this.buckets.keys.set(READER.accessKey, { secret: READER.secretKey, read: /^$/, write: null });
	}
}

/** Where the machine of a test reads its settings. */
export const SOURCE: HostPlan["source"] = {
	kind: "bucket",
	endpoint: ENDPOINT,
	region: "fra1",
	bucket: "settings",
	...READER,
};

import { type BucketArgs, BucketComponent, type OwnedBucket } from "./bucket.ts";
import type { Site } from "./site.ts";

/** Where copies of the stack go. */
export interface BackupArgs {
	readonly site: Site;
	/** Bucket the hosts write dumps to, in another region where the tier wants that; null = the tier dumps nothing. */
	readonly dumps: (BucketArgs & { readonly region: string }) | null;
}

/**
 * Where copies live that this stack makes itself. Machine backups are a switch of the hosts, and a managed
 * database's own recovery is part of its price: neither is a resource.
 */
export class Backup extends BucketComponent {
	readonly dumps: (OwnedBucket & { readonly region: string }) | null;

	constructor(args: BackupArgs) {
		super("backup", "backup");
		const { dumps, site } = args;
		this.dumps = dumps === null ? null : { ...this.bucket("backups", site, dumps, dumps.region), region: dumps.region };
		this.registerOutputs({ bucket: this.dumps?.bucket.name });
	}
}

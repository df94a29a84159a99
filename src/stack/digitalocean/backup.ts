import { type BucketArgs, BucketComponent, type OwnedBucket } from "./bucket.ts";
import type { Site } from "./site.ts";

export interface BackupArgs {
	readonly site: Site;
	/** Bucket the hosts write dumps to; null = the tier dumps nothing. */
	readonly dumps: BucketArgs | null;
}

/**
 * Where copies live that this stack makes itself. Machine backups are a switch of the hosts, and a managed
 * database's own recovery is part of its price: neither is a resource.
 */
export class Backup extends BucketComponent {
	readonly dumps: OwnedBucket | null;

	constructor(args: BackupArgs) {
		super("backup", "backup");
		this.dumps = args.dumps === null ? null : this.bucket("backups", args.site, args.dumps);
		this.registerOutputs({ bucket: this.dumps?.bucket.name });
	}
}

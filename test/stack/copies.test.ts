import { describe, expect, test } from "vitest";
import { type HostSecrets, renderSecrets, renderSettings } from "../../src/host/settings.ts";
import { buildModel } from "../../src/model/buildModel.ts";
import { hostSettings } from "../../src/stack/hostSettings.ts";
import { dailyCron } from "../../src/stack/kubernetes/calendar.ts";
import { component, LADDER, parts } from "../builders/blueprint.ts";
import { NAMES, stackInput } from "../builders/config.ts";
import { names, ref, resource, resourcesOf } from "../builders/desired.ts";

/** A backup that promises a copy of the uploads in a second region. */
const backup = component(
	"backup",
	"backup",
	"bucket",
	{ dumpDays: 30, keepDays: 30, everyHours: 6, region: "ams3", copiesFiles: true },
	{ stateful: true },
);
const promising = <Each extends (typeof LADDER)[keyof typeof LADDER]>(of: Each) => ({
	...of,
	components: of.components.map((each) => (each.role === "backup" ? backup : each)),
});

describe("copies made by a cluster", () => {
	const cluster = promising(LADDER.kubernetes);
	const build = (of: typeof cluster) => buildModel(stackInput(of), NAMES);

	test("the managed database is dumped by its own version's program, encrypted, as often and as long as the plan says", async () => {
		const state = await build(cluster);
		const { inputs } = resource(state, "app-copies-dump", "CronJob");
		expect(inputs.spec).toMatchObject({ schedule: "0 */6 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" });
		const pod = JSON.stringify(inputs.spec);
		expect(pod).toContain('"image":"postgres:17-alpine"');
		expect(pod).toMatch(/restic backup .*--stdin-from-command --.*pg_dump/);
		expect(pod).toContain("--keep-within");
		expect(resource(state, "app-copies", "ConfigMap").inputs.data).toMatchObject({
			BACKUP_HOST: "prod",
			BACKUP_KEEP_DAYS: "30",
			RESTIC_REPOSITORY: `s3:https://ams3.digitaloceanspaces.com/${ref("backups", "name")}/prod`,
		});
		expect(resource(state, "backups", "SpacesBucket").inputs.region).toBe("ams3");
	});

	test("uploads are mirrored from their bucket into the second region's, each end with its own key, masked", async () => {
		const state = await build(cluster);
		expect(resource(state, "app-copies", "ConfigMap").inputs.data).toMatchObject({
			MIRROR_FROM: `from:${ref("files", "name")}`,
			MIRROR_TO: `to:${ref("backups", "name")}/prod-files`,
			RCLONE_CONFIG_FROM_ENDPOINT: "https://fra1.digitaloceanspaces.com",
			RCLONE_CONFIG_TO_ENDPOINT: "https://ams3.digitaloceanspaces.com",
		});
		expect(JSON.stringify(resource(state, "app-copies-files-copy", "CronJob").inputs)).toContain('"rclone","sync"');
		const { inputs, dependsOn } = resource(state, "app-copies-keys", "Secret");
		expect(inputs.stringData).toEqual({ "[secret]": expect.any(String) });
		for (const name of ["files-key", "backups-key", "database-user"]) expect(dependsOn.join()).toContain(`::${name}`);
	});

	test("the way back waits beside the dump: it runs when a person makes a job of it, and never by the clock", async () => {
		const state = await build(cluster);
		const { inputs } = resource(state, "app-copies-restore", "CronJob");
		expect(inputs.spec).toMatchObject({ suspend: true, jobTemplate: { spec: { backoffLimit: 0 } } });
		expect(JSON.stringify(inputs.spec)).toMatch(
			/"name":"SNAPSHOT","value":"latest".*pg_restore|pg_restore.*"SNAPSHOT"/,
		);
		expect(resource(state, "app-copies-dump", "CronJob").inputs.spec).not.toHaveProperty("suspend");
	});

	test("a tier that promises no copy of the uploads makes none; one without dumps makes nothing", async () => {
		expect(names(await buildModel(stackInput(LADDER.kubernetes), NAMES))).not.toContain("app-copies-files-copy");
		const components = LADDER.kubernetes.components.filter(({ role }) => role !== "backup");
		const none = await buildModel(stackInput({ ...LADDER.kubernetes, components }), NAMES);
		expect(names(none).filter((name) => name.startsWith("app-copies"))).toEqual([]);
	});

	test("tenants' databases of a MySQL server are dumped one by one, with the application's", async () => {
		const components = cluster.components.map((each) =>
			each.name === "database" ? parts.mysql("db-s-6vcpu-16gb") : each,
		);
		const spec = JSON.stringify(resource(await build({ ...cluster, components }), "app-copies-dump", "CronJob").inputs);
		expect(spec).toContain('"image":"mysql:8"');
		expect(spec).toContain("SHOW DATABASES");
		expect(spec).toContain("mysqldump");
	});

	test("pods follow the load: the cluster gets the server that tells how much CPU they take", async () => {
		const { inputs } = resource(await build(cluster), "app-metrics-server", "Release");
		expect(inputs).toMatchObject({ chart: "metrics-server", version: "3.12.2", namespace: "kube-system" });
	});

	test("a plan's hours become cron's", () => {
		expect([24, 12, 6, 1].map(dailyCron)).toEqual(["0 2 * * *", "0 */12 * * *", "0 */6 * * *", "0 */1 * * *"]);
	});
});

describe("copies made by hosts", () => {
	const balanced = promising(LADDER.balanced);
	const place = (region: string, bucket: string) => ({ endpoint: `https://${region}.example.com`, region, bucket });

	test("uploads in a bucket are mirrored after each dump, by the host that dumps", () => {
		const facts = {
			...{ device: null, balanced: true, trustedRanges: [], env: {}, secretNames: [] },
			dumps: place("ams3", "dumps"),
			mirror: place("fra1", "files"),
		};
		const told = hostSettings(stackInput(balanced), "prod", "app")(facts);
		const host = renderSettings(told)["host.json"];
		for (const said of ["MIRROR_FROM=", "from:files", "to:dumps/prod-files", '"rclone"']) expect(host).toContain(said);
		const silent = hostSettings(stackInput(LADDER.balanced), "prod", "app")({ ...facts, mirror: null });
		expect(renderSettings(silent)["host.json"]).not.toContain("MIRROR_FROM=");
	});

	test("both buckets' keys are among the secrets of the host, and nowhere else", () => {
		const secrets: HostSecrets = {
			...{ env: {}, databasePassword: null, registry: null, alertUrl: null, source: null },
			backup: {
				key: { accessKey: "TO", secretKey: "to-secret" },
				password: "word",
				heartbeatUrl: null,
				mirrorKey: { accessKey: "FROM", secretKey: "from-secret" },
			},
		};
		const written = renderSecrets(secrets);
		expect(written).toContain("RCLONE_CONFIG_FROM_SECRET_ACCESS_KEY=");
		expect(written).toContain("from-secret");
	});

	test("the stack hands over the bucket where the tier promises the copy, and only there", async () => {
		const [with_, without] = await Promise.all(
			[balanced, LADDER.balanced].map((of) => buildModel(stackInput(of), NAMES)),
		);
		const waits = (state: typeof with_) =>
			resourcesOf(state ?? { stack: "", project: "", resources: [], outputs: {} }, "SpacesBucketObject").find(
				({ name }) => name === "settings-app-settings",
			)?.inputs.content;
		expect(waits(with_)).not.toEqual(waits(without));
	});
});

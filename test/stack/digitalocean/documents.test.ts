import { output } from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { buildModel } from "../../../src/model/buildModel.ts";
import type { Blueprint } from "../../../src/sizing/blueprint.ts";
import { blueprint, LADDER, parts } from "../../builders/blueprint.ts";
import { NAMES, stackInput } from "../../builders/config.ts";
import { useTransforms } from "../../builders/transforms.ts";

const written = new Map<string, string>();

useTransforms({
	digitalocean: {
		spacesBucketObject: ({ content }, name) => {
			output(content).apply((text) => written.set(name, text ?? ""));
			return {};
		},
	},
});

beforeEach(() => written.clear());

/** The documents of a pool as a host reads them. */
async function documents(of: Blueprint, pool = "app") {
	await buildModel(stackInput(of), NAMES);
	const read = (name: string) => JSON.parse(written.get(`settings-${pool}-${name}`) ?? "null");
	return { secrets: read("secrets"), settings: read("settings"), host: read("host") };
}

test("every host of a managed PostgreSQL lets the application's own user in first, as the administrator", async () => {
	const { secrets, settings, host } = await documents(LADDER.split);
	expect(settings.grants).toBe(true);
	expect(host.groups.map(({ name }: { name: string }) => name)).toContain("grants");
	const [admin] = secrets.files.grants;
	expect(admin).toMatchObject({ path: "/etc/tierstack/database-admin.env", mode: "0600" });
	for (const word of ["PGHOST=", "PGPASSWORD=", 'PGSSLMODE="require"']) expect(admin.content).toContain(word);
	const [app] = secrets.files.app;
	expect(app.content).toMatch(/DATABASE_URL="postgresql:\/\//);
	expect(app.content).not.toContain("PGPASSWORD");
});

test("MySQL gives new users all, and a database on the host is the application's: nobody is asked", async () => {
	const mysql = blueprint("split", [parts.hosts("s-4vcpu-8gb"), parts.mysql("db-s-1vcpu-2gb")]);
	for (const of of [mysql, LADDER.single]) {
		const { secrets, settings } = await documents(of);
		expect(settings).not.toHaveProperty("grants");
		expect(secrets.files.grants).toEqual([]);
	}
});

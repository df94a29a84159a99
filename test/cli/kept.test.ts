import { afterAll, describe, expect, it } from "vitest";
import { lockKeyOf, lockOf, renderLock } from "../../src/sizing/lock/lock.ts";
import { sizeWithBill } from "../../src/sizing/sizeTier.ts";
import { stackConfig } from "../builders/config.ts";
import { request } from "../sizing/requests.ts";
import { sandbox, stackText } from "./run.ts";

function lockText(tier: string): string {
	const config = stackConfig({ stack: "prod", ladder: "wizamart", tier, provider: "digitalocean", region: "fra1" });
	return renderLock(lockOf(lockKeyOf(config), sizeWithBill(request("wizamart", tier))));
}

describe("tierstack stacks", () => {
	const project = sandbox();
	afterAll(() => project.remove());
	const stand = (tier: string, ...lines: string[]) => {
		project.write("Pulumi.prod.yaml", stackText({ tier }, ...lines));
		project.write("tierstack.prod.lock.json", lockText(tier));
		project.commit();
	};

	it("names what earlier tiers left, with its price, until the stack file retires it", async () => {
		stand("large");
		expect((await project.run("stacks")).out).not.toContain("keeps ");
		stand("starter");
		const { out } = await project.run("stacks");
		expect(out).toMatch(/keeps database of an earlier tier, \$121\.80 a month/);
		expect(out).toMatch(/keeps files of an earlier tier, /);
		stand("starter", "tierstack:retire:", "  - resource: database");
		const later = (await project.run("stacks")).out;
		expect(later).toContain("retiring database");
		expect(later).not.toContain("keeps database");
		expect(later).toContain("keeps files");
	});
});

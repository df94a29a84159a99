import type { AccountFacts, QuotaFact } from "./facts.ts";
import { type Finding, missing, ok, unknown } from "./finding.ts";
import type { ManagedNeed, Needs } from "./needs.ts";

/** Whether the account and its region offer everything the blueprint names. */
export function checkAccount(account: AccountFacts | string, needs: Needs): Finding[] {
	if (typeof account === "string") return [unknown(`region, sizes and quotas not looked up: ${account}`)];
	if (account.trouble !== null) {
		return [missing(`the account is not active: ${account.trouble}`, "open the provider's console and settle it")];
	}
	const { provider, region } = needs;
	if (!account.regions.includes(region)) {
		const open = account.regions.join(", ");
		return [missing(`${provider} takes no new machines in ${region}`, `use another region (open: ${open})`)];
	}
	return [
		...checkMachines(account, needs),
		...needs.databases.map((need) => checkManaged(account, need, region)),
		...account.quotas.map((quota) => checkQuota(quota, needs)),
		...checkKeys(account, needs),
		...checkZones(account, needs),
	];
}

/** A machine is refused when it names a key that the account does not know. */
function checkKeys({ sshFingerprints }: AccountFacts, needs: Needs): Finding[] {
	const absent = needs.sshFingerprints.filter((print) => sshFingerprints?.has(print) === false);
	return absent.map((print) =>
		missing(
			`the SSH key ${print} is not in the account, so no machine can be made with it`,
			"doctl compute ssh-key import NAME --public-key-file ~/.ssh/id_ed25519.pub",
		),
	);
}

/** Records are written into a zone that is there already: the stack never owns one. */
function checkZones({ zones }: AccountFacts, needs: Needs): Finding[] {
	if (needs.edge !== "provider") return [];
	const absent = needs.domains.filter((name) => !zones.some((zone) => name === zone || name.endsWith(`.${zone}`)));
	return absent.map((name) =>
		missing(
			`the account serves no zone that holds ${name}`,
			`doctl compute domain create ${name.split(".").slice(-2).join(".")}, or set tierstack:edge to none`,
		),
	);
}

function checkMachines({ machineSizes }: AccountFacts, { machines, region }: Needs): Finding[] {
	const absent = [...new Set(machines.map(({ sku }) => sku))].filter((sku) => !machineSizes.has(sku));
	if (absent.length === 0) return machines.length === 0 ? [] : [ok(`${region} offers every machine size`)];
	return absent.map((sku) =>
		missing(`${region} does not offer ${sku} to this account now`, "use another region, or pin another size"),
	);
}

function checkManaged({ engines }: AccountFacts, need: ManagedNeed, region: string): Finding {
	const offer = engines[need.engine];
	const what = `managed ${need.engine} ${need.version ?? ""}`.trim();
	if (offer === undefined || !offer.regions.includes(region)) {
		return missing(`${region} offers no managed ${need.engine}`, "use another region");
	}
	if (need.version !== null && !offer.versions.includes(need.version)) {
		return missing(`${what} is not offered (there is ${offer.versions.join(", ")})`, "pin one of these versions");
	}
	if (!offer.layouts.has(`${need.nodes}:${need.sku}`)) {
		return missing(`${what} is not offered as ${need.nodes} x ${need.sku}`, "pin another size or number of nodes");
	}
	return ok(`${region} offers ${what} as ${need.nodes} x ${need.sku}`);
}

function checkQuota({ what, limit, used }: QuotaFact, { machines }: Needs): Finding {
	const wanted = machines.reduce((sum, { count }) => sum + count, 0);
	if (used === null) return unknown(`the account may have ${limit} ${what}; how many it has is not known`);
	const fix = "ask the provider to raise the limit (console: account settings)";
	if (wanted > limit) return missing(`the account may have ${limit} ${what}, this stack alone needs ${wanted}`, fix);
	if (used + wanted <= limit) return ok(`${used} of ${limit} ${what} used, ${wanted} needed`);
	return unknown(
		`${used} of ${limit} ${what} used; enough only if ${used + wanted - limit} of them are this stack's`,
		fix,
	);
}

import { randomBytes } from "node:crypto";
import type { AccountData } from "../cloud/account.ts";
import { digest } from "../cloud/digest.ts";
import { shortName } from "../cloud/schema.ts";
import { type Properties, text } from "../cloud/values.ts";
import { ACCOUNT_ID, arn } from "./arn.ts";

/** Random as the real ones are: what must not change by it is the program's to see to. */
function drawn(): string {
	return randomBytes(20).toString("hex");
}

function zonesOf(data: AccountData) {
	return data.resources.filter(({ type }) => shortName(type) === "route53.Zone");
}

type Lookup = (args: Properties, data: AccountData) => Properties;

function zones(region: string): string[] {
	return ["a", "b", "c", "d"].map((letter) => `${region}${letter}`);
}

/** Functions of the provider that programs may ask; any other fails, so that a new one is noticed. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
	getAvailabilityZones: (args) => {
		const region = text(args.region) || "us-east-1";
		const names = zones(region);
		return { id: region, names, zoneIds: names.map((_, index) => `use1-az${index + 1}`), groupNames: [region], region };
	},
	getCallerIdentity: () => ({
		id: ACCOUNT_ID,
		accountId: ACCOUNT_ID,
		arn: arn("iam", "", "user/emulated"),
		userId: "AIDAEMULATED",
	}),
	getPartition: () => ({ id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" }),
	getRegion: (args) => ({ id: text(args.region) || "us-east-1", name: text(args.region), region: text(args.region) }),
	// The public parameter of an image: the newest one today; a program that asks each time would get another one.
	getParameter: (args) => {
		const value = `ami-${digest("image", text(args.name)).slice(0, 17)}`;
		const region = text(args.region);
		return {
			id: text(args.name),
			name: text(args.name),
			arn: arn("ssm", region, `parameter${text(args.name)}`),
			type: "String",
			value,
			insecureValue: value,
			version: 1,
			region,
		};
	},
	getManagedPrefixList: (args) => {
		const name = text(args.name);
		const id = `pl-${digest(name).slice(0, 8)}`;
		return {
			id,
			name,
			arn: arn("ec2", text(args.region), `prefix-list/${id}`),
			addressFamily: "IPv4",
			maxEntries: 10,
			entries: [],
			ownerId: "AWS",
			version: 1,
			tags: {},
			region: text(args.region),
		};
	},
	getPrefixList: (args) => ({
		id: `pl-${digest(text(args.name)).slice(0, 8)}`,
		name: text(args.name),
		cidrBlocks: [],
		region: text(args.region),
	}),
	getZones: (_, data) => ({ id: "zones", ids: zonesOf(data).map(({ id }) => id) }),
	getZone: (args, data) => {
		const name = text(args.name).replace(/\.$/, "");
		const found = zonesOf(data).find(({ id, state }) => id === args.zoneId || (name !== "" && state.name === name));
		if (found === undefined) throw new Error(`no matching Route 53 Hosted Zone found: ${text(args.zoneId) || name}`);
		return {
			id: found.id,
			zoneId: found.id,
			name: text(found.state.name),
			arn: arn("route53", "", `hostedzone/${found.id}`),
			privateZone: false,
			nameServers: [],
			tags: {},
		};
	},
	getSessionContext: (args) => ({
		id: text(args.arn),
		arn: text(args.arn),
		issuerArn: text(args.arn),
		issuerId: "AIDAEMULATED",
		issuerName: "emulated",
		sessionName: "",
	}),
	// Good for a quarter of an hour: another one each time.
	getClusterAuth: (args) => ({ id: text(args.name), name: text(args.name), token: `k8s-aws-v1.${drawn()}` }),
	// Drawn anew at each call: a program that keeps the first one must say so.
	getRandomPassword: () => ({ id: "password", randomPassword: drawn() }),
};

export function lookUp(name: string, args: Properties, data: AccountData): Properties {
	const lookup = LOOKUPS[name.slice(name.lastIndexOf(":") + 1)];
	if (lookup === undefined) throw new Error(`the emulated provider has no function ${name}`);
	return lookup(args, data);
}

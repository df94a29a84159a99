#!/usr/bin/env node
/*
 * Writes schema.json: inputs, types, required, outputs, secret outputs and what replaces, of the resource types in
 * types.json.
 *
 *   node test/engine/aws/data/generate.mjs > test/engine/aws/data/schema.json
 *
 * Inputs and outputs are read from the type declarations of the installed @pulumi/aws. What replaces comes from, in
 * this order: changes.json where it knows the type, and what provider.json read in the provider's source beyond it
 * ("facts"); causesReplacement of @aws-cdk/aws-service-spec for the CloudFormation type that types.json names ("cfn").
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import ts from "typescript";

const require = createRequire(import.meta.url);
const home = dirname(require.resolve("@pulumi/aws/package.json"));
const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
const here = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const changes = here("changes.json").resources;
const { types } = here("types.json");
const provider = here("provider.json");
const sources = provider.replaces;

/** Interfaces of types/input.d.ts by `module.Name`. */
const interfaces = new Map();
/** Members of the types that the schema refers to. */
const shapes = {};

function parse(path) {
	return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
}

function readInterfaces() {
	const visit = (node, space) => {
		if (ts.isModuleDeclaration(node) && node.body !== undefined) {
			const inner = [...space, node.name.text];
			for (const each of node.body.statements ?? []) visit(each, inner);
		} else if (ts.isInterfaceDeclaration(node)) interfaces.set([...space, node.name.text].join("."), node);
	};
	for (const statement of parse(join(home, "types/input.d.ts")).statements) visit(statement, []);
}

/** `pulumi.Input<X | undefined>`, `pulumi.Output<X>` -> X. */
function unwrapped(node) {
	if (ts.isTypeReferenceNode(node)) {
		const name = node.typeName.getText();
		if (["pulumi.Input", "pulumi.Output"].includes(name)) return unwrapped(node.typeArguments[0]);
	}
	if (ts.isUnionTypeNode(node)) {
		const rest = node.types.filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword);
		if (rest.length === 1) return unwrapped(rest[0]);
	}
	return node;
}

function typeOf(given) {
	const node = unwrapped(given);
	if (ts.isArrayTypeNode(node)) return { array: typeOf(node.elementType) };
	if (ts.isTypeLiteralNode(node)) {
		const [index] = node.members;
		if (index !== undefined && ts.isIndexSignatureDeclaration(index)) return { map: typeOf(index.type) };
	}
	const text = node.getText();
	if (["string", "number", "boolean"].includes(text)) return text;
	if (text === "any") return "any";
	if (text.startsWith("inputs.")) return { ref: refer(text.slice("inputs.".length)) };
	// Unions of enumerations with string, resources in the place of their names, and archives: the wire has text.
	if (ts.isUnionTypeNode(node) || ts.isTypeReferenceNode(node)) return "string";
	throw new Error(`no idea what ${text} is`);
}

function refer(name) {
	if (shapes[name] === undefined) {
		shapes[name] = {};
		const found = interfaces.get(name);
		if (found === undefined) throw new Error(`no interface ${name}`);
		Object.assign(shapes[name], membersOf(found));
	}
	return name;
}

function membersOf(declaration) {
	const members = {};
	for (const member of declaration.members) {
		if (!ts.isPropertySignature(member)) continue;
		const words = ts
			.getJSDocCommentsAndTags(member)
			.map((each) => each.getText())
			.join(" ");
		members[member.name.text] = {
			type: typeOf(member.type),
			...(member.questionToken === undefined ? { required: true } : {}),
			...(/@deprecated/.test(words) ? { deprecated: true } : {}),
		};
	}
	return members;
}

function outputsOf(declaration) {
	const outputs = {};
	for (const member of declaration.members) {
		if (!ts.isPropertyDeclaration(member) || member.type === undefined) continue;
		if (member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)) continue;
		if (!member.type.getText().startsWith("pulumi.Output")) continue;
		outputs[member.name.text] = shallow(unwrapped(member.type));
	}
	return outputs;
}

/**
 * Inputs that the cloud fills in when they are left out: optional, but always there once the resource exists. The
 * declarations tell them apart from mere options by leaving `undefined` out of the output's type.
 */
function markComputed(declaration, inputs) {
	for (const member of declaration.members) {
		if (!ts.isPropertyDeclaration(member) || member.type === undefined) continue;
		const input = inputs[member.name.text];
		if (input === undefined || input.required === true) continue;
		const words = member.type.getText();
		if (words.startsWith("pulumi.Output") && !words.includes("undefined")) input.computed = true;
	}
}

/** Outputs are computed by hand, so their inner shape is not needed. */
function shallow(node) {
	const text = node.getText();
	if (["string", "number", "boolean"].includes(text)) return text;
	if (ts.isArrayTypeNode(node)) return { array: "any" };
	return ts.isTypeLiteralNode(node) ? { map: "any" } : "any";
}

const spec = loadAwsServiceSpecSync();

/** Properties that CloudFormation replaces for, by their name here. */
function cloudFormation(type) {
	if (type === null) return new Set();
	const [resource] = spec.lookup("resource", "cloudFormationType", "equals", type);
	if (resource === undefined) throw new Error(`the service specification has no ${type}`);
	const names = Object.entries(resource.properties).filter(([, { causesReplacement }]) => causesReplacement === "yes");
	const additional = (resource.additionalReplacementProperties ?? []).filter((path) => path.length === 1).flat();
	return new Set([...names.map(([name]) => name), ...additional].map((name) => name.toLowerCase()));
}

/** Where the two say a name differently. */
const CFN_NAMES = {
	"ec2.EipAssociation": { instanceId: "instanceid", networkInterfaceId: "networkinterfaceid" },
	"ec2.VolumeAttachment": { deviceName: "device" },
	"ec2.FlowLog": {
		vpcId: "resourceid",
		subnetId: "resourceid",
		eniId: "resourceid",
		iamRoleArn: "deliverlogspermissionarn",
	},
	"ec2.VpcEndpoint": { vpcEndpointType: "vpcendpointtype" },
	"ec2.Route": { vpcEndpointId: "" },
	"ec2.KeyPair": { publicKey: "publickeymaterial" },
	"rds.ClusterParameterGroup": { name: "dbclusterparametergroupname" },
	"cloudtrail.Trail": { name: "trailname" },
	"budgets.Budget": { name: "" },
	"kms.Alias": { name: "aliasname" },
	"rds.ProxyEndpoint": { vpcSubnetIds: "vpcsubnetids" },
	"elasticache.UserGroup": { userGroupId: "usergroupid" },
	"cloudwatch.LogDeliveryDestination": { deliveryDestinationConfiguration: "destinationresourcearn" },
	"iam.AccessKey": { user: "username" },
	"iam.User": { name: "username" },
};

function replacing(short, inputs) {
	const known = changes[short];
	if (known !== undefined) {
		for (const [name, { forceNew }] of Object.entries(known.properties)) {
			if (inputs[name] !== undefined && forceNew === true) Object.assign(inputs[name], { replaces: true, by: "facts" });
		}
		return;
	}
	const read = sources[short]?.inputs;
	if (read !== undefined) {
		for (const name of read)
			if (inputs[name] !== undefined) Object.assign(inputs[name], { replaces: true, by: "facts" });
		if (inputs.region !== undefined) Object.assign(inputs.region, { replaces: true, by: "facts" });
		return;
	}
	const byCloudFormation = cloudFormation(types[short]);
	for (const [name, property] of Object.entries(inputs)) {
		const theirs = CFN_NAMES[short]?.[name] ?? name.toLowerCase();
		if (byCloudFormation.has(theirs) || name === "region")
			Object.assign(property, { replaces: true, by: name === "region" ? "facts" : "cfn" });
	}
}

function resource(short) {
	const [module, name] = short.split(".");
	const file = join(home, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
	if (!existsSync(`${file}.d.ts`)) throw new Error(`no ${file}.d.ts`);
	const { statements } = parse(`${file}.d.ts`);
	const args = statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === `${name}Args`);
	const declared = statements.find((each) => ts.isClassDeclaration(each) && each.name?.text === name);
	const code = readFileSync(`${file}.js`, "utf8");
	const token = /__pulumiType = '([^']+)'/.exec(code)?.[1];
	if (args === undefined || declared === undefined || token === undefined) throw new Error(`cannot read ${short}`);
	const inputs = membersOf(args);
	markComputed(declared, inputs);
	replacing(short, inputs);
	const secretOutputs = /additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1] ?? "";
	for (const secret of secretOutputs.match(/\w+/g) ?? [])
		if (inputs[secret] !== undefined) inputs[secret].secret = true;
	const outputs = Object.fromEntries(Object.entries(outputsOf(declared)).filter(([key]) => inputs[key] === undefined));
	return [token, { ...bridged(short), inputs, outputs, secretOutputs: secretOutputs.match(/\w+/g) ?? [] }];
}

/** Properties inside objects that replace the whole, as changes.json says in its notes. */
const NESTED = [
	["ec2.InstanceRootBlockDevice", "encrypted"],
	["ec2.InstanceRootBlockDevice", "kmsKeyId"],
	["eks.ClusterAccessConfig", "bootstrapClusterCreatorAdminPermissions"],
	["eks.ClusterKubernetesNetworkConfig", "ipFamily"],
	["eks.ClusterKubernetesNetworkConfig", "serviceIpv4Cidr"],
];

/** What the bridge adds: defaults, which input a name is made up for, and whether it deletes first. */
function bridged(short) {
	const nameInput = provider.names.inputs[short];
	const defaults = provider.defaults.inputs[short];
	return {
		...(nameInput === undefined ? {} : { nameInput: nameInput ?? "" }),
		...(defaults === undefined ? {} : { defaults }),
		...(provider.deleteFirst.includes(short) ? { deleteFirst: true } : {}),
	};
}

readInterfaces();
const resources = Object.fromEntries(Object.keys(types).sort().map(resource));
for (const [shape, property] of NESTED) Object.assign(shapes[shape][property], { replaces: true, by: "facts" });
const ordered = Object.fromEntries(Object.entries(shapes).sort(([left], [right]) => (left < right ? -1 : 1)));

/** One line a shape and one an input: readable in a diff, and a third of the size. */
function lines(record) {
	return Object.entries(record)
		.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
		.join(",\n");
}

const source = `type declarations of @pulumi/aws ${version} (Apache-2.0); "by" says where "replaces" comes from: see README.md`;
process.stdout.write(
	`{\n "source": ${JSON.stringify(source)},\n "shapes": {\n${lines(ordered)}\n },\n "resources": {\n${lines(resources)}\n }\n}\n`,
);

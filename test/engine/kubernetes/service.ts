import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import * as pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import * as providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { Account } from "../cloud/account.ts";
import { checkResponse, diffResponse } from "../cloud/replies.ts";
import { decode, encode, isUnknown, text } from "../cloud/values.ts";
import { Cluster, checkObject, diffObject } from "./cluster.ts";

const { DiffChanges } = providerPb.DiffResponse;

const secrets = (type: string) => (type.endsWith(":Secret") ? ["stringData"] : []);

/** The provider of an emulated cluster inside an emulated account, configured by nobody yet. */
export function clusterService(account: Account) {
	let cluster: Cluster | null = null;
	/** The cluster a kubeconfig leads to; it must be one, as the real provider would find out. */
	const reached = (): Cluster => {
		if (cluster === null) throw new Error("configured Kubernetes cluster is unreachable: there is no kubeconfig");
		return cluster;
	};
	return {
		getPluginInfo: unary((_: Empty) => {
			const reply = new pluginPb.PluginInfo();
			reply.setVersion("4.34.2");
			return reply;
		}),
		checkConfig: unary((request: providerPb.CheckRequest) => checkResponse(request.getNews())),
		diffConfig: unary((request: providerPb.DiffRequest) => {
			const [before, after] = [decode(request.getOlds()), decode(request.getNews())];
			const reply = new providerPb.DiffResponse();
			const same = JSON.stringify(before) === JSON.stringify(after);
			reply.setChanges(same ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
			// With an identifier given, it alone decides whether this is another cluster.
			if (text(before.clusterIdentifier) !== text(after.clusterIdentifier) && !isUnknown(after.clusterIdentifier))
				reply.setReplacesList(["clusterIdentifier"]);
			return reply;
		}),
		configure: unary((request: providerPb.ConfigureRequest) => {
			const variables = request.getVariablesMap();
			const given = decode(request.getArgs());
			const kubeconfig = text(given.kubeconfig) || (variables.get("kubernetes:config:kubeconfig") ?? "");
			const name = (/^- name: (.+)$/m.exec(kubeconfig) ?? /"clusters":\[\{"name":"([^"]+)"/.exec(kubeconfig))?.[1];
			cluster = name === undefined ? null : new Cluster(account, name);
			const reply = new providerPb.ConfigureResponse();
			reply.setSupportspreview(true);
			reply.setAcceptsecrets(false);
			return reply;
		}),
		check: unary((request: providerPb.CheckRequest) => {
			const inputs = decode(request.getNews());
			return checkResponse(encode(inputs), checkObject(request.getType(), inputs));
		}),
		diff: unary((request: providerPb.DiffRequest) =>
			diffResponse(diffObject(request.getType(), decode(request.getOldInputs()), decode(request.getNews()))),
		),
		create: unary((request: providerPb.CreateRequest) => {
			const inputs = decode(request.getProperties());
			const reply = new providerPb.CreateResponse();
			reply.setId(request.getPreview() ? "" : reached().create(request.getType(), inputs));
			reply.setProperties(encode(inputs, secrets(request.getType())));
			return reply;
		}),
		update: unary((request: providerPb.UpdateRequest) => {
			const inputs = decode(request.getNews());
			if (!request.getPreview()) reached().update(request.getType(), request.getId(), inputs);
			const reply = new providerPb.UpdateResponse();
			reply.setProperties(encode(inputs, secrets(request.getType())));
			return reply;
		}),
		delete: unary((request: providerPb.DeleteRequest) => {
			reached().delete(request.getType(), request.getId());
			return new Empty();
		}),
		read: unary((request: providerPb.ReadRequest) => {
			const found = reached().read(request.getType(), request.getId());
			const reply = new providerPb.ReadResponse();
			if (found === null) return reply;
			reply.setId(request.getId());
			reply.setProperties(encode(found, secrets(request.getType())));
			reply.setInputs(encode(found));
			return reply;
		}),
		cancel: unary((_: Empty) => new Empty()),
		attach: unary((_: pluginPb.PluginAttach) => new Empty()),
	};
}

function unary<Request, Reply>(act: (request: Request) => Reply) {
	return (call: ServerUnaryCall<Request, Reply>, callback: sendUnaryData<Reply>): void => {
		try {
			callback(null, act(call.request));
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			callback({ code: status.UNKNOWN, message, details: message });
		}
	};
}

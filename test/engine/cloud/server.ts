import { status as grpcStatus, Metadata, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import * as pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import * as providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Any } from "google-protobuf/google/protobuf/any_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { type EmulatedProvider, PartialFailure } from "./provider.ts";
import { checkResponse, diffResponse } from "./replies.ts";
import { decode, encode } from "./values.ts";

type Handler<Request, Reply> = (call: ServerUnaryCall<Request, Reply>, callback: sendUnaryData<Reply>) => void;

/** The gRPC face of the provider: wire in, wire out. What is not here answers "unimplemented", as with older plugins. */
export function providerService(provider: EmulatedProvider) {
	const secrets = (type: string) => provider.facts.schemaOf(type).secretOutputs;
	return {
		getPluginInfo: unary((_: Empty) => {
			const reply = new pluginPb.PluginInfo();
			reply.setVersion(provider.facts.version);
			return reply;
		}),
		checkConfig: unary((request: providerPb.CheckRequest) => checkResponse(request.getNews())),
		diffConfig: unary((_: providerPb.DiffRequest) => {
			const reply = new providerPb.DiffResponse();
			reply.setChanges(providerPb.DiffResponse.DiffChanges.DIFF_NONE);
			return reply;
		}),
		configure: unary((request: providerPb.ConfigureRequest) => {
			provider.config = decode(request.getArgs());
			provider.credentials = provider.facts.credentials(provider.config, provider.env);
			const reply = new providerPb.ConfigureResponse();
			reply.setSupportspreview(true);
			reply.setSupportsAutonamingConfiguration(true);
			return reply;
		}),
		check: unary((request: providerPb.CheckRequest) => {
			const autonaming = request.getAutonaming();
			const { inputs, failures } = provider.check(
				request.getType(),
				request.getName(),
				decode(request.getOlds()),
				decode(request.getNews()),
				request.getRandomseed_asU8(),
				autonaming === undefined
					? null
					: {
							proposed: autonaming.getProposedName(),
							disabled: autonaming.getMode() === providerPb.CheckRequest.AutonamingOptions.Mode.DISABLE,
						},
			);
			return checkResponse(encode(inputs), failures);
		}),
		diff: unary((request: providerPb.DiffRequest) => {
			const { diffs, deleteFirst } = provider.diff(
				request.getType(),
				decode(request.getOldInputs()),
				decode(request.getOlds()),
				decode(request.getNews()),
				request.getIgnorechangesList(),
			);
			return diffResponse(diffs, deleteFirst);
		}),
		create: unary(async (request: providerPb.CreateRequest) => {
			const { id, state } = await provider.create(
				request.getType(),
				request.getName(),
				decode(request.getProperties()),
				request.getPreview(),
			);
			const reply = new providerPb.CreateResponse();
			reply.setId(id);
			reply.setProperties(encode(state, secrets(request.getType())));
			return reply;
		}),
		update: unary(async (request: providerPb.UpdateRequest) => {
			const state = await provider.update(
				request.getType(),
				request.getName(),
				request.getId(),
				decode(request.getOlds()),
				decode(request.getNews()),
				request.getPreview(),
			);
			const reply = new providerPb.UpdateResponse();
			reply.setProperties(encode(state, secrets(request.getType())));
			return reply;
		}, secrets),
		delete: unary(async (request: providerPb.DeleteRequest) => {
			await provider.delete(request.getType(), request.getName(), request.getId(), decode(request.getProperties()));
			return new Empty();
		}),
		read: unary(async (request: providerPb.ReadRequest) => {
			const found = await provider.read(
				request.getType(),
				request.getName(),
				request.getId(),
				decode(request.getInputs()),
			);
			const reply = new providerPb.ReadResponse();
			if (found === null) return reply;
			reply.setId(request.getId());
			reply.setProperties(encode(found.state, secrets(request.getType())));
			reply.setInputs(encode(found.inputs));
			return reply;
		}),
		invoke: unary((request: providerPb.InvokeRequest) => {
			const reply = new providerPb.InvokeResponse();
			reply.setReturn(encode(provider.invoke(request.getTok(), decode(request.getArgs()))));
			return reply;
		}),
		cancel: unary((_: Empty) => new Empty()),
		attach: unary((_: pluginPb.PluginAttach) => new Empty()),
	};
}

function unary<Request, Reply>(
	act: (request: Request) => Reply | Promise<Reply>,
	secrets: (type: string) => readonly string[] = () => [],
): Handler<Request, Reply> {
	return (call, callback) => {
		Promise.resolve()
			.then(() => act(call.request))
			.then((reply) => callback(null, reply))
			.catch((error: unknown) => callback(errorResponse(error, secrets)));
	};
}

function errorResponse(error: unknown, secrets: (type: string) => readonly string[]) {
	const message = error instanceof Error ? error.message : String(error);
	const metadata = new Metadata();
	if (error instanceof PartialFailure) {
		const detail = new providerPb.ErrorResourceInitFailed();
		detail.setId(error.id);
		detail.setProperties(encode(error.state, secrets(error.type)));
		detail.setReasonsList([message]);
		const packed = new Any();
		packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
		const wrapped = new Status();
		wrapped.setCode(grpcStatus.UNKNOWN);
		wrapped.setMessage(message);
		wrapped.addDetails(packed);
		metadata.add("grpc-status-details-bin", Buffer.from(wrapped.serializeBinary()));
	}
	return { code: grpcStatus.UNKNOWN, message, details: message, metadata };
}

import { createRequire } from "node:module";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";

/** Declares resources for the stack of this name; what it returns is the stack's outputs. */
export type Program = () => Promise<object>;

type Call = ServerUnaryCall<languagePb.RunRequest, languagePb.RunResponse>;
type Callback = sendUnaryData<languagePb.RunResponse>;

/** What the SDK runs the programs of its automation API with; its declarations leave it out. */
interface InlineServer {
	run(call: Call, callback: Callback): Promise<void>;
}
const require = createRequire(import.meta.url);
const sdk: {
	readonly LanguageServer: new (program: Program) => InlineServer;
} = require("@pulumi/pulumi/automation/server.js");

/**
 * Every command brings an engine on a port of its own, and ports come back. Connections of a process are shared by
 * address, so the one to an engine that has ended would stand for the new one on its port, and fail: none are shared.
 */
const settings: { readonly grpcClientOptions: Record<string, unknown> } = require("@pulumi/pulumi/runtime/settings.js");
settings.grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

/** A language host that has its program at hand. */
export function programService(program: Program) {
	let engine = "";
	return {
		handshake: (
			call: ServerUnaryCall<languagePb.LanguageHandshakeRequest, unknown>,
			callback: sendUnaryData<object>,
		) => {
			engine = call.request.getEngineAddress();
			callback(null, new languagePb.LanguageHandshakeResponse());
		},
		getPluginInfo: answer(() => new pluginPb.PluginInfo()),
		getRequiredPackages: answer(() => new languagePb.GetRequiredPackagesResponse()),
		getRequiredPlugins: answer(() => new languagePb.GetRequiredPluginsResponse()),
		run: (call: Call, callback: Callback) => {
			call.request.setArgsList([engine]);
			const giveBack = withoutTraces();
			void new sdk.LanguageServer(program).run(call, callback).finally(giveBack);
		},
		cancel: answer(() => new emptyPb.Empty()),
	};
}

function answer<Reply>(reply: () => Reply) {
	return (_: unknown, callback: sendUnaryData<Reply>) => callback(null, reply());
}

/** The SDK writes a stack trace out for every property of every resource, which nobody reads here. */
function withoutTraces(): () => void {
	const before = Error.stackTraceLimit;
	Error.stackTraceLimit = 0;
	return () => {
		Error.stackTraceLimit = before;
	};
}

import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { exitWithParent } from "../plugins/exitWithParent.ts";
import { Account } from "./account.ts";
import type { CloudFacts } from "./facts.ts";
import { EmulatedProvider } from "./provider.ts";
import { providerService } from "./server.ts";

/** Serves one cloud of the emulated account that the environment names, as an executable `pulumi-resource-<name>`. */
export function serve(facts: CloudFacts): void {
	const folder = process.env.TIERSTACK_EMULATED_ACCOUNT;
	if (folder === undefined) {
		console.error("TIERSTACK_EMULATED_ACCOUNT names no folder: this provider only serves tests");
		process.exit(1);
	}
	const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
	server.addService(ResourceProviderService, providerService(new EmulatedProvider(facts, folder, new Account(folder))));
	server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
		if (error !== null) throw error;
		console.log(String(port));
		exitWithParent();
	});
}

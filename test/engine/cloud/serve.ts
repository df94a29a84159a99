import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { exitWithParent } from "../plugins/exitWithParent.ts";
import { Account } from "./account.ts";
import type { CloudFacts } from "./facts.ts";
import { EmulatedProvider } from "./provider.ts";
import { providerService } from "./server.ts";

/** Serves one cloud of the emulated account that the environment names, as an executable `pulumi-resource-<name>`. */
export function serve(facts: CloudFacts): void {
	servePlugin((folder) => cloudService(facts, folder, process.env));
}

/** One provider of a cloud, started in an environment and configured by nobody yet. */
export function cloudService(facts: CloudFacts, folder: string, env: NodeJS.ProcessEnv) {
	return providerService(new EmulatedProvider(facts, folder, new Account(folder), env));
}

/** What every plugin does around its service: the account comes by the environment, the port goes out. */
export function servePlugin(service: (folder: string) => UntypedServiceImplementation): void {
	const folder = process.env.TIERSTACK_EMULATED_ACCOUNT;
	if (folder === undefined) {
		console.error("TIERSTACK_EMULATED_ACCOUNT names no folder: this provider only serves tests");
		process.exit(1);
	}
	const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
	server.addService(ResourceProviderService, service(folder));
	server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
		if (error !== null) throw error;
		console.log(String(port));
		exitWithParent();
	});
}

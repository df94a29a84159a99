import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { AWS } from "../aws/facts.ts";
import { Account } from "../cloud/account.ts";
import { cloudService } from "../cloud/serve.ts";
import { DIGITALOCEAN } from "../digitalocean/facts.ts";
import { clusterService } from "../kubernetes/service.ts";
import { perConnection } from "./perConnection.ts";
import { type Program, programService } from "./program.ts";

const PROVIDERS: Readonly<Record<string, (account: string, env: NodeJS.ProcessEnv) => UntypedServiceImplementation>> = {
	aws: (account, env) => cloudService(AWS, account, env),
	digitalocean: (account, env) => cloudService(DIGITALOCEAN, account, env),
	kubernetes: (account) => clusterService(new Account(account)),
};

/** Servers that run, and what makes the CLI attach to them. */
export interface Servers {
	readonly env: Readonly<Record<string, string>>;
	readonly stop: () => void;
}

/**
 * Serves the emulated clouds of an account, and a program, inside the test's own process. The CLI attaches to them by
 * its own means for debugging, where it would start a process for each of them otherwise, at every command.
 */
export async function serveInside(account: string, env: NodeJS.ProcessEnv, program: Program): Promise<Servers> {
	const servers: Server[] = [];
	const serve = async (definition: ServiceDefinition, service: UntypedServiceImplementation): Promise<number> => {
		const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
		servers.push(server);
		server.addService(definition, service);
		return new Promise((done, fail) => {
			server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
				if (error === null) done(port);
				else fail(error);
			});
		});
	};
	const providers = Object.entries(PROVIDERS).map(async ([name, make]) => {
		const port = await serve(
			ResourceProviderService,
			perConnection(() => make(account, env)),
		);
		return `${name}:${port}`;
	});
	const language = await serve(LanguageRuntimeService, programService(program));
	return {
		env: {
			PULUMI_DEBUG_PROVIDERS: (await Promise.all(providers)).join(","),
			PULUMI_DEBUG_LANGUAGES: `nodejs:${language}`,
		},
		stop: () => {
			for (const server of servers) server.forceShutdown();
		},
	};
}

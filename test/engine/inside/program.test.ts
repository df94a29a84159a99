import { createRequire } from "node:module";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineClient, EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";
import { expect, test } from "vitest";
import "./program.ts";

const settings: { readonly grpcClientOptions: Record<string, unknown> } = createRequire(import.meta.url)(
	"@pulumi/pulumi/runtime/settings.js",
);

function serve(port: number): Promise<{ readonly server: Server; readonly port: number }> {
	const server = new Server();
	server.addService(EngineService, {
		getRootResource: (_: unknown, reply: (error: null, root: enginePb.GetRootResourceResponse) => void) =>
			reply(null, new enginePb.GetRootResourceResponse()),
	});
	return new Promise((done, fail) => {
		server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
			if (error === null) done({ server, port: bound });
			else fail(error);
		});
	});
}

/** As the SDK asks an engine: what it answers, or why not. */
function ask(client: EngineClient): Promise<string> {
	return new Promise((done) => {
		client.getRootResource(new enginePb.GetRootResourceRequest(), (error) => done(error?.message ?? "answered"));
	});
}

function clientOf(port: number): EngineClient {
	return new EngineClient(`127.0.0.1:${port}`, credentials.createInsecure(), settings.grpcClientOptions);
}

test("an engine on the port of one that has ended is reached, while the old connection still stands", async () => {
	const former = await serve(0);
	const left = clientOf(former.port);
	expect(await ask(left)).toBe("answered");
	former.server.forceShutdown();
	expect(await ask(left)).toContain("UNAVAILABLE");
	const next = await serve(former.port);
	const client = clientOf(next.port);
	expect(await ask(client)).toBe("answered");
	for (const each of [left, client]) each.close();
	next.server.forceShutdown();
});

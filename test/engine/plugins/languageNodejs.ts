import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
	Server,
	ServerCredentials,
	type ServerUnaryCall,
	type ServerWritableStream,
	type sendUnaryData,
} from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import * as languagePb from "@pulumi/pulumi/proto/language_pb.js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { exitWithParent } from "./exitWithParent.ts";

/**
 * Entry of `pulumi-language-nodejs`: a stand-in for the language host that ships with the CLI and cannot be had by
 * itself. It starts the SDK's own `cmd/run` (programs) and `cmd/run-policy-pack` (policy packs), as the real one does.
 */

/** The SDK's exit code for "the user was told already" (cmd/run/index.js). */
const ALREADY_REPORTED = 32;
const engineAddress = process.argv.at(-1) ?? "";
const children = new Set<ChildProcess>();

function startNode(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, piped: boolean): ChildProcess {
	const output = piped ? "pipe" : "inherit";
	const child = spawn(process.execPath, [...args], { cwd, env, stdio: ["ignore", output, output] });
	children.add(child);
	child.on("exit", () => children.delete(child));
	return child;
}

function sdkModule(programFolder: string, module: string): string {
	return createRequire(join(programFolder, "program.js")).resolve(`@pulumi/pulumi/cmd/${module}`);
}

function flags(values: Readonly<Record<string, string>>): string[] {
	return Object.entries(values).flatMap(([key, value]) => (value === "" ? [] : [`--${key}`, value]));
}

function run(
	call: ServerUnaryCall<languagePb.RunRequest, languagePb.RunResponse>,
	callback: sendUnaryData<languagePb.RunResponse>,
): void {
	const request = call.request;
	const info = request.getInfo();
	const folder = info?.getProgramDirectory() ?? request.getPwd();
	const options = info?.getOptions()?.toJavaScript() ?? {};
	const args = [
		sdkModule(folder, "run"),
		...flags({
			monitor: request.getMonitorAddress(),
			engine: engineAddress,
			organization: request.getOrganization(),
			project: request.getProject(),
			stack: request.getStack(),
			pwd: folder,
			parallel: String(request.getParallel()),
			"root-directory": info?.getRootDirectory() ?? "",
		}),
		...(request.getDryrun() ? ["--dry-run"] : []),
		info?.getEntryPoint() ?? request.getProgram(),
		...request.getArgsList(),
	];
	const env = {
		...process.env,
		PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject(true))),
		PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
		PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
	};
	const child = startNode(args, folder, env, false);
	call.on("cancelled", () => child.kill());
	child.on("error", (error) => callback(error));
	child.on("exit", (code) => {
		const response = new languagePb.RunResponse();
		if (code === ALREADY_REPORTED) response.setBail(true);
		else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code ?? "killed"}`);
		callback(null, response);
	});
}

function runPlugin(call: ServerWritableStream<languagePb.RunPluginRequest, languagePb.RunPluginResponse>): void {
	const request = call.request;
	const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
	const module = request.getKind() === "analyzer" ? "run-policy-pack" : "run-plugin";
	const environment = Object.fromEntries(request.getEnvList().map((entry) => entry.split(/=(.*)/s, 2)));
	const child = startNode(
		[sdkModule(folder, module), ...request.getArgsList(), folder],
		request.getPwd(),
		{ ...process.env, ...environment },
		true,
	);
	const send = (fill: (response: languagePb.RunPluginResponse) => void) => {
		const response = new languagePb.RunPluginResponse();
		fill(response);
		call.write(response);
	};
	child.stdout?.on("data", (bytes: Uint8Array) => send((response) => response.setStdout(bytes)));
	child.stderr?.on("data", (bytes: Uint8Array) => send((response) => response.setStderr(bytes)));
	child.on("close", (code) => {
		send((response) => response.setExitcode(code ?? 1));
		call.end();
	});
	call.on("cancelled", () => child.kill());
}

function answer<Request, Reply>(reply: () => Reply) {
	return (_: ServerUnaryCall<Request, Reply>, callback: sendUnaryData<Reply>) => callback(null, reply());
}

const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(LanguageRuntimeService, {
	handshake: answer(() => new languagePb.LanguageHandshakeResponse()),
	getPluginInfo: answer(() => new PluginInfo()),
	getRequiredPackages: answer(() => new languagePb.GetRequiredPackagesResponse()),
	getRequiredPlugins: answer(() => new languagePb.GetRequiredPluginsResponse()),
	run,
	runPlugin,
	cancel: answer(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
	if (error !== null) throw error;
	console.log(String(port));
	exitWithParent(() => {
		for (const child of children) child.kill("SIGKILL");
	});
});

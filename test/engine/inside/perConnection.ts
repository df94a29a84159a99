import type { ServerUnaryCall } from "@grpc/grpc-js";

/**
 * One service that is many: the engine starts a plugin for each provider it configures and each command anew, so every
 * connection that attaches here gets a service of its own, which knows nothing of those before it.
 */
export function perConnection<Service extends object>(make: () => Service): Service {
	const services = new Map<string, Service>();
	const serviceOf = (peer: string): Service => {
		const found = services.get(peer) ?? make();
		services.set(peer, found);
		return found;
	};
	return new Proxy(make(), {
		get(methods, name) {
			if (!(name in methods)) return undefined;
			return (call: ServerUnaryCall<unknown, unknown>, callback: unknown) => {
				// The first call of a connection. The number of an earlier one may come again.
				if (name === "attach") services.delete(call.getPeer());
				const service: object = serviceOf(call.getPeer());
				const handle: (call: unknown, callback: unknown) => void = Reflect.get(service, name);
				handle(call, callback);
			};
		},
	});
}

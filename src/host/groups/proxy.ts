import {
	CERTIFICATES,
	CERTIFICATES_TIMER,
	CERTIFICATES_UNIT,
	LIVE,
	limitConfig,
	NGINX_DROP_IN,
	nginxConfig,
	PASS,
	REDIRECT,
	tlsServer,
} from "../files/proxy.ts";
import { group, type HostFile, type HostGroup } from "../manifest.ts";
import type { HostSettings, ProxySettings } from "../settings.ts";
import { copiesOf, FIRST_PORT } from "./processes.ts";
import { program, unit } from "./system.ts";

const FOLDER = "/etc/tierstack/proxy";

/** nginx before the application, and its certificates where this host speaks TLS itself. */
export function proxyGroups(settings: HostSettings): readonly HostGroup[] {
	const { proxy } = settings;
	if (proxy === null) return [];
	const ports = settings.app.compose === null ? copiesOf(settings).flatMap(({ port }) => port ?? []) : [FIRST_PORT];
	if (ports.length === 0) return [];
	const file = (name: string, content: string): HostFile => ({
		path: `${FOLDER}/${name}`,
		content,
		mode: "0644",
		reloads: ["nginx.service"],
	});
	const secured = proxy.tls === "host" && proxy.domains.length > 0;
	return [
		group("proxy", {
			packages: ["nginx-light|nginx"],
			files: [
				file("nginx.conf", nginxConfig({ settings: proxy, ports, healthPath: settings.app.healthPath })),
				file("pass.conf", PASS),
				file("limit.conf", limitConfig(proxy)),
				...(secured ? [file("tls.conf", tlsServer(proxy.domains)), file("redirect.conf", REDIRECT)] : []),
				unit("nginx.service.d/tierstack.conf", NGINX_DROP_IN, ["nginx.service"]),
			],
			checks: [
				// Without names nothing may go on using the certificate of names that were served before.
				...(secured ? [] : [["/usr/bin/rm", "-rf", LIVE]]),
				["/usr/sbin/nginx", "-t", "-q", "-c", `${FOLDER}/nginx.conf`],
			],
			units: ["nginx.service"],
		}),
		...(secured
			? [
					group("certificates", {
						// Slot 1 only: without a load balancer there is one host.
						firstOnly: true,
						needs: ["proxy"],
						packages: ["certbot"],
						files: [
							{
								path: `${FOLDER}/certificates.conf`,
								content: certificatesConfig(proxy),
								mode: "0644",
								restarts: ["tierstack-certificates.timer"],
							},
							program("certificates", CERTIFICATES),
							unit("tierstack-certificates.service", CERTIFICATES_UNIT, []),
							unit("tierstack-certificates.timer", CERTIFICATES_TIMER),
						],
						units: ["tierstack-certificates.timer"],
					}),
				]
			: []),
	];
}

function certificatesConfig({ domains, email, acmeDirectory }: ProxySettings): string {
	const names = domains.map((name) => `-d ${name}`).join(" ");
	const contact = email === null ? "--register-unsafely-without-email" : `--email ${email}`;
	const authority = acmeDirectory === null ? "" : `--server ${acmeDirectory}`;
	return `DOMAINS="${names}"\nCONTACT="${contact}"\nAUTHORITY="${authority}"\n`;
}

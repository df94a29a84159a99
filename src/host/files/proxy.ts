import type { ProxySettings } from "../settings.ts";

/** Types worth compressing; images and archives are compressed already. */
const COMPRESSED = [
	"text/plain",
	"text/css",
	"text/csv",
	"text/xml",
	"application/json",
	"application/javascript",
	"text/javascript",
	"application/xml",
	"application/rss+xml",
	"application/wasm",
	"image/svg+xml",
	"font/ttf",
].join(" ");

/** What the configuration follows from. */
interface ProxyFacts {
	readonly settings: ProxySettings;
	/** Ports of the web copies on the loopback address. */
	readonly ports: readonly number[];
	/** Path that is never limited or redirected: load balancers ask it by plain HTTP. */
	readonly healthPath: string;
}

/** Folder where the certificate program lays what becomes true once a certificate is there. */
export const LIVE = "/etc/tierstack/proxy/live";

/** The whole configuration of nginx. What needs a certificate stands in files of its own, included when they exist. */
export function nginxConfig({ settings, ports, healthPath }: ProxyFacts): string {
	const { ratePerSecond, idleSeconds } = settings;
	const trusted = settings.trustedRanges.map((range) => `\tset_real_ip_from ${range};\n`).join("");
	const limit =
		ratePerSecond === null
			? ""
			: `	limit_req_zone $binary_remote_addr zone=caller:10m rate=${ratePerSecond}r/s;
	limit_req_status 429;
`;
	return `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
include /etc/nginx/modules-enabled/*.conf;

events {
	worker_connections 4096;
}

http {
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	access_log /var/log/nginx/access.log combined buffer=16k flush=5s;
	server_tokens off;
	sendfile on;
	server_names_hash_bucket_size 128;

	client_max_body_size ${settings.maxBodyMib}m;
	client_body_timeout ${idleSeconds}s;
	client_header_timeout 30s;
	send_timeout ${idleSeconds}s;
	keepalive_timeout ${idleSeconds}s;
	proxy_connect_timeout 10s;
	proxy_read_timeout ${idleSeconds}s;
	proxy_send_timeout ${idleSeconds}s;

	gzip on;
	gzip_vary on;
	gzip_proxied any;
	gzip_comp_level 5;
	gzip_min_length 1024;
	gzip_types ${COMPRESSED};

	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_prefer_server_ciphers off;
	ssl_session_cache shared:tls:10m;
	ssl_session_tickets off;

${limit}${trusted === "" ? "" : `${trusted}\treal_ip_header X-Forwarded-For;\n\treal_ip_recursive on;\n`}
	map $http_upgrade $connection_upgrade {
		default upgrade;
		"" "";
	}
	map $http_x_forwarded_proto $caller_scheme {
		default ${settings.tls === "upstream" ? "$http_x_forwarded_proto" : "$scheme"};
		"" $scheme;
	}
	upstream app {
${ports.map((port) => `\t\tserver 127.0.0.1:${port} max_fails=0;`).join("\n")}
		keepalive 16;
	}

	server {
		listen 80 default_server;
		listen [::]:80 default_server;
		set $secured "";
		include ${LIVE}/*.redirect;
		location /.well-known/acme-challenge/ {
			root /var/www/tierstack;
		}
		location = ${healthPath} {
			include /etc/tierstack/proxy/pass.conf;
		}
		location / {
			if ($secured) {
				return 301 https://$host$request_uri;
			}
			include /etc/tierstack/proxy/limit.conf;
			include /etc/tierstack/proxy/pass.conf;
		}
	}
	include ${LIVE}/*.tls;
}
`;
}

/** Where a request goes on, and what the application learns of its caller. */
export const PASS = `proxy_pass http://app;
proxy_http_version 1.1;
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $caller_scheme;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;
`;

/** The limit of requests, where there is one; included by every place that the application answers at. */
export function limitConfig({ ratePerSecond, burst }: ProxySettings): string {
	return ratePerSecond === null ? "# No limit.\n" : `limit_req zone=caller burst=${burst} nodelay;\n`;
}

/** Becomes true once there is a certificate: plain HTTP then leads to HTTPS. */
export const REDIRECT = "set $secured 1;\n";

/** The server behind the certificate. `http2` stands on the listen line: the nginx of Ubuntu knows no other way. */
export function tlsServer(domains: readonly string[]): string {
	return `server {
	listen 443 ssl http2 default_server;
	listen [::]:443 ssl http2 default_server;
	server_name ${domains.join(" ")};
	ssl_certificate /etc/letsencrypt/live/tierstack/fullchain.pem;
	ssl_certificate_key /etc/letsencrypt/live/tierstack/privkey.pem;
	location / {
		include /etc/tierstack/proxy/limit.conf;
		include /etc/tierstack/proxy/pass.conf;
	}
}
`;
}

/** nginx under its own name, so that the system's upgrades restart it, with this project's configuration. */
export const NGINX_DROP_IN = `[Service]
ExecStartPre=
ExecStartPre=/usr/sbin/nginx -t -q -c /etc/tierstack/proxy/nginx.conf -g 'daemon on; master_process on;'
ExecStart=
ExecStart=/usr/sbin/nginx -c /etc/tierstack/proxy/nginx.conf -g 'daemon on; master_process on;'
ExecReload=
ExecReload=/usr/sbin/nginx -t -q -c /etc/tierstack/proxy/nginx.conf
ExecReload=/usr/sbin/nginx -c /etc/tierstack/proxy/nginx.conf -g 'daemon on; master_process on;' -s reload
LimitNOFILE=65536
Restart=on-failure
`;

/**
 * Gets a certificate for the names, and switches TLS and the redirect on once it is there. Names whose DNS does not
 * point here yet fail and are tried again each hour; what was served before is served on.
 */
export const CERTIFICATES = String.raw`#!/bin/bash
# Gets and renews the certificate, and has nginx use it.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/tierstack/proxy/certificates.conf
live=/etc/tierstack/proxy/live
mkdir -p "$live" /var/www/tierstack
failed=0
# DOMAINS, CONTACT and AUTHORITY are lists of words.
# shellcheck disable=SC2086
if ! said=$(certbot certonly --non-interactive --agree-tos --keep-until-expiring --expand --cert-name tierstack \
	--webroot --webroot-path /var/www/tierstack $CONTACT $AUTHORITY $DOMAINS 2>&1); then
	echo "no certificate for $DOMAINS: $said" >&2
	failed=1
fi
if [ -e /etc/letsencrypt/live/tierstack/fullchain.pem ]; then
	ln -sfn ../tls.conf "$live/app.tls"
	ln -sfn ../redirect.conf "$live/app.redirect"
	systemctl reload nginx.service
fi
exit "$failed"
`;

/** One try to get or renew the certificate; a failure is told. */
export const CERTIFICATES_UNIT = `[Unit]
Description=Certificate of the names served: got, renewed, used
After=nginx.service network-online.target
Wants=network-online.target
OnFailure=tierstack-alert@%n.service

[Service]
Type=oneshot
ExecStart=/usr/local/lib/tierstack/certificates
`;

/** Renewal is due 30 days before the end, so most runs do nothing; a failure is tried again within the hour. */
export const CERTIFICATES_TIMER = `[Unit]
Description=When the certificate is looked after

[Timer]
OnActiveSec=5s
OnBootSec=2min
OnUnitInactiveSec=1h

[Install]
WantedBy=timers.target
`;

import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { checkCompose, restartsOf } from "../../src/host/composeText.ts";
import { groupsOf } from "../../src/host/groups/groups.ts";
import { hostSettings } from "./builders.ts";

const TEAM = `x-app: &app
  image: registry.example/shop:1
  environment: { MODE: live }
services:
  migrate:
    <<: *app
    command: shop migrate
  web:
    <<: *app
    build: .
    ports: ["127.0.0.1:8000:8000", "\${PORT:-80}:80"]
    volumes: ["media:/srv/media", "/srv/data/uploads:/uploads"]
    depends_on: { migrate: { condition: service_completed_successfully } }
  jobs:
    <<: *app
    restart: always
  mail:
    <<: *app
    deploy: { restart_policy: { condition: any } }
volumes: { media: {} }
`;

const said = (text: string) => checkCompose(text, "compose.yaml").map(({ line, message }) => `${line}: ${message}`);

describe("a team's compose file", () => {
	it("is taken as it is: images, volumes with a name, ports of its own, a build beside an image", () => {
		expect(said(TEAM)).toEqual([]);
	});

	it("keeps its own restart policies; what has none comes back, and what ended well stays ended", () => {
		expect(restartsOf(TEAM)).toEqual({ migrate: { restart: "on-failure" }, web: { restart: "unless-stopped" } });
	});

	it("has what is added beside it, never in it", () => {
		const base = hostSettings();
		const app = { ...base.app, compose: TEAM, mode: "containers" } as const;
		const files = groupsOf(hostSettings({ app })).flatMap((group) => group.files);
		const content = (name: string) => files.find(({ path }) => path.endsWith(name))?.content;
		expect(content("/compose.yaml")).toBe(TEAM);
		expect(content("/added.yaml")).toContain("restart: unless-stopped");
		expect(content("tierstack-compose.service")).not.toContain("--abort-on-container-exit");
	});

	it("that a host cannot run is told by line, all at once, before anything happens", () => {
		const text = `services:
  shop:
    build: .
    env_file: [.env, { path: secrets.env, required: false }]
  proxy:
    image: nginx
    ports: ["80:80", { published: 443, target: 443 }, 8080]
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
  jobs:
    extends: { file: common.yaml, service: base }
include: [other.yaml]
`;
		expect(said(text)).toEqual([
			"11: includes other files, which hosts do not have; write one file",
			expect.stringMatching(/^1: has no service "web"/),
			'2: service "shop" is built from sources, which hosts do not have; name its image',
			expect.stringMatching(/^2: service "shop" needs \.env from beside the compose file/),
			expect.stringMatching(/^2: service "shop" needs secrets\.env from beside/),
			expect.stringMatching(/^5: service "proxy" needs \.\/nginx\.conf from beside/),
			expect.stringMatching(/^5: service "proxy" publishes port 80, which the host's own proxy has/),
			expect.stringMatching(/^5: service "proxy" publishes port 443/),
			expect.stringMatching(/^9: service "jobs" needs common\.yaml from beside/),
		]);
	});

	it("that is no YAML is told by line; what else is wrong with it the engine says in its own words", () => {
		expect(() => said("services: [")).toThrow(UserError);
		expect(said("services: { web: { ports: 80 } }")).toEqual([]);
		expect(restartsOf("services: [")).toEqual({});
	});
});

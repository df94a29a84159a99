// Benchmarks, as ratios within one run: absolute times differ between machines, ratios much less. Never part of the
// tests. `npm run bench` prints a table; the peer (`cdk diff`) is installed into .cache on first use.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const peer = join(root, ".cache", "bench-cdk");
const rounds = Number(process.env.ROUNDS ?? 9);

/** Milliseconds from process start to exit; throws when the command fails. */
function time(command, args, options = {}) {
	const started = process.hrtime.bigint();
	const run = spawnSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"], ...options });
	const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
	if (run.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${run.stderr}`);
	return elapsed;
}

function median(values) {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)];
}

function installPeer() {
	mkdirSync(peer, { recursive: true });
	for (const file of ["package.json", "package-lock.json", "app.cjs"]) {
		cpSync(join(root, "test/bench/cdk", file), join(peer, file));
	}
	if (!existsSync(join(peer, "node_modules"))) execFileSync("npm", ["ci"], { cwd: peer, stdio: "inherit" });
	execFileSync("node", ["node_modules/aws-cdk/bin/cdk", "synth", "-q", "--app", "node app.cjs", "-o", "base"], {
		cwd: peer,
		env: { ...process.env, SIZE: "small" },
		stdio: ["ignore", "ignore", "ignore"],
	});
}

const commands = {
	"node -e 0 (floor)": () => time("node", ["-e", "0"]),
	"tierstack size wizamart --tier enterprise": () =>
		time("node", ["src/boot.cjs", "size", "wizamart", "--tier", "enterprise"]),
	"tierstack diff wizamart starter small": () =>
		time("node", ["src/boot.cjs", "diff", "wizamart", "starter", "small", "--provider", "digitalocean"]),
	"tierstack diff wizamart scale enterprise": () =>
		time("node", ["src/boot.cjs", "diff", "wizamart", "scale", "enterprise", "--provider", "digitalocean"]),
	"tierstack diff wizamart scale enterprise, aws": () =>
		time("node", ["src/boot.cjs", "diff", "wizamart", "scale", "enterprise", "--provider", "aws"]),
	"tierstack diff opex-manager large enterprise (largest)": () =>
		time("node", ["src/boot.cjs", "diff", "opex-manager", "large", "enterprise"]),
	"cdk diff, two sizes changed (peer)": () =>
		time(
			"node",
			[
				"node_modules/aws-cdk/bin/cdk",
				"diff",
				"Bench",
				"--app",
				"node app.cjs",
				"--template",
				"base/Bench.template.json",
				"-o",
				"head",
			],
			{
				cwd: peer,
				env: { ...process.env, SIZE: "large", CDK_DISABLE_VERSION_CHECK: "1" },
			},
		),
};

installPeer();
const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
	for (const [name, run] of Object.entries(commands)) {
		const elapsed = run();
		if (round > 0) samples[name].push(elapsed);
	}
}
const peerMs = median(samples["cdk diff, two sizes changed (peer)"]);
for (const [name, values] of Object.entries(samples)) {
	const middle = median(values);
	console.log(`${name.padEnd(56)} ${middle.toFixed(0).padStart(6)} ms  ${(middle / peerMs).toFixed(2)} x cdk diff`);
}

console.log("");
await import("./sizing.mjs");

console.log("");
await import("./matrix.mjs");

// A quiet preview on the real engine, which the first run builds: some minutes.
console.log("");
const quiet = spawnSync("npx", ["vitest", "run", "--config", "test/bench/vitest.config.ts"], {
	cwd: root,
	env: { ...process.env, ROUNDS: `${rounds}` },
	stdio: ["ignore", "inherit", "inherit"],
});
if (quiet.status !== 0) throw new Error("the quiet preview could not be measured");

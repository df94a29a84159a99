import { atLeast, atMost, between, is } from "./demands.ts";
import { type PlanFigures, row, told } from "./figure.ts";
import {
	app,
	backup,
	database,
	databaseSetting,
	fitOf,
	floor,
	layout,
	listPrice,
	managed,
	memory,
	planCost,
	process,
	range,
	setting,
	sizedFor,
	vcpu,
	volumeGb,
	workload,
} from "./readers.ts";

const ALL = ["starter", "growth", "scale"];
const ON_HOST = ["starter", "growth"];
const PLAN = { on: "digitalocean" } as const;

export const plotpro: PlanFigures = {
	ladder: "plotpro",
	file: "plotpro.md",
	sections: {
		Introduction: [
			row(ALL, "MySQL", databaseSetting("engine"), is("mysql")),
			row("starter", "a database for each of 10 clients", workload("databases"), is(10)),
			row("growth", "a database for each of 50 clients", workload("databases"), is(50)),
			row("scale", "a database for each of 100 clients", workload("databases"), is(100)),
			row("starter", "2-3 receipts in the same second freeze a small server", setting("pdf.concurrency"), atMost(1)),
			row(["growth", "scale"], "2-3 receipts at once on 4 vCPU", setting("pdf.concurrency"), between(2, 3)),
			told("memory of a browser: no figure", "no figure for the memory of one browser"),
		],
		"Starter Tier": [
			row(
				"starter",
				"2 vCPU, 4 GB and 25 GB of disk asked for",
				floor((tier) => [tier.app.vcpu, tier.app.memoryGib, tier.dataGb]),
				is([2, 4, 25]),
			),

			row("starter", "1-10 clients", range, is([0, 10])),
			row("starter", "10 clients are still starter's", fitOf(10), is("near")),
			row("starter", "2 vCPU", vcpu, is(2)),
			row("starter", "4 GB", memory, is(4)),
			row("starter", "25 GB or more", volumeGb, atLeast(25)),
			told("NVMe", "wants NVMe", ON_HOST),
			row(
				"starter",
				"Ubuntu 22.04 on DigitalOcean",
				app((found) => found.settings.image),
				is("ubuntu-22-04-x64"),
				PLAN,
			),
			row(
				"starter",
				"Ubuntu 22.04 on AWS",
				app((found) => String(found.settings.image).includes("ubuntu/server/22.04")),
				is(true),
				{
					on: "aws",
				},
			),
			row("starter", "20 dollars at least", (seen) => planCost(seen)?.min, is(20)),
			row("starter", "25 dollars at most", (seen) => planCost(seen)?.max, is(25)),
			row(
				"starter",
				"20-25 dollars for the machine",
				app((found) => found.monthlyUsd),
				between(20, 25),
				PLAN,
			),
			row("starter", "t3.medium costs more than that", listPrice("t3.medium"), atLeast(25), { on: "aws" }),
			told("t3.medium for 20-25 dollars", "that machine alone costs 30", ["starter"]),
		],
		"Growth Tier": [
			row(
				"growth",
				"4 vCPU, 8 GB and 50 GB of disk asked for",
				floor((tier) => [tier.app.vcpu, tier.app.memoryGib, tier.dataGb]),
				is([4, 8, 50]),
			),

			row("growth", "10-50 clients", range, is([10, 50])),
			row("growth", "4 vCPU", vcpu, is(4)),
			row("growth", "8 GB", memory, is(8), PLAN),
			row("growth", "8 GB or more", memory, atLeast(8), { on: "aws" }),
			row("growth", "50 GB or more", volumeGb, atLeast(50)),
			row("growth", "one server", layout, is("single")),
			told("ranges that touch", "10 clients belong to starter"),
		],
		"Scale Tier": [
			row(
				"scale",
				"4 vCPU and 8 GB asked for",
				floor((tier) => [tier.app.vcpu, tier.app.memoryGib]),
				is([4, 8]),
			),
			row(
				"scale",
				"database of 4 vCPU and 16 GB asked for",
				floor(({ database: asked }) => [asked.vcpu, asked.memoryGib]),
				is([4, 16]),
			),

			row("scale", "50+ clients", range, is([50, null])),
			row("scale", "two servers", layout, is("split")),
			row("scale", "server A: 4 vCPU", vcpu, is(4)),
			row("scale", "server A: 8 GB", memory, is(8), PLAN),
			row("scale", "server A: 8 GB or more", memory, atLeast(8), { on: "aws" }),
			row(
				"scale",
				"server B: 4 vCPU",
				database((found) => found.vcpu),
				atLeast(4),
			),
			row(
				"scale",
				"server B: 16 GB",
				database((found) => found.memoryGib),
				is(16),
			),
			row("scale", "server B apart from the application", managed, is(true)),
			told("a MySQL server of one's own", "a managed MySQL with the", ["scale"]),
		],
		"Critical Optimization Checklist": [
			row(
				ALL,
				"200 connections asked for",
				floor((tier) => tier.database.connections),
				is(200),
			),

			row(
				ALL,
				"swap of 4 GB",
				app((found) => found.settings.swapGib),
				is(4),
			),
			row(ON_HOST, "max_connections of 200", databaseSetting("maxConnections"), is(200)),
			row("scale", "max_connections of 200 or more", databaseSetting("maxConnections"), atLeast(200)),
			row(ALL, "200 as the application's setting", setting("mysql.maxConnections"), is(200)),
			row(
				"scale",
				"a background worker for receipts",
				process("receipts", (found) => found.kind),
				is("worker"),
			),
			row("scale", "from 100 clients on", sizedFor, is(100)),
			row(
				ON_HOST,
				"receipts on the fly below that",
				process("receipts", () => true),
				is(null),
			),
			told("worker at 100 clients in a tier that begins at 50", "wants it from 100 clients on", ["scale"]),
		],
		Summary: [
			row("starter", "begin with 2 vCPU", vcpu, atLeast(2)),
			row("starter", "begin with 4 GB", memory, atLeast(4)),
			row("starter", "never 1 GB", ({ ladder }) => ladder.leastHost.memoryGib, is(4)),
			row("starter", "never less than 2 vCPU", ({ ladder }) => ladder.leastHost.vcpu, is(2)),
			row("starter", "never 1 GB, for one client either", memory, atLeast(4), { workload: { clients: 1 } }),
			row(ALL, "a dump a day, since the plan names no backup", backup("everyHours"), is(24)),
			told("no backup, promise or alarm level", "states no backup"),
		],
	},
};

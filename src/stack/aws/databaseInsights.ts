import type { Output } from "@pulumi/pulumi";
import type { CloudEngine } from "./databaseEngine.ts";
import type { DatabaseGround } from "./databaseGround.ts";

/** Days of statistics; seven are free. */
const KEEP_DAYS = 7;

/**
 * Classes too small for Performance Insights with MySQL; PostgreSQL has it everywhere
 * (docs.aws.amazon.com, AmazonRDS, USER_PerfInsights.Overview.Engines, read 2026-11-21).
 */
const TOO_SMALL = /^db\.t\d\w*\.(micro|small)$/;

/** Inputs of a server or member that say which statements load it. */
interface Insights {
	readonly performanceInsightsEnabled: boolean;
	readonly performanceInsightsRetentionPeriod?: number;
	readonly performanceInsightsKmsKeyId?: Output<string>;
}

/** Statistics of statements, where the class can keep them: they hold users' data, so the database's own key opens them. */
export function insightsOf(engine: CloudEngine, sku: string, { keyArn }: DatabaseGround): Insights {
	if (engine === "mysql" && TOO_SMALL.test(sku)) return NO_INSIGHTS;
	return {
		performanceInsightsEnabled: true,
		performanceInsightsRetentionPeriod: KEEP_DAYS,
		performanceInsightsKmsKeyId: keyArn,
	};
}

/** Of what runs idle. */
export const NO_INSIGHTS: Insights = { performanceInsightsEnabled: false };

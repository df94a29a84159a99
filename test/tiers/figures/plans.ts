import { billify } from "./billify.ts";
import { django } from "./django.ts";
import type { PlanFigures } from "./figure.ts";
import { opexManager } from "./opexManager.ts";
import { plotpro } from "./plotpro.ts";
import { wizamart } from "./wizamart.ts";

/** The five plans, each with all its figures. */
export const PLANS: readonly PlanFigures[] = [billify, django, opexManager, plotpro, wizamart];

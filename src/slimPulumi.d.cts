import type { Plugin } from "esbuild";

export const slimPulumi: Plugin;

/**
 * Ladders that were read and checked when the code was compiled, as JSON, by the hash of their file's name and text:
 * a file that was edited since is not among them. `build.cjs` puts those of `tiers/` here; uncompiled there are none.
 */
export const SHIPPED: Readonly<Record<string, string>> = {};

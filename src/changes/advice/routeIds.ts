/** Longer ways that do the same with less harm; their steps are in routes.ts. */
export const ROUTE_IDS = [
	"pool-behind-balancer",
	"add-pool-drain-remove",
	"replica-promote",
	"snapshot-restore",
	"side-by-side",
	"side-by-side-cache",
	"fork-upgrade-switch",
	"second-credential",
	"detach-first",
	"keep-then-retire",
	"keep-size",
	"other-plan",
	"new-bucket-sync",
	"new-stack",
	"address-first",
	"new-hosts-first",
] as const;
export type RouteId = (typeof ROUTE_IDS)[number];

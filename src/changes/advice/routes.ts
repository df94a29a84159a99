import type { Role } from "../../words.ts";
import type { SaferRoute } from "../changeSet.ts";
import { retiredAs } from "../retires.ts";
import { CLUSTER_CLIENT } from "./moveCache.ts";
import type { RouteId } from "./routeIds.ts";

/** Names the steps speak of. */
export interface RoutePlace {
	/** Stack, or a placeholder in a ladder's diff. */
	readonly stack: string;
	/** Logical name of the resource. */
	readonly resource: string;
	readonly role: Role | null;
}

type Route = Omit<SaferRoute, "resource">;

/** What ends a resource in the stack file: a component by its retirement, anything else by an accepted loss. */
function ending(resource: string, backup: string): string {
	const name = retiredAs(resource);
	return name === null
		? `\`accept\` with risk data-loss, resource ${resource} and backup ${backup}`
		: `\`retire: [{resource: ${name}, backup: ${backup}}]\``;
}

function keepThenRetire(stack: string, resource: string): Route {
	const name = retiredAs(resource) ?? resource;
	return {
		title: "Keep it, back it up, retire it",
		steps: [
			`Leave ${resource} declared: a tier that no longer asks for it keeps it, and shows what it costs.`,
			`Name it in Pulumi.${stack}.yaml: \`retire: [{resource: ${name}}]\`; \`pulumi up\` lifts its protection and takes a snapshot where the provider has one.`,
			"Restore that backup somewhere once; count rows or files, and note the time.",
			`Add the backup's id: \`retire: [{resource: ${name}, backup: <id>}]\`; the next \`pulumi up --stack ${stack}\` deletes it.`,
		],
	};
}

/** What belongs to no component goes with the tier that asked for it, and is kept by nobody. */
function copyThenAccept(stack: string, resource: string): Route {
	return {
		title: "Copy what is in it, then let it go",
		steps: [
			`Nothing keeps ${resource}: it goes with what it belongs to. Export what you still need of it by the provider's console, and note the time.`,
			"Open the copy once, and compare how much is in both.",
			`Say so in Pulumi.${stack}.yaml: ${ending(resource, "<where the copy is, or none>")}; the next \`pulumi up --stack ${stack}\` deletes it.`,
		],
	};
}

/**
 * Longer ways around an interruption or a loss. Every way that copies data ends with a count of rows or files on both
 * sides and the time it took: the next one is planned by them.
 */
const ROUTES: Readonly<Record<RouteId, (place: RoutePlace) => Route>> = {
	"pool-behind-balancer": ({ stack, resource }) => ({
		title: "A quiet hour, or two hosts behind a load balancer",
		steps: [
			`See what the pause depends on: \`df -h /\` on ${resource} shows the GB in use, each about a minute.`,
			`In a quiet hour: \`pulumi up --stack ${stack}\`; the host comes back by itself.`,
			`Without a pause: first a tier with a load balancer and two hosts (\`tierstack diff ${stack} --to <tier>\` shows which).`,
			"From then on hosts are resized one by one, while the others serve.",
		],
	}),
	"add-pool-drain-remove": ({ stack, resource }) => ({
		title: "Add a pool of the new kind, drain the old one, remove it",
		steps: [
			`Declare a second pool of the new size beside ${resource}, by a transform in src/transforms.ts.`,
			`Run \`pulumi up --stack ${stack}\` and wait until its members are ready: \`kubectl get nodes\`.`,
			"Drain the old members one after the other: `kubectl drain <node> --ignore-daemonsets --delete-emptydir-data`.",
			"Watch the health path; stop when it fails, and `kubectl uncordon <node>`.",
			`Remove the old pool and run \`pulumi up --stack ${stack}\` again.`,
		],
	}),
	"replica-promote": ({ stack, resource }) => ({
		title: "A new replica beside it, then move readers",
		steps: [
			`Declare one more replica of the new kind beside ${resource}, by a tier with one more or by a transform.`,
			`Run \`pulumi up --stack ${stack}\` and wait until it has caught up with the primary; note the time.`,
			`Compare a count of rows on both: \`psql "$READER_URL" -c 'select count(*) from <largest table>'\`.`,
			`Point readers to it, and wait until ${resource} sees no query any more.`,
			`Take ${resource} away last.`,
		],
	}),
	"snapshot-restore": ({ stack, resource }) => ({
		title: "Snapshot, new one, restore, compare, switch",
		steps: [
			`Stop writers, then snapshot or dump ${resource}; note the id and the time it took.`,
			"Create the new one beside the old one, under another logical name.",
			"Restore into it, and note the time that took: it is the downtime of the real move.",
			"Count rows or files on both sides; go on only when they are equal.",
			`Point the application to the new one, run \`pulumi up --stack ${stack}\`, and keep the old one a week.`,
			`End the old one: ${ending(resource, "<id>")} in Pulumi.${stack}.yaml.`,
		],
	}),
	"side-by-side": ({ stack, resource }) => ({
		title: "Side by side, switch, retire",
		steps: [
			"Declare the new one under another logical name; both run.",
			`Copy the data: \`pg_dump --format=custom "$OLD_URL" | pg_restore --clean --if-exists --no-owner --no-privileges --single-transaction --dbname="$NEW_URL"\` (mysqldump for MySQL); a second time replaces the first.`,
			"Count rows of every table on both sides; note how long the copy took.",
			"In a quiet hour: stop writers, copy once more, compare once more, start them on the new one.",
			`Keep ${resource} for a week, then ${ending(resource, "<id>")} in Pulumi.${stack}.yaml.`,
		],
	}),
	"side-by-side-cache": ({ stack, resource }) => ({
		title: "A cache of the other kind beside it, switch, end the old one",
		steps: [
			`Teach the application to speak to both. Cluster mode: ${CLUSTER_CLIENT}.`,
			"Declare the new one under another logical name, or take a tier whose cache has `clusterMode: true`; both run.",
			`Let the jobs that wait in ${resource} be worked off: the new one starts empty, and users log in again.`,
			`Point the application to the new one, and run \`pulumi up --stack ${stack}\`.`,
			`Keep ${resource} for a week, then ${ending(resource, "<id>")} in Pulumi.${stack}.yaml.`,
		],
	}),
	"fork-upgrade-switch": ({ stack, resource }) => ({
		title: "Fork, upgrade the fork, test, switch",
		steps: [
			`Fork ${resource} from its latest backup in the provider's console; it is another cluster.`,
			"Upgrade the fork, and note how long that takes: it is the downtime of the real one.",
			"Run the application's tests against the fork; compare the count of rows with the original.",
			`When it is good: do the same on ${resource} in a quiet hour, version alone and nothing else in that \`pulumi up --stack ${stack}\`.`,
			"Delete the fork.",
		],
	}),
	"second-credential": ({ stack, resource }) => ({
		title: "A second credential, switch, revoke the first",
		steps: [
			`Declare a second credential beside ${resource}, by a transform or under another logical name.`,
			`Run \`pulumi up --stack ${stack}\`; hosts learn the new one from their settings.`,
			"Wait until nothing signs with the old one any more.",
			"Take away what the old one may do, wait a day, then remove it.",
		],
	}),
	"detach-first": ({ stack, resource }) => ({
		title: "Let go before taking hold again",
		steps: [
			`Give ${resource} the option deleteBeforeReplace: true, by a transform, so that the old hold ends first.`,
			"Stop what uses it: `sudo systemctl stop 'tierstack-*'` on the host.",
			`Run \`pulumi up --stack ${stack}\`, then start the host's services again.`,
		],
	}),
	"keep-then-retire": ({ stack, resource }) =>
		retiredAs(resource) === null ? copyThenAccept(stack, resource) : keepThenRetire(stack, resource),
	"keep-size": ({ stack, resource, role }) => ({
		title: "Keep the larger size",
		steps: [
			`Hold what ${resource} has now by a pin: \`tierstack pin ${stack} ${role ?? "<role>"}.storageGb=<GB it has> --until <date>\`.`,
			`Look again: \`tierstack preview ${stack}\`.`,
			"When the money matters: a smaller one beside it, copy, switch, retire.",
		],
	}),
	"other-plan": ({ stack, resource, role }) => ({
		title: "A plan whose disk is large enough",
		steps: [
			`Ask the provider how large ${resource}'s disk is: it is the smallest a plan may have.`,
			`Hold a plan with that disk: \`tierstack pin ${stack} ${role ?? "<role>"}.sku=<plan> --until <date>\`.`,
			`Look again: \`tierstack preview ${stack}\`.`,
			"A smaller disk means another host: a new stack beside this one, data copied, names switched.",
		],
	}),
	"new-bucket-sync": ({ stack, resource }) => ({
		title: "A new bucket, sync, switch, retire",
		steps: [
			"Declare the new bucket under another logical name; both exist.",
			"Copy: `rclone sync old:<bucket> new:<bucket> --checksum`, and note the time.",
			"Compare: `rclone check old:<bucket> new:<bucket>`; go on only without differences.",
			"Point the application to the new bucket, sync once more, compare once more.",
			`Retire the old one: ${ending(resource, "<where the copy is>")} in Pulumi.${stack}.yaml.`,
		],
	}),
	"new-stack": ({ stack }) => ({
		title: "A new stack beside this one",
		steps: [
			`Write Pulumi.${stack}-next.yaml with the new place, and look: \`tierstack preview ${stack}-next\`.`,
			`Run \`pulumi up --stack ${stack}-next\`.`,
			"Replicate, or dump and load, and compare the count of rows; `rclone sync` the bucket, and `rclone check` it.",
			"Switch names in a quiet hour; keep the old stack until nobody comes by its addresses.",
			`End the old one: \`retire: [{resource: stack}]\` in Pulumi.${stack}.yaml, \`pulumi up --stack ${stack}\`, the last backups, \`pulumi destroy --stack ${stack}\` (docs/operations.md, "The whole end").`,
		],
	}),
	"new-hosts-first": ({ stack, resource }) => ({
		title: "The new hosts first, the old ones last",
		steps: [
			`Bring up what comes in their place alone, while ${resource} and the others serve: \`pulumi up --stack ${stack} --target '<URN>'\`, once for each URN that \`tierstack preview ${stack} --engine --json\` creates for the role app.`,
			`Wait until the new ones answer: \`curl -fsS "$(pulumi stack output url --stack ${stack})"\`, and the balancer counts them as healthy in the provider's console.`,
			"Watch errors and response times for as long as the busiest hour takes.",
			`Let the old ones go: \`pulumi up --stack ${stack}\`.`,
		],
	}),
	"address-first": ({ stack }) => ({
		title: "Point names first, take the old address away later",
		steps: [
			"Lower the time to live of every name to 300 seconds, and wait as long as the old one was.",
			`Bring the new way in up first, alone: \`pulumi up --stack ${stack} --target '**::load-balancer*'\` (to a host: \`'**::network-address*'\`).`,
			`Point names to the new address: \`pulumi stack output records --stack ${stack}\`.`,
			"Wait for the time to live and until the old address sees no request any more.",
			`Run the rest: \`pulumi up --stack ${stack}\`.`,
		],
	}),
};

/** The longer way around one resource's interruption or loss. */
export function routeFor(id: RouteId, place: RoutePlace): SaferRoute {
	return { resource: place.resource, ...ROUTES[id](place) };
}

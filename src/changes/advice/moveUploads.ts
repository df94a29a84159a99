import type { Blueprint } from "../../sizing/blueprint.ts";
import type { ManualStep } from "../changeSet.ts";
import { PROVIDER_FACTS } from "./providerFacts.ts";
import { kubeconfigFor, stopOf } from "./stopWriters.ts";

const UPLOADS = "/srv/data/uploads";

/** Steps that bring the uploads from one place to the other; null when they stay where they are. */
export function uploadsStep(from: Blueprint, to: Blueprint, stack: string): ManualStep | null {
	const [old, next] = [from.settings.uploads, to.settings.uploads];
	if (old === next || (old !== "volume" && old !== "bucket") || (next !== "volume" && next !== "bucket")) return null;
	const out = next === "bucket";
	return {
		title: out ? "Copy the uploads from the volume to the bucket" : "Copy the uploads from the bucket to the volume",
		why: "the application looks for them in the new place, and nothing copies files by itself",
		steps: out ? intoBucket(from, to, stack) : ontoVolume(from, to, stack),
	};
}

/** The bucket first and alone: what is there is copied while the volume serves, and little is left for the pause. */
function intoBucket(from: Blueprint, to: Blueprint, stack: string): readonly string[] {
	return [
		`Create the bucket alone, while the volume serves: \`pulumi up --stack ${stack} --target '**:Files$**::files*'\`.`,
		toolForBucket(to, stack, "write"),
		`Copy while the application runs, and note the time: \`sudo rclone copy ${UPLOADS} files:<bucket> --checksum\` (bucket: \`pulumi stack output bucket --stack ${stack}\`).`,
		`In a quiet hour stop every writer: ${stopOf(from)}; then copy once more: only what is new takes time.`,
		`Compare: \`sudo rclone check ${UPLOADS} files:<bucket> --one-way\`; go on only without differences. What was deleted since the first copy is still in the bucket: \`sudo rclone check ${UPLOADS} files:<bucket> --missing-on-src -\` names it.`,
		`Do the rest of the move: \`pulumi up --stack ${stack}\`; then open a page with images.`,
		`The volume stays, kept and paid, until Pulumi.${stack}.yaml retires it: \`retire: [{resource: data}]\`. ${FORGET}`,
	];
}

/** A host mounts the volume when its settings say so: nothing can be copied before. */
function ontoVolume(from: Blueprint, to: Blueprint, stack: string): readonly string[] {
	return [
		...kubeconfigFor(from, stack),
		`Announce the pause, as pages have no images until the copy is there, and stop every writer: ${stopOf(from)}.`,
		`Do the move: \`pulumi up --stack ${stack}\`; the bucket stays, kept and paid.`,
		toolForBucket(from, stack, "read"),
		`Stop every writer as soon as the volume is there (\`findmnt /srv/data\`): ${stopOf(to)}.`,
		`Copy, and note the time: \`sudo rclone copy files:<bucket> ${UPLOADS} --checksum && sudo chown -R app:app ${UPLOADS}\`.`,
		`Compare: \`sudo rclone check files:<bucket> ${UPLOADS} --one-way\`; go on only without differences.`,
		`Start what was stopped (\`sudo systemctl start\` with the same names and --all), then open a page with images.`,
		`The bucket stays until Pulumi.${stack}.yaml retires it: \`retire: [{resource: files}]\`. ${FORGET}`,
	];
}

const FORGET = "`sudo rclone config delete files` forgets the key; take it away at the console too.";

function toolForBucket({ provider, region }: Blueprint, stack: string, may: "read" | "write"): string {
	const remote = PROVIDER_FACTS[provider].remote(region);
	return `Log in to the host of slot 1 (\`pulumi stack output hosts --stack ${stack}\`), and get the tool: \`sudo apt-get update && sudo apt-get install -y rclone\`. Tell it of the bucket, with a key from the provider's console that may ${may} it: \`sudo rclone config create files ${remote} access_key_id=<key id> secret_access_key=<secret>\`.`;
}

// One comment a pull request and key, edited in place.
import { GithubError } from "./githubApi.mjs";
import { isNewer, isOf, readMarker, withPost } from "./marker.mjs";

/** GitHub's limit of a comment, in characters. */
const LONGEST_BODY = 65_536;
/** How often a create is looked after when nobody knows whether it happened. */
const MOST_CREATES = 3;

/**
 * Posts a text, or edits the one that is there. Only comments of one's own are ever touched.
 *
 * @param api what githubApi() returns.
 * @param {{ pullRequest: number, author: string, body: string, key: string, run: number, attempt: number }} post
 * @returns {Promise<"created" | "updated" | "unchanged" | "newer is there">}
 */
export async function postSticky(api, { pullRequest, author, body, key, run, attempt }) {
	const text = withPost(body, { key, run, attempt });
	if (text.length > LONGEST_BODY) throw new RangeError(`the text has ${text.length} characters; ${LONGEST_BODY} fit`);
	for (let tries = 1; ; tries++) {
		const own = await ownComments(api, pullRequest, author, key);
		if (own.some(({ marker }) => isNewer(marker, { run, attempt }))) return "newer is there";
		const [first, ...doubles] = own;
		for (const { id } of doubles) await remove(api, id);
		if (first?.body === text) return "unchanged";
		try {
			if (first === undefined) {
				await api.call("POST", `/issues/${pullRequest}/comments`, { body: { body: text }, retry: false });
				return "created";
			}
			await api.call("PATCH", `/issues/comments/${first.id}`, { body: { body: text } });
			return "updated";
		} catch (error) {
			// Gone meanwhile, or created though the answer was lost: look again before anything is posted twice.
			const open = first === undefined ? isUncertain(error) : error.status === 404;
			if (!open || tries === MOST_CREATES) throw error;
		}
	}
}

async function ownComments(api, pullRequest, author, key) {
	const comments = await api.list(`/issues/${pullRequest}/comments`);
	return comments
		.filter(({ user }) => user?.login === author)
		.map(({ id, body }) => ({ id, body, marker: readMarker(body) }))
		.filter(({ marker }) => isOf(marker, key));
}

async function remove(api, id) {
	try {
		await api.call("DELETE", `/issues/comments/${id}`);
	} catch (error) {
		if (!(error instanceof GithubError) || error.status !== 404) throw error;
	}
}

function isUncertain(error) {
	return error instanceof GithubError && (error.status === null || error.status >= 500 || error.status === 429);
}

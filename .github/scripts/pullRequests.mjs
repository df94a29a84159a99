// Which pull request a run belongs to. The event says it only for branches of the repository itself.

/** The open pull request whose newest commit the run has looked at; null when it has moved on or is closed. */
export async function pullRequestOfHead(api, { owner, branch, sha }) {
	const open = await api.list(`/pulls?state=open&head=${encodeURIComponent(`${owner}:${branch}`)}`);
	return open.find(({ head }) => head.sha === sha) ?? null;
}

/** The pull request that brought a commit into the branch; null for a direct push. */
export async function pullRequestOfCommit(api, sha) {
	const found = await api.list(`/commits/${encodeURIComponent(sha)}/pulls`);
	return found.find(({ merged_at: mergedAt }) => mergedAt !== null) ?? null;
}

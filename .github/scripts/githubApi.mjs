// GitHub's REST API with nothing but Node: pages, retries, and errors that say what was asked.

/** Answers after which the same call can succeed. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
const MOST_TRIES = 6;
const LONGEST_WAIT_SECONDS = 60;
const PER_PAGE = 100;
const MOST_PAGES = 1000;

export class GithubError extends Error {
	constructor(call, status, text) {
		super(`${call}: ${status === null ? "no answer" : status} ${text.slice(0, 300)}`);
		this.name = "GithubError";
		this.status = status;
	}
}

/**
 * @param {{ url: string, token: string, repository: string, pause?: (seconds: number) => Promise<void> }} options
 *   `pause` waits between tries; tests pass one that does not.
 */
export function githubApi({ url, token, repository, pause = sleep }) {
	const base = `${url.replace(/\/$/, "")}/repos/${repository}`;

	/** One call. `retry: false` for what must not happen twice: then a passing fault is thrown at once. */
	async function call(method, path, { body, retry = true } = {}) {
		const name = `${method} ${path}`;
		for (let tries = 1; ; tries++) {
			const answer = await send(method, `${base}${path}`, body);
			if (answer.ok) return answer;
			const last = !retry || tries === MOST_TRIES || !isPassing(answer);
			if (last) throw new GithubError(name, answer.status, answer.text);
			await pause(waitSeconds(answer, tries));
		}
	}

	async function send(method, address, body) {
		try {
			const response = await fetch(address, {
				method,
				headers: {
					accept: "application/vnd.github+json",
					authorization: `Bearer ${token}`,
					"user-agent": "tierstack",
					"x-github-api-version": "2022-11-28",
					...(body === undefined ? {} : { "content-type": "application/json" }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
				redirect: "error",
			});
			const text = await response.text();
			return {
				ok: response.ok,
				status: response.status,
				headers: response.headers,
				text,
				data: () => (text === "" ? null : JSON.parse(text)),
			};
		} catch (error) {
			return { ok: false, status: null, headers: new Headers(), text: String(error?.cause ?? error) };
		}
	}

	/** Everything of a list, page by page. The page number is counted here: no address from an answer is followed. */
	async function list(path) {
		const items = [];
		for (let page = 1; page <= MOST_PAGES; page++) {
			const sign = path.includes("?") ? "&" : "?";
			const answer = await call("GET", `${path}${sign}per_page=${PER_PAGE}&page=${page}`);
			items.push(...answer.data());
			if (!/rel="next"/.test(answer.headers.get("link") ?? "")) return items;
		}
		throw new GithubError(`GET ${path}`, 200, `more than ${MOST_PAGES} pages`);
	}

	return { call, list, repository };
}

/** Too many calls come as 429, or as 403 that says when to come back. */
function isPassing({ status, headers }) {
	if (status === null || PASSING.has(status)) return true;
	return status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0");
}

function waitSeconds({ headers }, tries) {
	const asked = Number(headers.get("retry-after") ?? Number.NaN);
	const seconds = Number.isFinite(asked) ? asked : 2 ** (tries - 1);
	return Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS);
}

function sleep(seconds) {
	return new Promise((done) => setTimeout(done, seconds * 1000));
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

export interface Comment {
	readonly id: number;
	readonly user: { readonly login: string };
	body: string;
}

export interface Issue {
	readonly number: number;
	readonly user: { readonly login: string };
	title: string;
	body: string;
	state: "open" | "closed";
	labels: readonly { readonly name: string }[];
	readonly pull_request?: object;
}

export interface Pull {
	readonly number: number;
	readonly head: { readonly sha: string; readonly label: string; readonly repo: { readonly full_name: string } | null };
	readonly merged_at: string | null;
	readonly draft?: boolean;
	readonly title?: string;
	readonly base?: string;
}

/** One fault: the next call that matches is answered so, before or after it is carried out. */
export interface Fault {
	readonly call: RegExp;
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Carry the call out although the answer says it failed, as a lost connection does. */
	readonly carriedOut?: boolean;
}

const PREFIX = "/repos/acme/shop";

/** GitHub's REST API as far as the scripts use it, with its page sizes and its faults, on this machine alone. */
export class EmulatedGithub {
	comments: Comment[] = [];
	issues: Issue[] = [];
	pulls: Pull[] = [];
	/** Pull requests by the commit they brought. */
	commits: Record<string, readonly Pull[]> = {};
	/** Every call that came in, such as `PATCH /issues/comments/7`. */
	readonly calls: string[] = [];
	readonly #faults: Fault[] = [];
	#next = 1000;
	url = "";

	static async start(): Promise<EmulatedGithub> {
		const github = new EmulatedGithub();
		const server = createServer((request, response) => void github.#answer(request, response));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		onTestFinished(() => void server.close());
		const address = server.address();
		if (address === null || typeof address === "string") throw new Error("the emulated GitHub has no port");
		github.url = `http://127.0.0.1:${address.port}`;
		return github;
	}

	fail(...faults: readonly Fault[]): void {
		this.#faults.push(...faults);
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let text = "";
		for await (const part of request) text += String(part);
		const url = new URL(request.url ?? "/", this.url);
		const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : `!${url.pathname}`;
		const call = `${request.method} ${path}`;
		this.calls.push(`${call}${url.searchParams.has("page") ? `?page=${url.searchParams.get("page")}` : ""}`);
		if (request.headers.authorization !== "Bearer emulated-token")
			return reply(response, 401, { message: "Bad credentials" });
		const index = this.#faults.findIndex((fault) => fault.call.test(call));
		const [fault] = index === -1 ? [] : this.#faults.splice(index, 1);
		if (fault !== undefined && fault.carriedOut !== true)
			return reply(response, fault.status, { message: "fault" }, fault.headers);
		const { status, data, list } = this.#carryOut(call, url, text === "" ? {} : JSON.parse(text));
		if (fault !== undefined) return reply(response, fault.status, { message: "fault" }, fault.headers);
		if (list === undefined) return reply(response, status, data);
		const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100);
		const page = Number(url.searchParams.get("page") ?? 1);
		const more = page * size < list.length;
		const link = more ? { link: `<https://elsewhere.invalid/?page=${page + 1}>; rel="next"` } : {};
		reply(response, 200, list.slice((page - 1) * size, page * size), link);
	}

	#carryOut(
		call: string,
		url: URL,
		body: Record<string, unknown>,
	): { status: number; data?: unknown; list?: readonly unknown[] } {
		const me = { login: "github-actions[bot]" };
		const number = Number(/\/(\d+)(?:\/comments)?$/.exec(call)?.[1]);
		const [method] = call.split(" ");
		if (/^GET \/issues\/\d+\/comments$/.test(call)) return { status: 200, list: this.comments };
		if (/^POST \/issues\/\d+\/comments$/.test(call)) {
			this.comments.push({ id: this.#next++, user: me, body: String(body.body) });
			return { status: 201, data: this.comments.at(-1) };
		}
		if (/ \/issues\/comments\/\d+$/.test(call)) {
			const found = this.comments.find(({ id }) => id === number);
			if (found === undefined) return { status: 404, data: { message: "Not Found" } };
			if (method === "DELETE") this.comments = this.comments.filter(({ id }) => id !== number);
			else found.body = String(body.body);
			return { status: method === "DELETE" ? 204 : 200, data: found };
		}
		if (call === "GET /pulls") {
			const head = url.searchParams.get("head");
			return { status: 200, list: this.pulls.filter((pull) => head === null || pull.head.label === head) };
		}
		if (call === "POST /pulls") {
			const made = {
				number: this.#next++,
				merged_at: null,
				head: { sha: "new", label: `acme:${body.head}`, repo: { full_name: "acme/shop" } },
			};
			this.pulls.push({ ...made, draft: body.draft === true, title: String(body.title), base: String(body.base) });
			return { status: 201, data: this.pulls.at(-1) };
		}
		const commit = /^GET \/commits\/(\w+)\/pulls$/.exec(call)?.[1];
		if (commit !== undefined) return { status: 200, list: this.commits[commit] ?? [] };
		if (call === "GET /issues") {
			const state = url.searchParams.get("state");
			return { status: 200, list: this.issues.filter((issue) => state === "all" || issue.state === "open") };
		}
		if (call === "POST /issues") {
			const made = {
				number: this.#next++,
				user: me,
				title: String(body.title),
				body: String(body.body),
				state: "open" as const,
				labels: [],
			};
			this.issues.push(made);
			return { status: 201, data: made };
		}
		const issue = /^PATCH \/issues\/\d+$/.test(call) ? this.issues.find((each) => each.number === number) : undefined;
		if (issue !== undefined) return { status: 200, data: Object.assign(issue, body) };
		return { status: 404, data: { message: `not emulated: ${call}` } };
	}
}

function reply(
	response: ServerResponse,
	status: number,
	data: unknown,
	headers: Readonly<Record<string, string>> = {},
): void {
	response.writeHead(status, { "content-type": "application/json", ...headers });
	response.end(status === 204 ? "" : JSON.stringify(data));
}

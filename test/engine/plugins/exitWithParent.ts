const LOOK_MILLISECONDS = 500;

/** Ends this process soon after the engine that started it is gone, so that a SIGKILL of the engine leaves no plugin behind. */
export function exitWithParent(before: () => void = () => undefined): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid === parent) return;
		before();
		process.exit(0);
	}, LOOK_MILLISECONDS).unref();
}

/**
 * Applies the groups of `host.json`. It travels with the settings, so a better one reaches hosts that were born long
 * ago. Each group stands or falls alone: what fails is put back, told in the journal, and tried again later.
 */
export const APPLY = `#!/usr/bin/python3
"""Applies the settings in the folder given, group by group; what fails is put back and told, the rest goes on."""
import hashlib, json, os, shutil, subprocess, sys, time

STATE = "/var/lib/tierstack/groups.json"
RETRY_SECONDS = 300
APT = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confold"]


# An unknown package gives no line at all, one that can't be had "(none)".
OFFERED = "apt-cache policy $1 | grep -q 'Candidate: [^(]'"


class Failed(Exception):
    """Nothing was left behind: try again at the next reading."""


class Refused(Failed):
    """It was in place and did not work: not tried again at once, so that nothing flaps."""


def run(*command, error=Failed):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as problem:
        raise error(f"{command[0]}: {problem.strerror}") from problem
    if done.returncode != 0:
        said = " / ".join(done.stdout.strip().splitlines()[-3:])
        raise error(f"{' '.join(command)}: exit {done.returncode}: {said}")
    return done.stdout


def works(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def installed(package):
    answer = subprocess.run(["dpkg-query", "-W", "-f", "$" + "{Status}", package], capture_output=True, text=True)
    return answer.stdout == "install ok installed"


def install(packages):
    """Each entry names one package, or several of which the first to be had is taken: "a|b"."""
    missing = [entry for entry in packages if not any(map(installed, entry.split("|")))]
    if not missing:
        return
    run(*APT, "update")
    chosen = []
    for entry in missing:
        offered = [name for name in entry.split("|") if works("sh", "-c", OFFERED, "sh", name)]
        chosen.append((offered or entry.split("|"))[0])
    run(*APT, "install", "-y", "--no-install-recommends", *chosen)


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(path, *what):
    """In one step, so that nobody ever reads half of it. A full disk is a failure like any other."""
    try:
        lay(path, *what)
    except OSError as problem:
        raise Failed(f"{path}: {problem.strerror}") from problem


def lay(path, content, mode="0644", owner="root:root"):
    user, group = (int(name) if name.isdigit() else name for name in owner.split(":"))
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        os.makedirs(folder)
        shutil.chown(folder, user, group)
    beside = os.path.join(folder, f".{os.path.basename(path)}.new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.chown(beside, user, group)
    os.chmod(beside, int(mode, 8))
    os.replace(beside, path)


def put_back(before):
    for path, (content, mode, owner) in before.items():
        if content is not None:
            write(path, content, mode, owner)
        elif os.path.exists(path):
            os.remove(path)


def remembered(path):
    if not os.path.exists(path):
        return (None, None, None)
    at = os.stat(path)
    return (read(path), oct(at.st_mode & 0o7777)[2:].zfill(4), f"{at.st_uid}:{at.st_gid}")


def is_unit(path):
    return path.startswith("/etc/systemd/system/")


def takes_part(unit):
    """A unit of another group is restarted when it runs, or failed when it was told something wrong."""
    return works("systemctl", "is-active", "--quiet", unit) or works("systemctl", "is-failed", "--quiet", unit)


def start(units, restarts, reloads):
    for unit in units:
        run("systemctl", "enable", "--quiet", unit, error=Refused)
    for unit in units:
        verb = "restart" if unit in restarts else "reload-or-restart" if unit in reloads else "start"
        run("systemctl", verb, unit, error=Refused)
    for unit in sorted((restarts | reloads) - set(units)):
        if takes_part(unit):
            run("systemctl", "restart" if unit in restarts else "reload-or-restart", unit, error=Refused)


def stop(units):
    for unit in reversed(units):
        # Its file may be gone already, then there is nothing to stop.
        works("systemctl", "disable", "--now", "--quiet", unit)
        works("systemctl", "reset-failed", unit)


def remove(paths):
    for path in paths:
        if os.path.exists(path):
            os.remove(path)
    if any(map(is_unit, paths)):
        run("systemctl", "daemon-reload")


def apply(group, was, remember):
    """Applies one group; "was" is what is remembered of it. Returns what to remember."""
    changed = [file for file in group["files"] if remembered(file["path"])[:2] != (file["content"], file["mode"])]
    restarts = {unit for file in changed for unit in file.get("restarts", [])} | set(was.get("restarts", []))
    reloads = {unit for file in changed for unit in file.get("reloads", [])}
    for command in group["prepare"]:
        run(*command)
    paths = [file["path"] for file in group["files"]]
    old = was.get("units", [])
    before = {file["path"]: remembered(file["path"]) for file in changed}
    # When the machine stops in the middle, the next run still knows which units have not seen their new files.
    remember({**was, "fingerprint": None, "restarts": sorted(restarts)})
    try:
        for file in changed:
            write(file["path"], file["content"], file["mode"], file.get("owner", "root:root"))
        if any(is_unit(file["path"]) for file in changed):
            run("systemctl", "daemon-reload")
        install(group["packages"])
        for command in group["checks"]:
            run(*command, error=Refused)
        stop([unit for unit in old if unit not in group["units"]])
        start(group["units"], restarts, reloads)
        for command in group["verify"]:
            run(*command, error=Refused)
    except Failed:
        stop([unit for unit in group["units"] if unit not in old])
        put_back(before)
        if any(map(is_unit, before)):
            run("systemctl", "daemon-reload")
        for unit in old:
            works("systemctl", "enable", "--quiet", unit)
            works("systemctl", "restart" if unit in restarts | reloads else "start", unit)
        for unit in filter(takes_part, (restarts | reloads) - {*old, *group["units"]}):
            works("systemctl", "restart", unit)
        raise
    remove([path for path in was.get("paths", []) if path not in paths])
    return {"paths": paths, "units": group["units"]}


def main(folder):
    with open("/etc/tierstack/birth.json", encoding="utf-8") as file:
        first = json.load(file)["slot"] == 1
    host = json.loads(read(f"{folder}/host.json"))
    secret = json.loads(read(f"{folder}/secrets.json"))["files"]
    state = json.loads(read(STATE) or "{}")

    def remember(name, what):
        state[name] = what
        write(STATE, json.dumps(state, indent=1), "0600")

    groups = [group for group in host["groups"] if first or not group["firstOnly"]]
    for name in [name for name in reversed(state) if name not in [group["name"] for group in groups]]:
        stop(state[name].get("units", []))
        remove(state[name].get("paths", []))
        del state[name]
    failed = {}
    for group in groups:
        name = group["name"]
        group["files"] += [{**file, "restarts": group["secretRestarts"]} for file in secret.get(name, [])]
        fingerprint = hashlib.sha256(json.dumps(group, sort_keys=True).encode()).hexdigest()
        was = state.get(name, {})
        missing = [need for need in group["needs"] if need in failed]
        refused = was.get("refused", {})
        try:
            if missing:
                raise Failed(f"waits for {', '.join(missing)}")
            if was.get("fingerprint") == fingerprint:
                continue
            wait = refused.get("at", 0) + RETRY_SECONDS - time.time()
            if refused.get("fingerprint") == fingerprint and 0 < wait <= RETRY_SECONDS:
                raise Failed(f"is as it was before; tried again in {int(wait)} s: {refused['because']}")
            now = apply(group, was, lambda what: remember(name, what))
            remember(name, {**now, "fingerprint": fingerprint})
            print(f"{name}: applied", flush=True)
        except Failed as problem:
            failed[name] = problem
            if isinstance(problem, Refused):
                refused = {"fingerprint": fingerprint, "at": time.time(), "because": str(problem)}
            remember(name, {**was, "refused": refused} if refused else was)
            print(f"{name}: NOT applied, as it was before: {problem}", file=sys.stderr, flush=True)
    return 1 if failed else 0


sys.exit(main(sys.argv[1]))
`;

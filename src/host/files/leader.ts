/** Unit of the election. */
export const ELECTION = "tierstack-leader.service";

/**
 * Which member runs what may run once, where members come and go: the one that holds a lock in the database they all
 * use. The database gives it to one session at a time and takes it back when that session ends, so no clock, no
 * address of another member and no further credential is needed, and it is the same on every cloud.
 *
 * A member that can't prove within CHECK_SECONDS + ANSWER_SECONDS that it still holds the lock stops what runs once;
 * servers give a silent session up only after minutes, so two never run at the same time.
 */
export const LEADER = String.raw`#!/usr/bin/python3
"""leader NAME: while this member holds the lock NAME in the database, what may run once runs here."""
import os, select, subprocess, sys, time, urllib.parse, zlib

CHECK_SECONDS, ANSWER_SECONDS = 5, 10
TARGET = "tierstack-leader.target"
URL = urllib.parse.urlsplit(os.environ.get("DATABASE_URL", ""))
KEY = zlib.crc32(sys.argv[1].encode())
PART = {name: urllib.parse.unquote(getattr(URL, name) or "") for name in ("hostname", "username", "password")}

POSTGRES = {
    "command": ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"],
    "env": {
        "PGHOST": PART["hostname"],
        "PGPORT": str(URL.port or 5432),
        "PGUSER": PART["username"],
        "PGPASSWORD": PART["password"],
        "PGDATABASE": URL.path.lstrip("/"),
        "PGSSLMODE": dict(urllib.parse.parse_qsl(URL.query)).get("sslmode", "require"),
        "PGCONNECT_TIMEOUT": str(ANSWER_SECONDS),
    },
    "take": f"SELECT pg_try_advisory_lock({KEY})::int;",
    # A pooler in between would hand the next question to another session: that is no lock.
    "held": "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    f" AND granted AND classid = 0 AND objid = {KEY};",
}
MYSQL = {
    "command": ["mysql", "--batch", "--skip-column-names", "--unbuffered", "--ssl", f"--connect-timeout={ANSWER_SECONDS}"]
    + ["-h", PART["hostname"], "-P", str(URL.port or 3306), "-u", PART["username"]],
    "env": {"MYSQL_PWD": PART["password"]},
    "take": f"SELECT COALESCE(GET_LOCK('tierstack-{KEY}', 0), 0);",
    "held": f"SELECT COALESCE(IS_USED_LOCK('tierstack-{KEY}') = CONNECTION_ID(), 0);",
}


def ask(session, question):
    """Whether the database says 1, in time."""
    session.stdin.write(f"{question}\n".encode())
    session.stdin.flush()
    said, end = b"", time.monotonic() + ANSWER_SECONDS
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([session.stdout], [], [], max(0, end - time.monotonic()))
        part = os.read(session.stdout.fileno(), 4096) if ready else b""
        if part == b"":
            raise OSError("the database does not answer")
        said += part
    return said.strip() == b"1"


def watch(session, engine):
    while not ask(session, engine["take"]):
        time.sleep(CHECK_SECONDS)
    print("this member runs what runs once", flush=True)
    subprocess.run(["systemctl", "start", TARGET], check=True)
    while ask(session, engine["held"]):
        time.sleep(CHECK_SECONDS)
    raise OSError("the lock is lost")


engine = MYSQL if URL.scheme.startswith("mysql") else POSTGRES
with subprocess.Popen(
    engine["command"], env={**os.environ, **engine["env"]}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
) as session:
    try:
        watch(session, engine)
    except OSError as problem:
        # First the work, then the session: another member may begin only when this one has ended.
        subprocess.run(["systemctl", "stop", TARGET], check=False)
        session.kill()
        sys.exit(f"leader: {problem}")
`;

/** @param lock name of the lock: one for each stack. */
export function leaderUnit(lock: string): string {
	return `[Unit]
Description=Elects the member that runs what may run once
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
EnvironmentFile=-/etc/tierstack/app.env
EnvironmentFile=-/etc/tierstack/secret.env
ExecStart=/usr/local/lib/tierstack/leader ${lock}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}

/** What the elected member runs. It goes down with the election, before the lock is given back. */
export function leaderTarget(units: readonly string[]): string {
	return `[Unit]
Description=What may run once
BindsTo=tierstack-leader.service
After=tierstack-leader.service
Wants=${units.join(" ")}
`;
}

/** Lets a unit live and end with the election. */
export const LED = `[Unit]
PartOf=tierstack-leader.target
After=tierstack-leader.service
`;

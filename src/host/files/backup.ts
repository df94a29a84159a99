/**
 * Dumps, checks the dump, encrypts and uploads it together with the uploads, and forgets what is too old; and the way
 * back. restic does encryption, increments and retention. A dump that fails, is empty or can't be read is no backup:
 * it is deleted and told, and nothing older is forgotten.
 */
export const BACKUP = String.raw`#!/usr/bin/python3
"""backup run | list | restore SNAPSHOT|latest [--database] [--uploads] --yes"""
import glob, json, os, shutil, sqlite3, subprocess, sys, time, urllib.parse, urllib.request

DATA = "/srv/data"
WORK = f"{DATA}/dumps" if os.path.ismount(DATA) else "/var/lib/tierstack/dumps"
METRICS = "/var/lib/prometheus/node-exporter"


def fail(why):
    raise SystemExit(f"backup: {why}")


def environment():
    """What the settings say; read by a shell, as the files are written for one."""
    files = ["/etc/tierstack/app.env", "/etc/tierstack/secret.env", "/etc/tierstack/backup.conf", "/etc/tierstack/backup.env"]
    script = "set -a; for file; do [ ! -r $file ] || . $file; done; env -0"
    said = subprocess.run(["bash", "-c", script, "backup", *files], capture_output=True, text=True, check=True).stdout
    return dict(pair.split("=", 1) for pair in said.split("\0") if pair)


ENV = environment()


def run(*command, env=None, stdin=None, stdout=None):
    done = subprocess.run(command, env={**ENV, **(env or {})}, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail(f"{command[0]} ended with {done.returncode}: {' / '.join(done.stderr.strip().splitlines()[-3:])}")
    return done.stdout


def restic(*arguments, stdout=None):
    return run("restic", "--quiet", "--cache-dir", "/var/cache/tierstack-restic", *arguments, stdout=stdout)


class Sqlite:
    suffix = ".sqlite"

    def names(self):
        return [os.path.basename(path) for path in glob.glob(f"{DATA}/sqlite/*") if self.is_database(path)]

    @staticmethod
    def is_database(path):
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\0"

    @staticmethod
    def whole(path):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    def dump(self, name, path):
        # The database's own copy: consistent while the application writes.
        with sqlite3.connect(f"{DATA}/sqlite/{name}") as source, sqlite3.connect(path) as target:
            source.backup(target)
        if not self.whole(path):
            fail(f"the copy of {name} is damaged")

    def load(self, name, path):
        if not self.whole(path):
            fail(f"the copy of {name} is damaged")
        target = f"{DATA}/sqlite/{name}"
        if os.path.exists(target):
            owner = os.stat(target)
            for end in ("-wal", "-shm"):
                if os.path.exists(target + end):
                    os.remove(target + end)
        else:
            owner = os.stat(os.path.dirname(target))
        shutil.copyfile(path, target + ".restored")
        os.chown(target + ".restored", owner.st_uid, owner.st_gid)
        os.replace(target + ".restored", target)


class Server:
    """A database server: on this host as its own administrator, or managed, by the URL in the secrets."""

    def __init__(self):
        self.local = ENV["BACKUP_LOCAL"] == "yes"
        self.url = urllib.parse.urlsplit(ENV.get("DATABASE_URL", ""))

    def part(self, name):
        return urllib.parse.unquote(getattr(self.url, name) or "")

    @property
    def database(self):
        return self.url.path.lstrip("/") or "app"


class Postgres(Server):
    suffix = ".pgdump"

    def call(self, program, *arguments, **more):
        if self.local:
            return run("runuser", "-u", "postgres", "--", program, *arguments, **more)
        query = dict(urllib.parse.parse_qsl(self.url.query))
        login = {
            "PGHOST": self.part("hostname"),
            "PGPORT": str(self.url.port or 5432),
            "PGUSER": self.part("username"),
            "PGPASSWORD": self.part("password"),
            "PGSSLMODE": query.get("sslmode", "require"),
        }
        return run(program, *arguments, env=login, **more)

    def names(self):
        return [self.database]

    def size(self, name):
        question = f"SELECT pg_database_size('{name}')"
        return int(self.call("psql", "-XAtq", "--dbname", name, "-c", question, stdout=subprocess.PIPE))

    def dump(self, name, path):
        with open(path, "wb") as file:
            self.call("pg_dump", "--format=custom", "--compress=0", "--dbname", name, stdout=file)
        # The program reads it back: a dump without its table of contents is none.
        if "TABLE DATA" not in run("pg_restore", "--list", path, stdout=subprocess.PIPE) and os.path.getsize(path) < 512:
            fail(f"the dump of {name} is empty")

    def load(self, name, path):
        owner = ["--role=app"] if self.local else []
        run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", *owner, f"--file={path}.sql", path)
        # A newer program sets what an older server does not know, and all or nothing would be nothing.
        run("sed", "-i", "/^SET transaction_timeout/d", f"{path}.sql")
        with open(f"{path}.sql", "rb") as file:
            self.call("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={name}", stdin=file)


class Mysql(Server):
    suffix = ".sql"

    def call(self, program, *arguments, **more):
        if self.local:
            return run(program, *arguments, **more)
        path = f"{WORK}/.login"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"[client]\nhost={self.part('hostname')}\nport={self.url.port or 3306}\n")
            file.write(f"user={self.part('username')}\npassword=\"{self.part('password')}\"\nssl\n")
        try:
            return run(program, f"--defaults-extra-file={path}", *arguments, **more)
        finally:
            os.remove(path)

    def names(self):
        found = self.call("mysql", "--batch", "--skip-column-names", "-e", "SHOW DATABASES", stdout=subprocess.PIPE).split()
        return [name for name in found if name == self.database or name.startswith(f"{self.database}_")]

    def dump(self, name, path):
        with open(path, "wb") as file:
            self.call("mysqldump", "--single-transaction", "--routines", "--no-tablespaces", "--databases", name, stdout=file)
        with open(path, "rb") as file:
            file.seek(max(0, os.path.getsize(path) - 200))
            if b"Dump completed" not in file.read():
                fail(f"the dump of {name} stops in the middle")

    def load(self, name, path):
        with open(path, "rb") as file:
            self.call("mysql", stdin=file)


ENGINES = {"sqlite": Sqlite, "postgres": Postgres, "mysql": Mysql}


def engine():
    name = ENV.get("BACKUP_ENGINE")
    return ENGINES[name]() if name else None


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, mode=0o700)


def dump_all(folder):
    fresh(folder)
    source = engine()
    try:
        for name in source.names() if source else []:
            free = shutil.disk_usage(folder).free
            # Not known for every engine; where it is, the host's disk is not filled first to find out.
            if isinstance(source, Postgres) and source.size(name) > free:
                fail(f"{name} has {source.size(name) >> 20} MiB, the disk for its dump {free >> 20} MiB free")
            path = f"{folder}/{name}{source.suffix}"
            source.dump(name, path)
            if os.path.getsize(path) == 0:
                fail(f"the dump of {name} is empty")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def mirror():
    """The bucket of uploads beside the dumps. What is deleted there goes here a run later; its old versions stay there."""
    if ENV.get("MIRROR_FROM"):
        run("rclone", "sync", "--checksum", "--fast-list", ENV["MIRROR_FROM"], ENV["MIRROR_TO"])


def backup():
    started = time.time()
    folder = f"{WORK}/now"
    dump_all(folder)
    if subprocess.run(["restic", "cat", "config"], env=ENV, capture_output=True).returncode != 0:
        restic("init")
    paths = [folder] + ([f"{DATA}/uploads"] if ENV.get("BACKUP_UPLOADS") == "yes" else [])
    host = ENV["BACKUP_HOST"]
    restic("backup", "--host", host, "--tag", "nightly", *paths)
    mirror()
    size = sum(os.path.getsize(path) for path in glob.glob(f"{folder}/*"))
    shutil.rmtree(folder)
    # Counted back from the newest good one, so a week without backups forgets nothing.
    restic("forget", "--host", host, "--tag", "nightly", "--group-by", "host", "--keep-within", f"{ENV['BACKUP_KEEP_DAYS']}d", "--prune")
    if os.path.isdir(METRICS):
        with open(f"{METRICS}/.backup", "w", encoding="utf-8") as file:
            file.write(f"tierstack_backup_success_timestamp_seconds {int(time.time())}\ntierstack_backup_dump_bytes {size}\n")
        os.replace(f"{METRICS}/.backup", f"{METRICS}/tierstack_backup.prom")
    if ENV.get("BACKUP_HEARTBEAT"):
        urllib.request.urlopen(ENV["BACKUP_HEARTBEAT"], timeout=15).close()
    print(f"backup: {size} bytes of dumps are in the bucket, {time.time() - started:.0f} s")


def restore(snapshot, what):
    folder = f"{WORK}/restore"
    fresh(folder)
    source = engine()
    if "--database" in what:
        # A dump made by a cluster lies at the top: it has no folder of its own there.
        parts = ["--include", "dumps/now"] + (["--include", f"/*{source.suffix}"] if source else [])
        restic("restore", snapshot, "--host", ENV["BACKUP_HOST"], "--tag", "nightly", *parts, "--target", folder)
    dumps = {
        os.path.basename(path)[: -len(source.suffix)]: path
        for place in ("", "**/dumps/now/")
        for path in glob.glob(f"{folder}/{place}*{source.suffix}", recursive=True)
    } if source and "--database" in what else {}
    if "--database" in what and not dumps:
        fail(f"snapshot {snapshot} holds no dump")
    with open("/var/lib/tierstack/groups.json", encoding="utf-8") as file:
        state = json.load(file)
    units = [unit for name in ("app", "once") for unit in state.get(name, {}).get("units", [])]
    subprocess.run(["systemctl", "stop", *units], check=True)
    try:
        if dumps:
            kept = f"{WORK}/before-restore-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
            dump_all(kept)
            print(f"restore: what was there is kept in {kept}")
            for name, path in dumps.items():
                source.load(name, path)
        if "--uploads" in what:
            # Files that came since stay; what the snapshot holds is put back.
            restic("restore", snapshot, "--host", ENV["BACKUP_HOST"], "--include", f"{DATA}/uploads", "--target", "/")
    finally:
        subprocess.run(["systemctl", "start", *units], check=False)
    shutil.rmtree(folder)
    print(f"restore: snapshot {snapshot} is back: {', '.join(sorted(dumps)) or 'no database'}")


def main(arguments):
    os.umask(0o077)
    os.makedirs(WORK, mode=0o700, exist_ok=True)
    if arguments == ["run"]:
        backup()
    elif arguments == ["list"]:
        print(restic("snapshots", "--host", ENV["BACKUP_HOST"], stdout=subprocess.PIPE))
    elif len(arguments) > 2 and arguments[0] == "restore" and arguments[-1] == "--yes":
        restore(arguments[1], arguments[2:-1])
    else:
        fail(f"usage: {__doc__}")


try:
    main(sys.argv[1:])
except (OSError, sqlite3.Error) as error:
    fail(error)
`;

/** One run: it gives way to everything else, and a failure is told. */
export const BACKUP_UNIT = `[Unit]
Description=Dump of the database and copy of the uploads, encrypted, to the bucket
After=network-online.target
Wants=network-online.target
OnFailure=tierstack-alert@%n.service

[Service]
Type=oneshot
ExecStart=/usr/local/lib/tierstack/backup run
Environment=GOGC=20
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=6h
`;

/** @param schedule systemd calendar expression in UTC. A run that was missed is caught up. */
export function backupTimer(schedule: string): string {
	return `[Unit]
Description=When the backup runs

[Timer]
OnCalendar=${schedule}
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target
`;
}

/**
 * A dump program refuses a server that is newer than itself, and Ubuntu has one version only (22.04: 14, 24.04: 16).
 * PostgreSQL's own packages come by the source and key that Ubuntu's signed package brings along.
 */
export const DUMP_CLIENT = `#!/bin/bash
# dump-client MAJOR: has a pg_dump that is not older than the server, or fails and leaves no foreign source behind.
set -euo pipefail
for program in /usr/lib/postgresql/*/bin/pg_dump; do
	version=\${program#/usr/lib/postgresql/}
	if [ -x "$program" ] && [ "\${version%%/*}" -ge "$1" ]; then exit 0; fi
done
export DEBIAN_FRONTEND=noninteractive
if /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y >/dev/null &&
	apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "postgresql-client-$1" >/dev/null; then
	exit 0
fi
rm -f /etc/apt/sources.list.d/pgdg.list /etc/apt/sources.list.d/pgdg.sources
echo "no dump program of PostgreSQL $1 is to be had: an older one can't read that server" >&2
exit 1
`;

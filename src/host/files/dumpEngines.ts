/**
 * The part of the backup program (backup.ts) that knows engines: what a database's copies are called, how one is made and
 * checked, and how it is put back. A class each, with `suffix`, `names`, `dump` and `load`; `run`, `fail`, `ENV`, `DATA`
 * and `WORK` are the program's.
 */
export const DUMP_ENGINES = String.raw`class Sqlite:
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


`;

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

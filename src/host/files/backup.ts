import { DUMP_ENGINES } from "./dumpEngines.ts";

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


${DUMP_ENGINES}ENGINES = {"sqlite": Sqlite, "postgres": Postgres, "mysql": Mysql}


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

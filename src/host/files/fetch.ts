/**
 * Reads the host's settings, and has them applied when they differ from the last ones that worked. Born with the
 * machine, so it is short and knows nothing of what the settings say: the program that applies them comes with them.
 */
export const FETCH = String.raw`#!/usr/bin/python3
"""Reads the settings of this host and has them applied when they differ from the last good ones."""
import base64, datetime, fcntl, gzip, hashlib, hmac, json, os, subprocess, sys, time, urllib.error, urllib.parse, urllib.request

BIRTH, SUCCESSOR = "/etc/tierstack/birth.json", "/etc/tierstack/source.json"
GOOD, NEXT = "/var/lib/tierstack/good", "/var/lib/tierstack/next"
NAMES = ("secrets.json", "settings.json", "host.json")
METADATA = "http://169.254.169.254/latest/"


def send(method, url, headers, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=15) as answer:
        return answer.read().decode()


def sha(data):
    return hashlib.sha256(data).hexdigest()


def signed(method, url, service, key, body=b"", more=None):
    """Headers of a request signed by AWS Signature Version 4."""
    at = urllib.parse.urlsplit(url)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": at.netloc, "x-amz-content-sha256": sha(body), "x-amz-date": now, **(more or {})}
    names = ";".join(sorted(headers))
    lines = [method, at.path, at.query, *(f"{name}:{headers[name]}" for name in sorted(headers)), "", names, sha(body)]
    scope = f"{now[:8]}/{key['region']}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, sha("\n".join(lines).encode())])
    secret = ("AWS4" + key["secretKey"]).encode()
    for part in scope.split("/"):
        secret = hmac.new(secret, part.encode(), "sha256").digest()
    mark = hmac.new(secret, text.encode(), "sha256").hexdigest()
    who = f"AWS4-HMAC-SHA256 Credential={key['accessKey']}/{scope}, SignedHeaders={names}, Signature={mark}"
    return {**headers, "authorization": who}


def from_bucket(source, name):
    url = f"{source['endpoint']}/{source['bucket']}/{name}"
    return send("GET", url, signed("GET", url, "s3", source))


def from_secret(source, name):
    """Read by the machine's role: its short-lived key comes from the metadata service."""
    token = {"x-aws-ec2-metadata-token": send("PUT", METADATA + "api/token", {"x-aws-ec2-metadata-token-ttl-seconds": "60"})}
    roles = METADATA + "meta-data/iam/security-credentials/"
    role = json.loads(send("GET", roles + send("GET", roles, token).split()[0], token))
    key = {"region": source["region"], "accessKey": role["AccessKeyId"], "secretKey": role["SecretAccessKey"]}
    url = f"https://secretsmanager.{source['region']}.amazonaws.com/"
    body = json.dumps({"SecretId": f"{source['prefix']}/{name}"}).encode()
    more = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-security-token": role["Token"],
        "x-amz-target": "secretsmanager.GetSecretValue",
    }
    text = json.loads(send("POST", url, signed("POST", url, "secretsmanager", key, body, more), body))["SecretString"]
    return text if text.startswith("{") else gzip.decompress(base64.b64decode(text)).decode()


def fetch(birth):
    sources = [birth["source"]]
    if os.path.exists(SUCCESSOR):
        sources.insert(0, {**birth["source"], **json.load(open(SUCCESSOR))})
    read = from_bucket if birth["source"]["kind"] == "bucket" else from_secret
    for source in sources:
        try:
            return {name: read(source, f"{birth['pool']}/{name}") for name in NAMES}
        except (OSError, KeyError, ValueError) as error:
            problem = error
    raise SystemExit(f"settings can't be read, the last good ones hold: {problem}")


def load(folder):
    try:
        return {name: open(f"{folder}/{name}").read() for name in NAMES}
    except OSError:
        return {}


def save(folder, documents):
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for name, text in documents.items():
        with open(os.open(f"{folder}/.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            os.fsync(file.fileno())
        os.replace(f"{folder}/.{name}", f"{folder}/{name}")


def main():
    os.umask(0o022)
    os.makedirs("/var/lib/tierstack", mode=0o700, exist_ok=True)
    lock = open("/var/lib/tierstack/lock", "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    birth = json.load(open(BIRTH))
    documents = fetch(birth)
    if documents == load(GOOD):
        return 0
    while True:
        # The documents are written one after the other: wait until they stand still.
        time.sleep(3)
        seen, documents = documents, fetch(birth)
        if seen == documents:
            break
    try:
        host = json.loads(documents["host.json"])
        if host["schema"] != "tierstack.host/1":
            raise ValueError(f"schema {host['schema']} is not known here")
        save(NEXT, {**documents, "apply": host["applier"]})
    except (KeyError, TypeError, ValueError) as error:
        raise SystemExit(f"settings are not understood, the last good ones hold: {error}")
    done = subprocess.run(["/usr/bin/python3", f"{NEXT}/apply", NEXT]).returncode
    if done == 0:
        save(GOOD, documents)
    return done


sys.exit(main())
`;

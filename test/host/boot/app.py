"""A small application: keeps notes in the database of DATABASE_URL, takes uploads, answers slowly when asked to."""
import json, os, sqlite3, subprocess, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

URL = urllib.parse.urlsplit(os.environ["DATABASE_URL"])


def query(sql):
    if URL.scheme == "sqlite":
        with sqlite3.connect(URL.path[1:]) as database:
            return [str(row[0]) for row in database.execute(sql)]
    if URL.scheme == "mysql":
        socket = urllib.parse.parse_qs(URL.query)["unix_socket"][0]
        login = ["--socket", socket, f"--user={URL.username}", f"--password={URL.password}", URL.path[1:]]
        done = subprocess.run(["mysql", "-BN", *login, "-e", sql], capture_output=True, text=True)
    else:
        done = subprocess.run(["psql", "-Atq", os.environ["DATABASE_URL"], "-c", sql], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout.split()


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, what):
        body = json.dumps(what).encode() if not isinstance(what, bytes) else what
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        at = urllib.parse.urlsplit(self.path)
        try:
            if at.path == "/slow":
                time.sleep(float(at.query))
                self.answer(200, {"slept": at.query})
            elif at.path == "/large":
                self.answer(200, {"text": "x" * 20000})
            elif at.path == "/env":
                self.answer(200, {name: os.environ.get(name) for name in at.query.split(",")})
            else:
                self.answer(200, {"engine": URL.scheme, "notes": query("SELECT text FROM notes ORDER BY text")})
        except (RuntimeError, sqlite3.Error) as error:
            self.answer(500, {"error": str(error)})

    def do_POST(self):
        left = int(self.headers["content-length"])
        if self.path.startswith("/note/"):
            query(f"INSERT INTO notes VALUES ('{self.path[6:]}')")
            self.answer(200, {})
            return
        size = left
        while left > 0:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        self.answer(200, {"size": size})

    def log_message(self, *_):
        pass


ThreadingHTTPServer.request_queue_size = 256
query("CREATE TABLE IF NOT EXISTS notes (text TEXT)")
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()

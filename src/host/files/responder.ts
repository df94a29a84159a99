/**
 * Answers while no image is set: the address, the certificate and the settings can be tried before the application
 * exists. It says which kind of database it was told of and whether that answers, never the address or a password.
 */
export const RESPONDER = String.raw`#!/usr/bin/python3
"""Answers the health path and says what this host was told, until an image is set."""
import json, os, socket, sys, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def database():
    url = urllib.parse.urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme:
        return None
    if not url.hostname:
        return {"kind": url.scheme, "answers": os.path.isdir(os.path.dirname(url.path) or "/")}
    try:
        socket.create_connection((url.hostname, url.port or 5432), timeout=2).close()
        return {"kind": url.scheme, "answers": True}
    except OSError:
        return {"kind": url.scheme, "answers": False}


class Responder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        said = {"service": "built-in responder: no image is set", "database": database()}
        body = (json.dumps(said) + "\n").encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


ThreadingHTTPServer.request_queue_size = 256
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Responder).serve_forever()
`;

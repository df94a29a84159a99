/**
 * Tells of a unit that failed: in the journal always, and in the team's chat when there is a web hook. The same unit
 * is told at most once an hour.
 */
export const ALERT = String.raw`#!/usr/bin/python3
"""Tells that a unit failed: once an hour at most for each unit."""
import json, os, subprocess, sys, time, urllib.request

unit = sys.argv[1]
stamp = f"/run/tierstack-alert-{unit}"
if os.path.exists(stamp) and time.time() - os.path.getmtime(stamp) < 3600:
    sys.exit(0)
said = subprocess.run(["journalctl", "-u", unit, "-n", "5", "-o", "cat", "--no-pager"], capture_output=True, text=True)
text = f"{os.uname().nodename}: {unit} failed\n{said.stdout.strip()}"
print(f"<2>{text}", file=sys.stderr)
open(stamp, "w").close()
url = os.environ.get("ALERT_URL")
if url:
    body = json.dumps({"text": text[:2000]}).encode()
    urllib.request.urlopen(urllib.request.Request(url, body, {"content-type": "application/json"}), timeout=15)
`;

/** The unit that others name in `OnFailure=`, with their own name as its instance. */
export const ALERT_UNIT = `[Unit]
Description=Tells that %i failed

[Service]
Type=oneshot
EnvironmentFile=-/etc/tierstack/alert.env
ExecStart=/usr/local/lib/tierstack/alert %i
`;

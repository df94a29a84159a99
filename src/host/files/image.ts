/**
 * Has an image ready before anything is stopped: an image that can't be pulled leaves the old one serving.
 * `engine` pulls it for the container engine; `plain` unpacks it, for machines too small for an engine.
 */
export const IMAGE = `#!/bin/bash
# image engine|plain IMAGE: has the image ready, or fails and leaves everything as it is.
set -euo pipefail
how=$1
image=$2
export HOME=/root

if [ "$how" = engine ]; then
	# A registry that is down does no harm while the image is here.
	docker pull --quiet "$image" >/dev/null || docker image inspect "$image" >/dev/null
	# The image's own user has to be able to write what the application keeps.
	if mountpoint -q /srv/data && owner=$(docker run --rm --network none --entrypoint id "$image" -u 2>/dev/null); then
		chown "$owner" /srv/data/uploads /srv/data/sqlite
	fi
	exit 0
fi

store=/var/lib/tierstack/images
mountpoint -q /srv/data && store=/srv/data/images
mkdir -p "$store"
if skopeo copy --quiet "docker://$image" "oci:$store/layers:next" 2>/tmp/skopeo.$$; then
	rm -f /tmp/skopeo.$$
	name=$(skopeo inspect --format '{{.Digest}}' "oci:$store/layers:next" | tr -d ':')
	unpacked=$store/$name
	if [ ! -e "$unpacked/config.json" ]; then
		rm -rf "$unpacked" "$unpacked.part"
		umoci unpack --image "$store/layers:next" "$unpacked.part" >/dev/null
		mv "$unpacked.part" "$unpacked"
	fi
	mkdir -p "$store/by-name"
	ln -sfn "$unpacked" "$store/by-name/$(printf %s "$image" | sha256sum | cut -c1-16)"
else
	cat /tmp/skopeo.$$ >&2
	rm -f /tmp/skopeo.$$
	[ -e "$store/by-name/$(printf %s "$image" | sha256sum | cut -c1-16)/config.json" ]
fi
`;

/**
 * Runs a command of an unpacked image as the image says: its files as root, its user, folder and environment. The unit
 * gives it mounts of its own, which end with it.
 */
export const RUN_IMAGE = `#!/usr/bin/python3
"""run-image IMAGE [COMMAND]: becomes the process the image describes, inside the image's own files."""
import hashlib, json, os, subprocess, sys

SHARED = ("/proc", "/sys", "/dev", "/etc/resolv.conf", "/etc/hosts", "/srv/data/uploads", "/srv/data/sqlite")

image, command = sys.argv[1], sys.argv[2:]
name = hashlib.sha256(image.encode()).hexdigest()[:16]
store = "/srv/data/images" if os.path.ismount("/srv/data") else "/var/lib/tierstack/images"
folder = os.path.realpath(f"{store}/by-name/{name}")
with open(f"{folder}/config.json", encoding="utf-8") as file:
    process = json.load(file)["process"]
for path in filter(os.path.exists, SHARED):
    target = f"{folder}/rootfs{path}"
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "a", encoding="utf-8").close()
    subprocess.run(["mount", "--rbind", path, target], check=True)
says = dict(line.split("=", 1) for line in process.get("env", []))
# What the settings say holds over what the image says, but for where its programs are.
environment = {**says, **os.environ, "PATH": says.get("PATH", os.environ["PATH"])}
user = process.get("user", {})
os.chroot(f"{folder}/rootfs")
os.chdir(process.get("cwd") or "/")
os.setgroups(user.get("additionalGids", []))
os.setgid(user.get("gid", 0))
os.setuid(user.get("uid", 0))
arguments = ["/bin/sh", "-c", "exec " + command[0]] if command else process["args"]
os.execvpe(arguments[0], arguments, environment)
`;

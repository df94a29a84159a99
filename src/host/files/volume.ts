/** Where the data volume is mounted. */
export const DATA = "/srv/data";

/**
 * The data volume: found by the name it has for good, formatted only when it is blank to the last byte of its first
 * MiB and no tool knows a signature on it, grown when the volume grew. Its UUID is remembered: another disk under the
 * same name is not mounted. Not in fstab: there `nofail` calls a missing disk a success.
 */
export const VOLUME = `#!/bin/bash
# volume [grow]: mounts the data volume; formats it only when it is blank.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/tierstack/volume.conf
at=/srv/data

for _ in $(seq 1 "$WAIT_SECONDS"); do
	if [ -b "$DEVICE" ]; then break; fi
	sleep 1
done
if [ ! -b "$DEVICE" ]; then
	echo "the data volume $DEVICE is not attached: nothing that needs it is started" >&2
	exit 1
fi

# Whoever writes here while the volume is missing gets an error, not a file on the root disk.
if ! mountpoint -q "$at"; then
	mkdir -p "$at"
	chattr +i "$at" 2>/dev/null || true
fi

# blkid: 0 = something is known, 2 = nothing is known, anything else = it could not tell.
known=0
found=$(blkid -p -o value -s TYPE "$DEVICE") || known=$?
if [ "$known" -eq 2 ] && head -c 1048576 "$DEVICE" | cmp -s -n 1048576 - /dev/zero; then
	mkfs.ext4 -q -L data -m 1 "$DEVICE"
	echo "formatted $DEVICE, which was blank"
	found=ext4
fi
if [ "$found" != ext4 ] && [ "$found" != xfs ]; then
	echo "$DEVICE holds something that is no ext4 or xfs file system: left as it is" >&2
	exit 1
fi

uuid=$(blkid -p -o value -s UUID "$DEVICE")
remembered=/var/lib/tierstack/volume.uuid
if [ ! -e "$remembered" ]; then echo "$uuid" >"$remembered"; fi
if [ "$uuid" != "$(cat "$remembered")" ]; then
	echo "$DEVICE is another disk than before: not mounted; if that is meant, remove $remembered" >&2
	exit 1
fi
# Checked and grown while nobody uses it; a volume that grew while it was in use is grown in place.
if ! mountpoint -q "$at"; then
	if [ "$found" = ext4 ]; then
		checked=0
		e2fsck -p "$DEVICE" >/dev/null || checked=$?
		if [ "$checked" -ge 4 ]; then
			echo "the file system on $DEVICE is damaged: not mounted; look with e2fsck $DEVICE" >&2
			exit 1
		fi
		if ! resize2fs "$DEVICE" >/dev/null 2>&1; then
			e2fsck -p -f "$DEVICE" >/dev/null || true
			resize2fs "$DEVICE" >/dev/null 2>&1 || echo "$DEVICE can't be grown now" >&2
		fi
	fi
	mount -o noatime "$DEVICE" "$at"
fi
if [ "$#" -gt 0 ]; then
	case $found in
	ext4) resize2fs "$DEVICE" ;;
	xfs) xfs_growfs "$at" ;;
	esac
fi
for folder in $FOLDERS; do mkdir -p "$at/$folder"; done
mkdir -p "$at/uploads" "$at/sqlite"
chown app:app "$at/uploads" "$at/sqlite"
`;

/** Mounts the volume at each boot, before whatever keeps data on it. */
export const VOLUME_UNIT = `[Unit]
Description=Data volume: mounted, formatted only when blank, grown when it grew
After=local-fs.target systemd-sysusers.service
Before=docker.service postgresql.service mysql.service mariadb.service
OnFailure=tierstack-alert@%n.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/tierstack/volume

[Install]
WantedBy=multi-user.target
`;

/** A volume can grow while the host runs: the file system follows within ten minutes. */
export const GROW_UNIT = `[Unit]
Description=Grows the file system of the data volume when the volume grew
Requires=tierstack-volume.service
After=tierstack-volume.service

[Service]
Type=oneshot
ExecStart=/usr/local/lib/tierstack/volume grow
`;

/** When it is looked. */
export const GROW_TIMER = `[Unit]
Description=Looks whether the data volume grew

[Timer]
OnUnitInactiveSec=10min
OnActiveSec=10min

[Install]
WantedBy=timers.target
`;

/** Puts a folder of the system on the data volume: later in the boot than mounts usually are, as the volume is. */
export function bindUnit(from: string, to: string, before: string): string {
	return `[Unit]
Description=${to} on the data volume
DefaultDependencies=no
Conflicts=umount.target
After=tierstack-volume.service
Requires=tierstack-volume.service
Before=${before} umount.target

[Mount]
What=${from}
Where=${to}
Type=none
Options=bind

[Install]
WantedBy=multi-user.target
`;
}

/** Keeps a unit from running while the volume is missing. */
export const NEEDS_VOLUME = `[Unit]
Requires=tierstack-volume.service
After=tierstack-volume.service
`;

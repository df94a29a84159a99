/**
 * Swap, at each boot: its size follows the settings, or the memory the machine has now, so a resize needs no new user
 * data. 1 GiB below 2 GiB of memory, else 2 GiB: enough to outlast a spike, little enough not to live on.
 */
export const SWAP = String.raw`#!/bin/bash
# Makes the swap file as large as it is meant to be, and turns it on.
set -euo pipefail
file=/swapfile
wanted_mib=
failed=
if [ -r /etc/tierstack/swap.conf ]; then
	# shellcheck source=/dev/null
	. /etc/tierstack/swap.conf
	wanted_mib=$SWAP_MIB
fi
if [ -z "$wanted_mib" ]; then
	memory_kib=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)
	if [ "$memory_kib" -lt 2000000 ]; then wanted_mib=1024; else wanted_mib=2048; fi
fi
wanted=$((wanted_mib * 1024 * 1024))
size=$(stat -c %s "$file" 2>/dev/null || echo 0)
active() { grep -q "^$file " /proc/swaps; }

if [ "$size" -ne "$wanted" ]; then
	# At least 1 GiB of the disk stays free, whatever the settings say.
	free=$(df --output=avail -B1 / | tail -n 1)
	if [ "$wanted" -gt 0 ] && [ $((free + size - wanted)) -lt 1073741824 ]; then
		echo "swap stays at $((size / 1048576)) MiB: $wanted_mib MiB would leave less than 1 GiB of disk" >&2
		wanted=$size
		failed=1
	else
		if active; then
			# What is in swap has to fit into memory, or turning it off would kill processes.
			used_kib=$(awk -v file="$file" '$1 == file { print $4 }' /proc/swaps)
			available_kib=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
			if [ "$((used_kib + 65536))" -gt "$available_kib" ]; then
				echo "swap stays at $((size / 1048576)) MiB until the next boot: $used_kib KiB of it are in use" >&2
				exit 1
			fi
			swapoff "$file"
		fi
		rm -f "$file"
		if [ "$wanted" -gt 0 ]; then
			(umask 077 && : >"$file")
			fallocate -l "$wanted" "$file" 2>/dev/null || dd if=/dev/zero of="$file" bs=1M count="$wanted_mib" status=none
			chmod 0600 "$file"
			mkswap "$file" >/dev/null
		fi
	fi
fi

if [ "$wanted" -gt 0 ]; then
	chmod 0600 "$file"
	grep -q "^$file " /etc/fstab || printf '%s none swap sw,nofail 0 0\n' "$file" >>/etc/fstab
	if ! active && ! swapon "$file"; then
		# Some file systems hand out blocks that swap can't use: write them one by one and try once more.
		dd if=/dev/zero of="$file" bs=1M count=$((wanted / 1048576)) status=none
		mkswap "$file" >/dev/null
		swapon "$file"
	fi
else
	sed -i "\|^$file |d" /etc/fstab
fi
if [ -n "$failed" ]; then exit 1; fi
`;

/**
 * What the machine has, told to every process at each boot, so that a resize needs nothing else. WEB_CONCURRENCY is
 * twice the cores and one (the plans' own 5 at 2 vCPU and 9 at 4), never more than the memory carries at 256 MiB each.
 */
export const CAPACITY = String.raw`#!/bin/bash
# Writes what this machine can carry, for the processes' environment.
set -euo pipefail
cpus=$(nproc)
memory_mib=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
by_cpu=$((2 * cpus + 1))
by_memory=$((memory_mib / 256))
[ "$by_memory" -ge 1 ] || by_memory=1
workers=$((by_cpu < by_memory ? by_cpu : by_memory))
mkdir -p /run/tierstack
printf 'CPU_COUNT=%s\nMEMORY_MIB=%s\nWEB_CONCURRENCY=%s\n' "$cpus" "$memory_mib" "$workers" >/run/tierstack/capacity.env
`;

/** Runs at each boot, before the processes that read what it wrote. */
export const CAPACITY_UNIT = `[Unit]
Description=What this machine can carry, for the processes
After=local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/tierstack/capacity

[Install]
WantedBy=multi-user.target
`;

/** Variables that the capacity file holds. */
export const CAPACITY_NAMES = ["CPU_COUNT", "MEMORY_MIB", "WEB_CONCURRENCY"] as const;

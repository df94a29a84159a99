/** Small files every host is born with. */

/**
 * Named 00-: the first file that sets a value wins, and images ship a 50- file of their own. Values after the dev-sec
 * baseline (ansible-collection-hardening, read 2026-11-21), with enough tries for agents that hold several keys.
 */
export const SSHD = `PermitRootLogin no
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthenticationMethods publickey
PermitEmptyPasswords no
MaxAuthTries 4
LoginGraceTime 30
ClientAliveInterval 300
ClientAliveCountMax 3
X11Forwarding no
AllowAgentForwarding no
AllowUsers deploy
LogLevel VERBOSE
`;

/**
 * Low swappiness: swap is for spikes, not for living on. The rest closes what a web host never needs. `all` and
 * `default` alone do not close it: a wire that is there already keeps what it has, IPv6 looks at nothing else, and a
 * wire's own yes is enough to send redirects (tried on Linux 6.18, 2026-11-21). So each wire is told by a pattern, with
 * a hyphen for the `sysctl` of Ubuntu 22.04, which knows no patterns; `systemd-sysctl` does, for wires to come as well.
 */
export const SYSCTL = `vm.swappiness = 10
vm.overcommit_memory = 0
kernel.kptr_restrict = 2
kernel.dmesg_restrict = 1
fs.protected_hardlinks = 1
fs.protected_symlinks = 1
net.ipv4.tcp_syncookies = 1
net.ipv4.conf.all.accept_redirects = 0
net.ipv4.conf.default.accept_redirects = 0
-net.ipv4.conf.*.accept_redirects = 0
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.default.send_redirects = 0
-net.ipv4.conf.*.send_redirects = 0
net.ipv4.conf.all.accept_source_route = 0
net.ipv6.conf.all.accept_redirects = 0
net.ipv6.conf.default.accept_redirects = 0
-net.ipv6.conf.*.accept_redirects = 0
`;

/** Logs never fill the root disk, and outlive a reboot. */
export const JOURNALD = `[Journal]
Storage=persistent
SystemMaxUse=200M
MaxRetentionSec=1month
`;

/** Security updates each day; a reboot only when one is needed, at an hour when few are there (UTC). */
export const UPGRADES = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
APT::Periodic::AutocleanInterval "7";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "03:30";
Unattended-Upgrade::Remove-Unused-Dependencies "true";
`;

/** Looks after the swap file at each boot, and when the settings say another size. */
export const SWAP_UNIT = `[Unit]
Description=Swap as large as the settings or the memory ask for
After=local-fs.target
RequiresMountsFor=/

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/tierstack/swap

[Install]
WantedBy=multi-user.target
`;

/** Loads the firewall before there is a network. */
export const GUARD_UNIT = `[Unit]
Description=Firewall: SSH, HTTP and HTTPS in; the metadata address for root only
DefaultDependencies=no
After=local-fs.target systemd-sysctl.service ufw.service
Before=network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/tierstack/guard

[Install]
WantedBy=multi-user.target
`;

/** A failure is told by the alert unit, which comes with the settings. */
export const SETTINGS_UNIT = `[Unit]
Description=Settings of this host: read, and applied when they changed
After=network-online.target tierstack-swap.service
Wants=network-online.target
OnFailure=tierstack-alert@%n.service

[Service]
Type=oneshot
ExecStart=/usr/local/lib/tierstack/fetch
TimeoutStartSec=30min
`;

/** @param everySeconds time between two reads. */
export function settingsTimer(everySeconds: number): string {
	return `[Unit]
Description=Reads the settings of this host again and again

[Timer]
OnBootSec=5s
OnUnitInactiveSec=${everySeconds}s
AccuracySec=5s

[Install]
WantedBy=timers.target
`;
}

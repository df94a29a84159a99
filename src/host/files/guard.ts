/**
 * Firewall of the machine, asserted at each boot: only SSH, HTTP and HTTPS come in, and the cloud's metadata address,
 * which hands out user data and role keys, answers root alone. Port 22 by `allow`: `limit` refuses good logins too.
 */
export const GUARD = `#!/bin/bash
# Lets in SSH, HTTP and HTTPS only, and keeps the metadata address for root.
set -euo pipefail
# Until the settings name the ranges only the cloud's firewall says who may reach SSH.
SSH_FROM=any
# shellcheck source=/dev/null
if [ -r /etc/tierstack/firewall.conf ]; then . /etc/tierstack/firewall.conf; fi

once() { # once TABLE CHAIN RULE...: the rule stands first in the chain, one time
	local table=$1 chain=$2
	shift 2
	iptables -w -t "$table" -C "$chain" "$@" 2>/dev/null || iptables -w -t "$table" -I "$chain" 1 "$@"
}
once filter OUTPUT -d 169.254.169.254 -m owner ! --uid-owner 0 -j REJECT
# What comes from a container's own network never passed OUTPUT.
once raw PREROUTING -d 169.254.169.254 -j DROP

# ufw brings its rules back at boot by itself. They are written only when they differ: each call takes a while.
stamp=/var/lib/tierstack/ssh-from
before=$(cat "$stamp" 2>/dev/null || true)
if [ ! -e "$stamp" ] || [ "$before" != "$SSH_FROM" ]; then
	ufw default deny incoming >/dev/null
	ufw default allow outgoing >/dev/null
	ufw allow 80,443/tcp >/dev/null
	for from in $SSH_FROM; do ufw allow proto tcp from "$from" to any port 22 >/dev/null; done
	# What left the settings goes after the new stands, so that nobody is locked out in between.
	for from in $before; do
		case " $SSH_FROM " in
		*" $from "*) ;;
		*) ufw delete allow proto tcp from "$from" to any port 22 >/dev/null ;;
		esac
	done
	install -d -m 0700 /var/lib/tierstack
	echo "$SSH_FROM" >"$stamp"
fi
ufw status | grep -q '^Status: active' || ufw --force enable >/dev/null
`;

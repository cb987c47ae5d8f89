#!/usr/bin/env bash
# What Nushell offers on a command line, with the script that `evigraph completions nushell` writes.
# Usage: nushell.sh NU FOLDER, where the folder may be written to, and `evigraph` is on the PATH.
set -euo pipefail
nu="$1"
cd "$2"

evigraph completions nushell >evigraph.nu
evigraph new bridge.ron >/dev/null
claim="$(evigraph export json bridge.ron | sed -n '/"claims"/{n;s/^ *"\([^"]*\)".*/\1/p}')"

# What is offered behind a command line, as a list of JSON.
offered() {
    printf 'use evigraph.nu *\n%s' "$1" >line.nu
    "$nu" --no-config-file --ide-complete "$(wc -c <line.nu)" line.nu
}

expect() {
    offered "$1" | grep -qF "\"$2\"" || {
        printf '%s: `%s` is not offered, but: %s\n' "$1" "$2" "$(offered "$1")" >&2
        exit 1
    }
}

expect 'evigraph sett' settled
expect 'evigraph verdict bridge.ron --with' --without
expect 'evigraph settled bridge.ron ' "$claim"
expect 'evigraph check bri' bridge.ron
# What is offered is also what can be called.
printf 'use evigraph.nu *\nevigraph verdict bridge.ron --no-settled | lines | length\n' >line.nu
"$nu" --no-config-file line.nu | grep -qE '^[1-9]'
echo "commands, flags, files and ids: all offered"

#!/usr/bin/env bash
# Every check of the editors' folder: the extension for Visual Studio Code with its grammar, and what test.sh tries.
# What a missing tool leaves out is said.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

has_node() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(Number.parseInt(process.versions.node) < 20 ? 1 : 0)'
}

vscode() (
    cd vscode
    if grep -q '"resolved"' package-lock.json; then
        echo "package-lock.json names a registry: npm install, with the .npmrc of this folder" >&2
        return 1
    fi
    # No package needs a script of its own at installation, so none is run.
    step npm ci --ignore-scripts --no-audit --no-fund
    step npm run check-types
    step npm run lint
    step npm run test:grammar
    step npm run test:unit
    step npm run package
    step diff contents.txt <(npx --no-install vsce ls --no-dependencies | LC_ALL=C sort)
)

if ! has_node; then
    printf '\nthe extension for Visual Studio Code: NOT CHECKED, for Node 20 or later is not installed\n' >&2
elif ! npm ping >/dev/null 2>&1; then
    printf '\nthe extension for Visual Studio Code: NOT CHECKED, for the registry of npm cannot be reached\n' >&2
else
    vscode
fi
step bash test.sh

#!/usr/bin/env bash
# Every check of the editors' folder: the extension for Visual Studio Code with its grammar, the playground, and
# what test.sh tries, Nushell with it.
# What a missing tool leaves out is said.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

# What the linter runs on, which asks for more than the rest.
has_node() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
        node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
            process.exit(minor >= ({ 20: 19, 22: 13 }[major] ?? (major >= 24 ? 0 : Infinity)) ? 0 : 1)'
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

chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

playground() (
    local target program browser
    target="${CARGO_TARGET_DIR:-../target}"
    mkdir -p "$target"
    target="$(cd "$target" && pwd)"
    program="${EVIGRAPH:-$target/debug/evigraph}"
    cd playground
    if grep -q '"resolved"' package-lock.json; then
        echo "package-lock.json names a registry: npm install, with the .npmrc of this folder" >&2
        return 1
    fi
    step cargo fmt --check
    CARGO_TARGET_DIR="$target" step cargo clippy --profile quick --locked --quiet -- -D warnings
    CARGO_TARGET_DIR="$target" step bash build.sh quick
    step npm run check-types
    step npm run lint
    step node test/unit.mjs
    if [ -x "$program" ]; then
        step node test/engine.mjs "$target/playground/engine.wasm" "$program"
    else
        left_out "the verdicts of the playground" "there is no program to compare them with"
    fi
    if browser="$(chromium)"; then
        step node test/page.mjs "$target/playground" "$browser"
        if [ -x "$program" ]; then
            step node test/access.mjs "$program" "$browser"
        else
            left_out "the pages for those who cannot see them" "there is no program that writes them"
        fi
    else
        left_out "the page of the playground" "Chromium is not installed"
    fi
)

# Nushell, which is no package of Debian.
nushell() {
    local folder="${CARGO_TARGET_DIR:-../target}/nushell"
    mkdir -p "$folder"
    step npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save nushell@0.115.1
    NU_PROGRAM="$(cd "$folder" && pwd)/node_modules/.bin/nu"
    export NU_PROGRAM
}

# What is not checked, and why; where everything is to be checked, that is a failure.
left_out() {
    printf '\n%s: NOT CHECKED, for %s\n' "$1" "$2" >&2
    [ -z "${CI:-}" ]
}

has_wasm() {
    rustup target add wasm32-unknown-unknown >/dev/null 2>&1 ||
        [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]
}

if ! has_node; then
    left_out "the extension for Visual Studio Code, the playground, Nushell" "Node 20.19, 22.13, 24 or later is not installed"
elif ! npm ping >/dev/null 2>&1; then
    left_out "the extension for Visual Studio Code, the playground, Nushell" "the registry of npm cannot be reached"
else
    vscode
    nushell
    if has_wasm; then
        playground
    else
        left_out "the playground" "the target wasm32-unknown-unknown could not be installed"
    fi
fi
step bash test.sh

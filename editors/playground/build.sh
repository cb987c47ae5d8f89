#!/usr/bin/env bash
# Builds the playground into target/playground: static files that work from any folder of any server.
# Needs Rust with the target wasm32-unknown-unknown, and Node 20 or later.
#
#     bash build.sh [PROFILE]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

profile="${1:-release}"
target="${CARGO_TARGET_DIR:-../../target}"
mkdir -p "$target"
target="$(cd "$target" && pwd)"
out="$target/playground"
if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    echo "the target of browsers is not installed: rustup target add wasm32-unknown-unknown" >&2
    exit 1
fi
CARGO_TARGET_DIR="$target" cargo build --profile "$profile" --locked --quiet
# No package needs a script of its own at installation, so none is run.
npm ci --ignore-scripts --no-audit --no-fund --silent
rm -rf "$out"
node esbuild.mjs "$out"
cp "$target/wasm32-unknown-unknown/$profile/evigraph_playground.wasm" "$out/engine.wasm"
echo "$out"

#!/usr/bin/env bash
# Every check of the project: formatting, lints, tests, examples in the documentation, the documentation itself.
# Needs a Rust toolchain with rustfmt and clippy, and the dependencies of Cargo.lock; nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

step cargo fmt --check
step cargo clippy --all-targets --locked --quiet -- -D warnings
# Unit tests, tests/, and the examples in the documentation. Benches are compiled by clippy above and run by nobody here.
step cargo test --locked
# The features by themselves; without any the library is what a page in a browser can run.
step cargo check --locked --quiet --no-default-features
step cargo check --locked --quiet --no-default-features --features render
if rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then
    step cargo check --locked --quiet --no-default-features --target wasm32-unknown-unknown
else
    echo "the target wasm32-unknown-unknown could not be installed: not checked" >&2
    [ -z "${CI:-}" ]
fi
RUSTDOCFLAGS="-D warnings" step cargo doc --no-deps --locked --quiet
if command -v cargo-deny >/dev/null 2>&1; then
    step cargo deny --offline check licenses bans sources
fi
printf '\nall checks passed\n'

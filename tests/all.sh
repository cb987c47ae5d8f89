#!/usr/bin/env bash
# Every check of the project: formatting, lints, tests, examples in the documentation, the documentation itself.
# Needs a Rust toolchain with rustfmt and clippy, and the dependencies of Cargo.lock. What else it would like (Graphviz,
# Chromium, cargo-deny) it can do without: it says which checks it left out. .ci/run installs all of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

step cargo fmt --check
step cargo clippy --all-targets --locked --quiet -- -D warnings
step cargo clippy --all-targets --locked --quiet --features columns -- -D warnings
# Unit tests, tests/, and the examples in the documentation, with the one feature that is not on by itself. Benches are
# compiled by clippy above and run by nobody here. Unit tests take seconds, so that optimising for them is not worth it.
step cargo test --locked --features columns --lib --config 'profile.dev.package.evigraph.opt-level=0'
step cargo test --locked --features columns --test all
step cargo test --locked --features columns --doc
# The extension for Visual Studio Code, and editors that are on this machine, with the program that was just built.
step bash editors/check.sh
# The features by themselves; without any the library is what a page in a browser can run.
step cargo check --locked --quiet --no-default-features
step cargo check --locked --quiet --no-default-features --features render
step cargo check --locked --quiet --no-default-features --features columns
if rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then
    step cargo check --locked --quiet --no-default-features --target wasm32-unknown-unknown
else
    echo "the target wasm32-unknown-unknown could not be installed: not checked" >&2
    [ -z "${CI:-}" ]
fi
# What a release is made of, unpacked, installed and used; not optimised, to save time.
if command -v musl-gcc >/dev/null 2>&1 && rustup target add x86_64-unknown-linux-musl >/dev/null 2>&1; then
    step .ci/dist x86_64-unknown-linux-musl quick
    step .ci/installed x86_64-unknown-linux-musl
else
    echo "the archive and the Debian package: NOT BUILT, for musl-gcc or its target is not installed" >&2
    [ -z "${CI:-}" ]
fi
RUSTDOCFLAGS="-D warnings" step cargo doc --no-deps --locked --quiet
# Dependencies: what they are licensed under, which may not be there, where they come from, what is known against them.
if command -v cargo-deny >/dev/null 2>&1; then
    # What other systems need is looked at too, and a fresh machine has not built it.
    step cargo fetch --locked --quiet
    step cargo deny --offline check licenses bans sources
    (cd editors/playground && step cargo fetch --locked --quiet)
    step cargo deny --manifest-path editors/playground/Cargo.toml --config deny.toml --offline check licenses bans sources
    if cargo deny fetch db >/dev/null 2>&1; then
        step cargo deny check --disable-fetch advisories
    else
        printf '\nadvisories: NOT CHECKED, for their database cannot be fetched from here\n' >&2
    fi
elif [ -n "${CI:-}" ]; then
    echo "cargo-deny is not installed: .ci/run says how" >&2
    exit 1
else
    printf '\ndependencies: NOT CHECKED, for cargo-deny is not installed (cargo install cargo-deny --locked)\n' >&2
fi
printf '\nall checks passed\n'

# Everyday commands; `just --list` shows them. None is needed to build: tests/all.sh runs all checks without `just`.

# What has to pass before a change is shared.
ci:
    bash tests/all.sh

# Formats every file.
fmt:
    cargo fmt

# Formatting and lints, warnings as errors.
lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# All tests, those in the documentation included.
test:
    cargo test --locked

# The documentation of the library, warnings as errors.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked

# Licences, bans and sources of dependencies, and advisories on them.
deny:
    cargo deny check

# Writes again what tests hold against the code: docs/codes.md, docs/cli.md, rendered messages.
docs-update:
    UPDATE_DOCS=1 SNAPSHOTS=overwrite TRYCMD=overwrite cargo test --locked

# The measurements behind docs/performance.md.
bench:
    cargo bench

# Every worked case against its own expectations.
graphs:
    cargo run --release --locked -- check graphs/*.ron graphs/*/

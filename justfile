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

# The playground, as files for any server: target/playground.
playground:
    bash editors/playground/build.sh

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

# Fuzzes each target for so many minutes, from its seeds: `cargo install cargo-fuzz` first. RUSTC_BOOTSTRAP because the
# flags that it sets are only stable in part; without a sanitizer, for the package has no unsafe code, and to build it
# under one takes 6 GB and the better part of an hour.
fuzz MINUTES:
    for target in check compare dates editor fmt imports json pipeline quotations selector; do \
        mkdir -p fuzz/corpus/$target && cp -n fuzz/seeds/$target/* fuzz/corpus/$target/; \
        RUSTC_BOOTSTRAP=1 cargo fuzz run -s none --codegen-units 16 $target -- -max_total_time=$(( {{MINUTES}} * 60 )) -timeout=10 -rss_limit_mb=4096 || exit 1; \
    done

# Which of so many parts of all mutants, such as 0/200, no test notices: `cargo install cargo-mutants` first. Minutes a
# mutant; .cargo/mutants.toml says what is mutated and why.
mutants PART:
    cargo mutants --shard {{PART}} --sharding round-robin

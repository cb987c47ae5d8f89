//! Every test of the package in one program: what they share is compiled once, and there is one link, not twenty.
//!
//! `cargo test NAME` runs those whose path has `NAME` in it, such as `cargo test oracle::` or `cargo test cli::`.

mod brute;
#[path = "../benches/graphs/mod.rs"]
mod graphs;
mod support;
mod walk;

mod algebras;
mod architecture;
mod automation;
mod budget;
mod cli;
mod codes;
#[cfg(feature = "columns")]
mod columns;
mod compare;
mod diagnostics;
mod diagram;
mod edition;
mod eliminate;
mod engine;
mod exchange;
mod explain;
mod explorer;
mod flat;
mod format;
mod generator;
mod history;
#[cfg(unix)]
mod hostile;
mod laws;
mod lints;
mod lsp;
mod machines;
mod mends;
mod methods;
mod new;
mod notation;
mod oracle;
mod origins;
#[cfg(unix)]
mod output;
#[cfg(feature = "docx")]
mod paper;
mod printer;
mod problog;
mod query;
mod quotes;
mod readme;
mod report;
mod rule_origin;
mod selector;
mod settled;
mod shell;
mod storage;
mod tally;
mod trades;
mod tutorial;
mod walls;
#[cfg(unix)]
mod watch;

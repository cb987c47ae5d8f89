//! The command line of evigraph. It sees the library's public API only.

mod cli;

use std::process::ExitCode;

/// Diagrams are made and dropped by the thousand; the system's allocator gives their memory back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}

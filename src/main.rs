//! The program: everything it does is in the library, under `cli`.

use std::process::ExitCode;

/// Decision diagrams are made and dropped by the thousand; the system's allocator returns their memory each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    evigraph::cli::run()
}

//! What a case of a million statements takes to load and check, without verdicts.
//!
//! `cargo bench --bench large` goes through the shapes and sizes; `cargo bench --bench large -- SHAPE N` does one;
//! `cargo bench --bench large -- FILE.ron` loads a file, once. Other times are medians of three. All cores are used.

#[path = "graphs/mod.rs"]
mod graphs;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use evigraph::internals::model::{Case, EvidenceGraph};
use evigraph::{Input, load};
use graphs::{Graph, Shape, write_case};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 5] = [10_000, 30_000, 100_000, 300_000, 1_000_000];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("| case | statements | links | MB | load and check | MB/s | graph | all keys looked up | peak memory |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    match words.as_slice() {
        [] => {
            for shape in ["tree", "layered", "cyclic"] {
                for size in SIZES {
                    generated(shape, size);
                }
            }
        }
        [file] => measure(file, 1, || Input::Path(PathBuf::from(file))),
        [shape, size, ..] => generated(shape, size.parse().expect("N is a number")),
    }
}

fn generated(shape: &str, size: usize) {
    let graph = Graph::new(shape.parse::<Shape>().expect("a shape"), size, 1);
    let folder = tempfile::tempdir().expect("a folder for the case");
    let file = folder.path().join("case.ron");
    let mut text = Vec::new();
    write_case(&graph, &mut text).expect("memory can be written to");
    fs::write(&file, text).expect("the case can be written");
    drop(graph);
    measure(&format!("{shape} {size}"), 3, || Input::Path(file.clone()));
}

fn measure(name: &str, times: usize, input: impl Fn() -> Input) {
    // Generating took memory too; what follows is counted from here where the system allows it.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (mut loads, mut graphs, mut lookups) = (Vec::new(), Vec::new(), Vec::new());
    let (mut size, mut statements, mut links) = (0, 0, 0);
    for _ in 0..times {
        let (took, loaded) = timed(|| load(input()).expect("the file can be read"));
        let case = loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics.first()));
        loads.push(took);
        graphs.push(timed(|| EvidenceGraph::new(&case)).0);
        lookups.push(timed(|| look_up(&case)).0);
        size = loaded.sources.iter().map(|(_, file)| file.text().len()).sum();
        statements = case.statements.len();
        links = case.statements.values().map(|statement| statement.evidence.len()).sum();
    }
    let megabytes = size as f64 / 1e6;
    let load = median(loads).as_secs_f64();
    println!(
        "| {name} | {statements} | {links} | {megabytes:.1} | {load:.3} s | {:.0} | {:.3} s | {:.3} s | {} MB |",
        megabytes / load,
        median(graphs).as_secs_f64(),
        median(lookups).as_secs_f64(),
        peak_memory(),
    );
}

/// Looks up every id of the case.
fn look_up(case: &Case) {
    let found = case.keys().filter(|key| case.statement(key.as_str()).is_some() || case.source(key.as_str()).is_some());
    assert!(found.count() >= case.statements.len());
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The most memory that the process has had so far, in megabytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim_end_matches("kB").trim().parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}

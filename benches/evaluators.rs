//! The evaluators for cases of any size by themselves: laying a case out, sampling it, one pass of estimates and bounds,
//! and what a change of one source takes.
//!
//! `cargo bench --bench evaluators` goes through the sizes; `-- SHAPE N` does one. Threads are named where there are more
//! than one.

#[path = "graphs/mod.rs"]
mod graphs;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use evigraph::internals::logic::{
    KeptEstimate, OneWorld, Out, Parameters, Program, Rows, Sampling, VariableId, Variant, Weights, bounds, compile,
    independent, sample,
};
use evigraph::{Case, Source, StatementId};
use evigraph::{Input, load};
use graphs::{Graph, Shape, write_case};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Shapes, sizes and how many worlds are sampled of each.
const GRAPHS: [(&str, usize, u64); 5] = [
    ("layered", 200, 4_000_000),
    ("layered", 10_000, 400_000),
    ("layered", 100_000, 40_000),
    ("layered", 1_000_000, 4_096),
    ("cyclic", 100_000, 4_096),
];

/// How many sources are changed.
const CHANGES: usize = 200;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("| case | what | measured |");
    println!("| --- | --- | --- |");
    match words.as_slice() {
        [shape, size, ..] => graph(shape, size.parse().expect("N is a number"), 4_096),
        _ => GRAPHS.into_iter().for_each(|(shape, size, worlds)| graph(shape, size, worlds)),
    }
}

fn graph(shape: &str, size: usize, worlds: u64) {
    let name = format!("`{shape}` {size}");
    let case = generated(shape, size);
    let quantities = Parameters::new(&case, &[]);
    let weights = quantities.weights(&case);
    let statements: Vec<StatementId> = case.statements.ids().collect();
    let out = BTreeSet::new();
    let variant = Variant { out: Out::These(&out), ..Variant::AS_WRITTEN };
    let program: Program = told(&name, "compiled", || compile(&case, &quantities, variant));
    let flat = told(&name, "laid out", || Rows::new(&program, &statements));
    told(&name, "independent, one pass", || black_box(independent(&flat, &weights)));
    told(&name, "bounds, one pass", || black_box(bounds(&flat, &weights, &weights)));
    sampled(&name, &flat, &weights, worlds);
    if !flat.has_loops() {
        changed(&name, &case, &quantities, &flat, &weights);
    }
}

fn generated(shape: &str, size: usize) -> Case {
    let graph = Graph::new(shape.parse::<Shape>().expect("a shape"), size, 1);
    let mut bytes = Vec::new();
    write_case(&graph, &mut bytes).expect("memory can be written to");
    let loaded = load(Input::Bytes { name: "generated.ron".to_owned(), bytes }).expect("bytes can be read");
    loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics.first()))
}

/// The median of three, as a row of the table.
fn told<T>(name: &str, what: &str, mut work: impl FnMut() -> T) -> T {
    let mut times = Vec::new();
    let mut result = None;
    for _ in 0..3 {
        drop(result.take());
        let start = Instant::now();
        result = Some(work());
        times.push(start.elapsed());
    }
    println!("| {name} | {what} | {:.4} s |", median(times).as_secs_f64());
    result.expect("it was done three times")
}

fn sampled(name: &str, flat: &Rows, weights: &Weights, worlds: u64) {
    for threads in [NonZeroUsize::MIN, std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)] {
        // Too narrow to be reached: all the worlds are drawn.
        let sampling = Sampling { half_width: 1e-5, most_worlds: worlds, threads, ..Sampling::default() };
        let start = Instant::now();
        let drawn = sample(flat, weights, &sampling, |_| false, || false).worlds();
        let rate = drawn as f64 / start.elapsed().as_secs_f64();
        println!("| {name} | sampled, threads: {threads} | {rate:.0} worlds/s |");
    }
}

/// One source after another is switched off in a world, and loses its weight in an estimate.
fn changed(name: &str, case: &Case, quantities: &Parameters, flat: &Rows, weights: &Weights) {
    let sources: Vec<Source> = case.sources().collect();
    let apart = (sources.len() / CHANGES).max(1);
    let variables: Vec<VariableId> =
        sources.iter().step_by(apart).take(CHANGES).map(|&source| quantities.source(source)).collect();
    let mut world = OneWorld::new(flat, weights.iter().map(|&weight| weight > 0.6).collect());
    let switched = |variable: &VariableId| timed(|| black_box(world.set(*variable, weights[variable.index()] <= 0.6)));
    let times = variables.iter().map(switched).collect();
    println!("| {name} | one source changed, one world | {:.1} µs |", micros(median(times)));
    let mut estimate = KeptEstimate::new(flat, weights.clone());
    let times = variables.iter().map(|&variable| timed(|| estimate.set(variable, 0.0))).collect();
    println!("| {name} | one source changed, independent | {:.1} µs |", micros(median(times)));
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

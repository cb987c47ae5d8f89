//! Whole runs of the program on the shipped cases: start, load, judge, print.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};

fn run(args: &[&str], case: &str) {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(case);
    let mut command = Command::new(env!("CARGO_BIN_EXE_evigraph"));
    let status = command.arg(args[0]).arg(case).args(&args[1..]).stdout(Stdio::null()).status();
    assert!(status.expect("the program runs").success());
}

fn whole_runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole process");
    group.sample_size(20);
    for case in ["declassified", "contra-record"] {
        group.bench_function(format!("{case}: verdict and settled, every statement"), |bencher| {
            bencher.iter(|| run(black_box(&["verdict", "--format", "json"]), case));
        });
        group.bench_function(format!("{case}: verdict alone"), |bencher| {
            bencher.iter(|| run(black_box(&["verdict", "--no-settled", "--format", "json"]), case));
        });
        group.bench_function(format!("{case}: why institutional-programme"), |bencher| {
            bencher.iter(|| run(black_box(&["why", "institutional-programme"]), case));
        });
        group.bench_function(format!("{case}: report"), |bencher| {
            bencher.iter(|| run(black_box(&["report", "--format", "html"]), case));
        });
        group.bench_function(format!("{case}: check"), |bencher| {
            bencher.iter(|| run(black_box(&["check"]), case));
        });
    }
    group.finish();
}

criterion_group!(benches, whole_runs);
criterion_main!(benches);

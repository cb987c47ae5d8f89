//! Whole runs of the program on the shipped cases: start, load, evaluate, print.

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

/// A case of `claims` claims in layers, two documents to three claims, with inferences and a question.
fn generated(claims: usize) -> String {
    let documents = claims * 2 / 3;
    let document = |index: usize| {
        let origin =
            if index.is_multiple_of(3) { String::new() } else { format!(", derives_from: [\"d{}\"]", index / 3) };
        format!("\"d{index}\": (title: \"Document number {index} of the generated case\", reliability: B{origin}),\n")
    };
    let claim = |index: usize| {
        let effect = if index % 7 == 6 { "Opposes" } else { "Supports" };
        let other = format!(", Supports(from: \"d{}\")", (index * 31 + 7) % documents);
        let other = if index.is_multiple_of(2) { other } else { String::new() };
        let weaker = format!(", entails: [\"c{}\"]", index / 2);
        let weaker = if index >= 20 && index.is_multiple_of(5) { weaker } else { String::new() };
        let text = format!("Claim number {index}, which says something that takes a line or two to say");
        let from = index % documents;
        format!("\"c{index}\": (text: \"{text}\", evidence: [{effect}(from: \"d{from}\"){other}]{weaker}),\n")
    };
    let step = |index: usize| {
        let (one, other, to) = (index * 3 + 20, index * 3 + 21, index % 10);
        format!("\"i{index}\": (given: [\"c{one}\", \"c{other}\"], to: \"c{to}\", effect: Supports),\n")
    };
    let documents: String = (0..documents).map(document).collect();
    let steps: String = (0..claims / 12).map(step).collect();
    let claims: String = (0..claims).map(claim).collect();
    format!(
        "Case(title: \"A generated case\", documents: {{\n{documents}}}, claims: {{\n{claims}}}, inferences: \
         {{\n{steps}}}, questions: {{ \"q\": (text: \"What of it?\", claims: [\"c1\", \"c0\"]) }})\n"
    )
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
        group.bench_function(format!("{case}: diagram as SVG"), |bencher| {
            bencher.iter(|| run(black_box(&["diagram", "--format", "svg"]), case));
        });
    }
    // 240 claims, 160 documents, 20 inferences, a question; --cluster keeps them from being drawn in piles.
    let folder = tempfile::tempdir().expect("a folder for the case");
    let large = folder.path().join("large.ron");
    std::fs::write(&large, generated(240)).expect("it can be written");
    let large = large.to_str().expect("its path is text");
    group.bench_function("421 nodes: diagram as SVG, on levels", |bencher| {
        bencher.iter(|| run(black_box(&["diagram", "--view", "all", "--cluster", "section"]), large));
    });
    group.bench_function("400 nodes: diagram as SVG, as a table", |bencher| {
        bencher.iter(|| run(black_box(&["diagram", "--view", "sources"]), large));
    });
    group.finish();
}

criterion_group!(benches, whole_runs);
criterion_main!(benches);

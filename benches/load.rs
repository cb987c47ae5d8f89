//! How fast a large case loads: from text to a resolved, checked case, on one core.
//!
//! `cargo bench --bench load`; for a quick look, `cargo bench --bench load -- --quick`.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use evigraph::{Input, load};

/// The sizes of the cases, in bytes.
const SIZES: [usize; 2] = [1_000_000, 50_000_000];

/// A case of about `size` bytes, of the kind that a careful person writes: entries of a few lines, evidence with places
/// and quotations, derivations, inferences, entailments, rivals.
fn generate(size: usize) -> String {
    let groups = size / 4_650;
    let mut text = String::with_capacity(size + size / 8);
    text.push_str("Case(\n    title: \"A large case\",\n    actors: {\n");
    for group in 0..groups {
        let _ = write!(
            text,
            "        \"office-{group:06}\": (name: \"Office of records number {group}\", kind: Agency, aliases: [\"OR{group}\"]),\n        \
             \"witness-{group:06}\": (\n            name: \"The witness in matter {group}\", kind: Person, reliability: C,\n        \
             ),\n"
        );
    }
    text.push_str("    },\n    documents: {\n");
    for group in 0..groups {
        for number in 0..4 {
            let _ = write!(
                text,
                "        \"paper-{group:06}-{number}\": (\n            \
                 title: \"Memorandum for the record number {number} in matter {group}\",\n            \
                 kind: Memorandum, by: [\"office-{group:06}\"], date: \"1986-10-0{}\", reliability: {},\n            \
                 derives_from: [{}], locator: \"box {group}, folder {number}\",\n            \
                 url: \"https://archive.example/matters/{group}/papers/{number}.pdf\", tags: [\"declassified\", \"cable\"],\n            \
                 note: \"Released with deletions on pages 3 and 4; a second copy, without them, is in the library of the committee.\",\n        \
                 ),\n",
                number + 1,
                ["A", "B", "C", "0.7"][number],
                if number < 2 { format!("\"witness-{group:06}\"") } else { String::new() },
            );
        }
    }
    text.push_str("    },\n    claims: {\n");
    for group in 0..groups {
        for number in 0..4 {
            let _ = write!(
                text,
                "        \"claim-{group:06}-{number}\": (\n            \
                 text: \"In matter {group} the office knew of the flights before the hearings of the committee, as point {number} has it.\",\n            \
                 kind: Fact,\n            \
                 evidence: [\n                \
                 Supports(from: \"paper-{group:06}-{number}\", strength: Strong, at: \"p. {number}\", quote: \"we had been told of the flights in the spring of that year\"),\n                \
                 Opposes(from: \"paper-{group:06}-{}\", as: Account, undercut_by: [(from: \"witness-{group:06}\", strength: Weak)]),\n                \
                 Supports(from: [\"witness-{group:06}\", \"paper-{group:06}-{}\"], strength: 0.35),\n            \
                 ],\n            \
                 {} about: [\"office-{group:06}\"], period: \"1984/1986\",\n        \
                 ),\n",
                (number + 1) % 4,
                (number + 2) % 4,
                match number {
                    0 => String::new(),
                    3 => format!("rivals: [\"claim-{group:06}-0\"],"),
                    _ => format!("entails: [\"claim-{group:06}-{}\"],", number - 1),
                },
            );
        }
    }
    text.push_str("    },\n    inferences: {\n");
    for group in 0..groups {
        let _ = write!(
            text,
            "        \"inference-{group:06}\": (\n            \
             given: [\"claim-{group:06}-1\", \"claim-{group:06}-2\"], to: \"claim-{group:06}-3\", effect: Opposes,\n            \
             strength: Moderate, scheme: \"inference to the best explanation\",\n        ),\n"
        );
    }
    text.push_str("    },\n)\n");
    text
}

fn load_large_cases(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10);
    for size in SIZES {
        let text = generate(size);
        let loaded = load(Input::Text { name: "case.ron".to_owned(), text: text.clone() }).expect("a text can be read");
        let problems: Vec<_> = loaded.diagnostics.iter().take(3).collect();
        assert!(problems.is_empty(), "{problems:?}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{} MB", text.len() / 1_000_000), |bencher| {
            let input = || Input::Text { name: "case.ron".to_owned(), text: text.clone() };
            bencher.iter_batched(input, |input| black_box(load(input)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, load_large_cases);
criterion_main!(benches);

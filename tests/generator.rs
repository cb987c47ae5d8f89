//! The generated cases of `benches/graphs` against the Python script that defines them.
//!
//! The numbers here were written down by hand from runs of Python 3 with NumPy 2.4.6: of `default_rng(7)`, and of the
//! script's own output.

use evigraph::{Effect, Premise, Source};
use evigraph::{Input, Loaded, load};
use sha2::{Digest as _, Sha256};

use crate::graphs::{Graph, Random, Shape, write_case, write_ev, write_problog};

#[test]
fn random_numbers_are_those_of_numpy() {
    let mut random = Random::new(7);
    let units = [random.unit(), random.unit(), random.unit()];
    assert_eq!(units, [0.625095466604667, 0.8972138009695755, 0.7756856902451935]);
    let small: Vec<usize> = (0..8).map(|_| 3 + random.below(3)).collect();
    assert_eq!(small, [5, 3, 3, 3, 3, 5, 5, 3]);
    let large = [random.below(1000), random.below(1000), random.below(1000)];
    assert_eq!(large, [499, 821, 131]);
    assert_eq!([random.between(0.5, 0.95), random.between(0.5, 0.95)], [0.7105707287796743, 0.6363645920686911]);
    random.skip_permutation(100);
    assert_eq!([random.below(1000), random.below(1000), random.below(1000)], [192, 750, 927]);
    assert_eq!(random.unit(), 0.5523264876672638);
}

#[test]
fn graphs_are_those_of_the_definition() {
    let twelve = [
        "n 4 8\nd 0 0.517\nd 1 0.473\nd 2 0.678\nd 3 0.832\nc 4 0.377\nc 5 0.661\nc 6 0.515\nc 7 0.289\nc 8 0.779\n",
        "c 9 0.441\nc 10 0.377\nc 11 0.708\ne 3 4 + 0.664\ne 1 4 + 0.702\ne 0 4 + 0.665\ne 4 5 + 0.549\n",
        "e 2 5 + 0.591\ne 0 6 + 0.628\ne 5 6 + 0.641\ne 3 6 - 0.641\ne 1 6 + 0.76\ne 6 7 - 0.937\ne 2 7 + 0.849\n",
        "e 7 8 + 0.856\ne 8 9 + 0.842\ne 3 9 + 0.769\ne 0 10 - 0.913\ne 8 10 + 0.81\ne 3 10 + 0.725\n",
        "e 8 11 + 0.535\ne 1 11 - 0.72\n",
    ];
    assert_eq!(text(|out| write_ev(&Graph::new(Shape::Layered, 12, 1), out)), twelve.concat());
    let sums = [
        (Shape::Tree, 1, "06a2826c37eea1d3f6bb1c05a21acd93539ce9f6cd9934165f6716aec27b6c1c"),
        (Shape::Layered, 1, "53b7d5575ee0f01bfd7476093943fa0a3a6cf890571690d0a0f87ebc0c3d25a2"),
        (Shape::Local, 7, "aadd17fcfe57354f0b2fdf2203ce9bbc8b6a34dcfc3dc3345b6f1c9efcb5598e"),
        (Shape::Cyclic, 12_345_678_901, "4471ed57e770aa6d4a7f8b503b2cdc0eab0c1e51a12ca2e740874644a5ed7c41"),
    ];
    for (shape, seed, sum) in sums {
        let written = text(|out| write_ev(&Graph::new(shape, 1000, seed), out));
        let found: String = Sha256::digest(written).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{shape:?}");
    }
}

#[test]
fn a_positive_graph_is_the_cyclic_one_without_attacks() {
    let bare = |shape| -> Vec<_> {
        Graph::new(shape, 1000, 5).links.iter().map(|link| (link.from, link.to, link.strength.to_bits())).collect()
    };
    assert_eq!(bare(Shape::Positive), bare(Shape::Cyclic));
    assert!(Graph::new(Shape::Positive, 1000, 5).links.iter().all(|link| link.supports));
}

#[test]
fn a_case_file_has_the_graph_in_it() {
    for shape in [Shape::Tree, Shape::Layered, Shape::Local, Shape::Cyclic] {
        let graph = Graph::new(shape, 10_000, 3);
        let Loaded { case, diagnostics, .. } =
            load(Input::Text { name: "case.ron".to_owned(), text: text(|out| write_case(&graph, out)) })
                .expect("a text can be read");
        let case = case.unwrap_or_else(|| panic!("{shape:?}: {diagnostics:?}"));
        let reliabilities: Vec<f64> = case.documents.values().map(|document| document.reliability.get()).collect();
        assert_eq!(reliabilities, graph.documents);
        let mut found = Vec::new();
        for (to, statement) in case.statements.iter() {
            for link in &statement.evidence {
                let from = match link.from {
                    Premise::Source(Source::Document(document)) => document.index(),
                    Premise::Statement(statement) => graph.documents.len() + statement.index(),
                    Premise::Source(Source::Actor(_)) => panic!("there are no actors"),
                };
                let to = graph.documents.len() + to.index();
                found.push((from, to, link.effect == Effect::Supports, link.strength.get()));
            }
        }
        let mut links: Vec<_> =
            graph.links.iter().map(|link| (link.from, link.to, link.supports, link.strength)).collect();
        links.sort_by_key(|link| link.1);
        assert_eq!(found, links);
        let top = case.questions.values().next().map(|question| question.headline);
        assert_eq!(top, case.statements.ids().last());
    }
}

#[test]
fn a_program_has_a_clause_for_every_number() {
    let graph = Graph::new(Shape::Tree, 7, 1);
    let written = text(|out| write_problog(&graph, out));
    assert_eq!(written.matches("::").count(), graph.documents.len() + graph.links.len());
    assert!(written.contains("0.684::against(c6) :- accepted(c5).\n"), "{written}");
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory can be written to");
    String::from_utf8(out).expect("what is written is text")
}

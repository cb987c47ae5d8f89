//! Where accounts come from: origins of sources and links, and the roots behind them.

use std::collections::BTreeSet;

use evigraph::internals::authoring::build::{Actor, Claim, Document, Evidence};
use evigraph::{Case, Manner, Source};

fn case() -> Case {
    Case::builder("Accounts")
        .actor("witness", Actor::new("A witness").reliability(0.5))
        .document("letter", Document::new("A letter").derives_from(["witness"]))
        .document("archive", Document::new("An archive"))
        .document("book", Document::new("A book").derives_from(["letter", "archive"]))
        .document("ring-a", Document::new("A").derives_from(["ring-b"]))
        .document("ring-b", Document::new("B").derives_from(["ring-a"]))
        .claim(
            "claim",
            Claim::new("It rained.")
                .evidence(Evidence::supports("book"))
                .evidence(Evidence::supports("book").manner(Manner::Exhibit).relies_on(["witness"]))
                .evidence(Evidence::supports("book").at("p. 2").relies_on(["letter"]))
                .evidence(Evidence::supports("witness"))
                .evidence(Evidence::supports("ring-a"))
                .evidence(Evidence::supports("other")),
        )
        .claim("other", Claim::new("The street was wet."))
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
}

fn ids(case: &Case, sources: impl IntoIterator<Item = Source>) -> Vec<&str> {
    sources.into_iter().map(|source| case.source_key(source).as_str()).collect()
}

#[test]
fn links_go_back_to_what_derives_from_nothing_further() {
    let case = case();
    let links = &case.statements[case.statement("claim").expect("it was added")].evidence;
    let of_links: Vec<(Vec<&str>, Vec<&str>)> = links
        .iter()
        .map(|link| (ids(&case, case.link_origins(link).iter().copied()), ids(&case, case.link_roots(link))))
        .collect();
    assert_eq!(
        of_links,
        [
            (vec!["letter", "archive"], vec!["archive", "witness"]),
            (vec![], vec!["book"]),
            (vec!["letter"], vec!["witness"]),
            (vec![], vec!["witness"]),
            // What goes back to nothing but a ring is its own root.
            (vec!["ring-b"], vec!["ring-a"]),
            (vec![], vec![]),
        ]
    );
}

#[test]
fn a_source_with_no_origin_is_its_own_root() {
    let case = case();
    let source = |id| case.source(id).expect("it was added");
    assert_eq!(case.roots(source("archive")), BTreeSet::from([source("archive")]));
    assert_eq!(case.roots(source("book")), BTreeSet::from([source("archive"), source("witness")]));
    assert_eq!(case.roots(source("ring-a")), BTreeSet::from([source("ring-a")]), "nothing but a ring");
    assert!(case.origins(source("witness")).is_empty());
}

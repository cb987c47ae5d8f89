//! Reports: of the shipped cases as snapshots, of hostile ones by what a reader of HTML and of Markdown finds in them.
//!
//! `SNAPSHOTS=overwrite cargo test report::` writes `tests/reports` anew.

mod account;
mod brief;
pub mod command;
mod hostile;
mod html;
mod markdown;
mod page;
mod pictures;
mod shipped;

use evigraph::Case;
use evigraph::internals::report::{self, document};
use evigraph::{Engine, Remarks, Scenario};
use evigraph::{Input, load};

/// The small cases of `graphs/`, each of which teaches one thing.
const SMALL: [&str; 11] = [
    "assumption.ron",
    "circular-reporting.ron",
    "copied-hint.ron",
    "elimination.ron",
    "one-dissenter.ron",
    "recantation.ron",
    "shared-ground.ron",
    "strong-and-weak.ron",
    "superseded.ron",
    "two-sources.ron",
    "undercut.ron",
];

/// A report in both formats.
struct Report {
    html: String,
    markdown: String,
}

impl Report {
    fn on(case: &Case) -> Self {
        Self::under(case, Scenario::default())
    }

    fn under(case: &Case, scenario: Scenario) -> Self {
        let document = document(&Engine::new(case, scenario), &Remarks::default()).expect("within the budget");
        Self { html: report::html(&document), markdown: report::markdown(&document) }
    }
}

/// A case that has to be well formed.
fn case(text: &str) -> Case {
    let input = Input::Text { name: "case.ron".to_owned(), text: text.to_owned() };
    let loaded = load(input).expect("it can be read");
    let problems = evigraph::internals::diagnostic::short(&loaded.diagnostics, &loaded.sources);
    loaded.case.unwrap_or_else(|| panic!("{problems}"))
}

/// A case of `graphs/`.
fn shipped(name: &str) -> Case {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(name);
    load(Input::Path(path)).expect("it can be read").case.expect("it is well formed")
}

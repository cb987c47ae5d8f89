//! evigraph computes, from a hand-written case, which conclusions are supported, contested or unsupported, and why.
//!
//! Open a case, read its diagnostics, ask for a verdict, ask again without a source; or make a case in code:
//!
//! ```
//! use evigraph::build::{Claim, Document, Evidence, Reliability};
//! use evigraph::{Case, Engine, Scenario, Verdict};
//!
//! let checked = evigraph::check(evigraph::open("graphs/two-sources.ron")?);
//! assert!(checked.diagnostics.iter().all(|problem| !problem.is_error()));
//!
//! let case = Case::builder("Was the bridge closed?")
//!     .document("log", Document::new("The harbour log").reliability(Reliability::A))
//!     .claim("closed", Claim::new("The bridge was closed.").evidence(Evidence::supports("log").strength(0.85)))
//!     .build()?;
//! let engine = Engine::new(&case, Scenario::default());
//! let (closed, log) = (case.statement("closed").unwrap(), case.source("log").unwrap());
//! assert_eq!(engine.assess(closed)?.verdict(), Verdict::Supported);
//! assert_eq!(engine.degrees(&engine.base().without(log), closed)?.case_for(), 0.0);
//! assert!(evigraph::print(&case).starts_with("Case(\n    title: \"Was the bridge closed?\","));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is computed is defined in `docs/semantics.md`; how the code is laid out is in `docs/architecture.md`.
//!
//! # Features
//!
//! `cli` (the default) is the program, with everything. `render` adds reports and pictures as text ([`output`]), `raster` PNG
//! and PDF, `docx` reports for word processors. `copies` checks quotations against kept copies ([`quotations`],
//! `docs/quotes.md`). `columns` has cases as Parquet files (`docs/columns.md`). Without any of them the library loads,
//! checks, computes and explains, and runs in a browser.

#![cfg_attr(not(test), deny(clippy::disallowed_macros, clippy::disallowed_methods))]

#[cfg(feature = "render")]
mod assist;
mod authoring;
#[cfg(feature = "cli")]
#[doc(hidden)]
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the command line prints, writes files and exits"
)]
pub mod cli;
mod compare;
mod diagnostic;
#[cfg(feature = "render")]
mod diagram;
mod engine;
mod escape;
#[cfg(feature = "cli")]
mod exchange;
mod explain;
mod history;
#[cfg(feature = "render")]
mod json;
mod lint;
mod logic;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods, reason = "an editor waits for answers: the server knows the time")]
mod lsp;
mod model;
#[cfg(feature = "render")]
mod page;
#[cfg(feature = "raster")]
mod paper;
mod query;
#[cfg(feature = "copies")]
mod quotes;
#[cfg(feature = "render")]
mod report;
mod selector;
mod source;
#[cfg(feature = "render")]
mod tally;
mod verdict;
#[cfg(feature = "cli")]
#[allow(
    clippy::disallowed_methods,
    reason = "a browser that says nothing is not waited for: the server knows the time"
)]
mod watch;
#[cfg(feature = "render")]
mod words;

#[cfg(feature = "columns")]
pub use authoring::export_columns;
pub use authoring::{
    BrokenFile, Input, LoadError, Loaded, build, export_json, format, json_schema, load, load_from, open, print,
};
pub use diagnostic::{Code, Diagnostic, Fix, Safety, Severity, TextEdit};
pub use engine::{
    Answer, Engine, EngineError, Hypothesis, Interval, Method, QuestionAnswer, Sampling, Scenario, StatementAnswer,
    Watch,
};
pub use explain::{explain, why_not};
pub use lint::{Remarks, check};
pub use logic::Budget;
pub use model::{
    Actor, ActorId, ActorKind, Attack, Bar, Case, ClaimKind, Day, Document, DocumentId, DocumentKind, Effect, Evidence,
    Inference, InferenceId, Key, Manner, Nature, Period, Premise, Probability, Question, QuestionId, QuoteState,
    RareList, RelationshipKind, Source, Standard, Statement, StatementId, Table, Thresholds,
};
pub use selector::{Selector, SelectorError};
pub use source::{Disk, Overlay, Sources, Span, Storage};
pub use verdict::{Assessment, Degrees, Detail, Finding, Reason, Settlement, Verdict};

/// What [`explain()`] and [`why_not`] say of a verdict, part by part.
pub mod explanation {
    pub use crate::explain::{
        Argument, Asked, AskedError, AttackKind, BestCase, Branch, Condition, Explanation, FurtherEvidence, Hindrance,
        Influence, Left, LoadBearing, LoadBearingSet, Missing, MissingPart, MissingPremise, SharedGround, Standing,
        Unmet, Weighed, WeighedAttack, WhyNot, WithheldWord,
    };
    pub use crate::verdict::{Doubt, Leaning, Precision, Shortfall};
}

/// Two versions of a case, or a case and itself under changes, side by side, with what turned each verdict.
pub mod comparison {
    pub use crate::compare::{
        Bearing, Cause, Comparison, Differences, Edit, Flag, Limit, Link, Options, Outcome, QuestionChange,
        StatementChange, Terms, Thoroughness, Value,
    };
}

/// Changes of the text of a case: slips mended, an entry put where it belongs. What the author wrote besides stays as it is.
pub mod edits {
    pub use crate::authoring::{EditError, Sort, put_entry};
    pub use crate::lint::{AppliedFix, Mended, MendedFile, mend};
}

/// Quotations against the copies that are kept of their sources.
#[cfg(feature = "copies")]
pub mod quotations {
    pub use crate::quotes::{
        CopyText, CopyTrouble, Irreparable, KeptCopy, Passage, PdfReader, Place, Quotation, Quotations, Unreadable,
        check_quotes, pdf_text, verify_quotes,
    };
}

/// Reports and pictures.
///
/// ```
/// use evigraph::output::{Request, document, html, picture, scene, svg};
/// use evigraph::{Engine, Remarks, Scenario};
///
/// let loaded = evigraph::open("graphs/two-sources.ron")?;
/// let remarks = Remarks::of(&loaded);
/// let case = loaded.case.expect("there is no error in it");
/// let engine = Engine::new(&case, Scenario::default());
/// assert!(html(&document(&engine, &remarks)?).starts_with("<!DOCTYPE html>"));
/// let scene = scene(&engine, &engine.answer_all(true)?, &Request::default())?;
/// assert!(svg(&picture(&scene)).starts_with("<svg"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "render")]
pub mod output {
    pub use crate::diagram::{
        CardShape, Cluster, Direction, Focus, Notation, Picture, Request, Scene, SceneError, Size, Subject, View,
        card_picture, dot, mermaid, picture, scene, svg, verdict_card,
    };
    #[cfg(feature = "raster")]
    pub use crate::diagram::{Paper, Print, RasterError, pdf, pdf_on_paper, png};
    pub use crate::report::{Document, document, html, markdown};
}

/// What the package's own tests and benches reach. No promise is made about anything in it.
#[doc(hidden)]
pub mod internals {
    macro_rules! rooms {
        ($($(#[$feature:meta])? $room:ident,)*) => {$(
            $(#[$feature])?
            pub mod $room {
                pub use crate::$room::*;
            }
        )*};
    }

    rooms! {
        #[cfg(feature = "render")] assist,
        authoring,
        compare,
        diagnostic,
        #[cfg(feature = "render")] diagram,
        engine,
        escape,
        #[cfg(feature = "cli")] exchange,
        explain,
        history,
        #[cfg(feature = "render")] json,
        lint,
        logic,
        model,
        #[cfg(feature = "render")] page,
        #[cfg(feature = "raster")] paper,
        query,
        #[cfg(feature = "copies")] quotes,
        #[cfg(feature = "render")] report,
        selector,
        source,
        #[cfg(feature = "render")] tally,
        verdict,
        #[cfg(feature = "render")] words,
    }
}

//! evigraph computes, from a hand-written case, which conclusions are supported, contested or unsupported.
//!
//! The way of the data:
//!
//! 1. [`authoring`] reads the case's files and tells every mistake in them ([`diagnostic`]),
//! 2. [`model`] is the checked case: actors, documents, statements, inferences, questions,
//! 3. [`logic`] compiles it to equations and reads them in an algebra, such as decision diagrams,
//! 4. [`engine`] computes degrees under hypotheses; [`verdict`] checks them against proof standards; [`explain`] and
//!    [`lint`] say what a verdict rests on,
//! 5. [`query`] asks a case who says what; `words`, `report`, `json` and `diagram` put answers in other shapes.
//!
//! [`compare`] holds two versions of a case against each other, and finds the edit that changed a verdict.
//!
//! ```
//! use evigraph::authoring::{Input, load};
//! use evigraph::engine::{Engine, Scenario};
//! use evigraph::verdict::Verdict;
//!
//! let text = r#"Case(
//!     title: "Was the bridge closed?",
//!     documents: {
//!         "log": (title: "The harbour log", kind: Memorandum, reliability: A),
//!         "diary": (title: "A neighbour's diary", kind: Testimony, reliability: B),
//!     },
//!     claims: {
//!         "closed": (
//!             text: "The bridge was closed on 3 May.",
//!             evidence: [Supports(from: "log", as: Finding), Supports(from: "diary", as: Account)],
//!         ),
//!     },
//! )"#;
//! let loaded = load(Input::Text { name: "bridge.ron".to_owned(), text: text.to_owned() })?;
//! let case = loaded.case.expect("the case is well formed");
//!
//! let engine = Engine::new(&case, Scenario::default());
//! let statement = case.statement("closed").expect("the case has it");
//! let closed = engine.assess(statement)?;
//! assert_eq!(closed.verdict(), Verdict::Supported);
//! // Either the log speaks (0.95 * 0.85) or the diary does (0.80 * 0.65).
//! assert!((closed.degrees.case_for() - (1.0 - (1.0 - 0.8075) * (1.0 - 0.52))).abs() < 1e-12);
//! // Without the log there is the diary alone.
//! let without = engine.base().without(case.source("log").expect("the case has it"));
//! assert!((engine.degrees(&without, statement)?.case_for() - 0.52).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(not(test), deny(clippy::disallowed_macros, clippy::disallowed_methods))]

pub mod authoring;
#[cfg(feature = "cli")]
#[doc(hidden)]
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the command line prints, writes files and exits"
)]
pub mod cli;
pub mod compare;
pub mod diagnostic;
#[cfg(feature = "render")]
pub mod diagram;
pub mod engine;
pub mod explain;
#[cfg(feature = "render")]
pub mod json;
pub mod lint;
pub mod logic;
pub mod model;
pub mod query;
#[cfg(feature = "render")]
pub mod report;
pub mod selector;
pub mod source;
pub mod verdict;
#[cfg(feature = "render")]
pub mod words;

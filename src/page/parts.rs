//! The picture and the report, each a page of its own.

use serde::Serialize;

use crate::diagram::{Layouts, Request, html_from, illustrations, open_on_overview, page_views, scene};
use crate::engine::{Answer, Engine, EngineError};
use crate::escape::visible;
use crate::lint::Remarks;
use crate::report::document_with;

use super::illustrated::illustrated_html;

/// A page to show in a frame, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Shown {
    /// The text of an HTML file.
    Page(String),
    /// Why there is none, in a sentence.
    Trouble {
        /// The sentence.
        trouble: String,
    },
}

/// The explorer of a case, with every view in which there is something.
pub(super) fn explorer(engine: &Engine<'_>, answer: &Answer, remarks: &Remarks, layouts: &mut Layouts) -> Shown {
    let mut answer = answer.clone();
    remarks.by(engine).add(&mut answer);
    let of_view = |view| Some((view, scene(engine, &answer, &Request { view, ..Request::default() }).ok()?));
    let mut scenes: Vec<_> = page_views(engine).filter_map(of_view).collect();
    open_on_overview(&mut scenes);
    if scenes.is_empty() {
        return Shown::Trouble { trouble: "There is nothing in the case yet that could be drawn.".to_owned() };
    }
    match html_from(engine, &answer, &scenes, layouts) {
        Ok(page) => Shown::Page(page),
        Err(error) => Shown::Trouble { trouble: trouble(&error) },
    }
}

/// The report on a case, with its pictures.
pub(super) fn report(engine: &Engine<'_>, remarks: &Remarks) -> Shown {
    match document_with(engine, remarks, illustrations) {
        Ok((document, drawn)) => Shown::Page(illustrated_html(&document, &drawn)),
        Err(error) => Shown::Trouble { trouble: trouble(&error) },
    }
}

/// Why something could not be worked out, as a sentence.
pub(super) fn trouble(error: &EngineError) -> String {
    match error {
        EngineError::Stopped => "There was not the time to work this out.".to_owned(),
        error => format!("This could not be worked out: {}.", visible(&error.to_string())),
    }
}

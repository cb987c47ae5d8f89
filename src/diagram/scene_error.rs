//! Why there is nothing to draw.

use thiserror::Error;

use crate::words::count_or_no;

/// Why there is nothing to draw.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SceneError {
    /// The focus is not part of the view.
    #[error("`{id}` is not drawn in the view `{view}`")]
    FocusOutside {
        /// The id of the focus.
        id: String,
        /// The name of the view.
        view: &'static str,
    },
    /// The report has fewer sections.
    #[error("the report has {}", count_or_no(*.sections, "section"))]
    NoSection {
        /// How many it has.
        sections: usize,
    },
    /// The section has nothing that could be drawn.
    #[error("section {number} has no statements")]
    EmptySection {
        /// Its number in the report.
        number: usize,
    },
    /// Nothing of the case is in the view.
    #[error("nothing of the case is drawn in the view `{view}`")]
    Nothing {
        /// The name of the view.
        view: &'static str,
    },
}

impl SceneError {
    /// A hint for the user.
    pub fn help(&self) -> &'static str {
        match self {
            Self::FocusOutside { .. } => "`--view all` draws everything",
            Self::NoSection { .. } | Self::EmptySection { .. } => {
                "the numbers of sections are those of `evigraph report`"
            }
            Self::Nothing { .. } => "`--view all` draws everything; without --focus and --select a view is whole",
        }
    }
}

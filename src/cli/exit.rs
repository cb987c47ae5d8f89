//! Exit codes, which outside programs rely on.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use thiserror::Error;

use crate::authoring::{LoadError, nearest};
use crate::diagram::{PlacesError, RasterError, SceneError};
use crate::engine::{EngineError, MayBeTooLarge};
use crate::lsp::ServeError;
use crate::model::StandardError;
use crate::paper::PackageError;
use crate::selector::SelectorError;
use crate::tally::Refusal;

use super::graphviz::GraphvizError;
use super::write_error::WriteError;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: yes, or the answer was given.
    Yes,
    /// 1: no: a check failed, a statement is open.
    No,
    /// 2: wrong usage, a file that cannot be read, a case with errors in it.
    Failed,
    /// 3: a part of the answer was given, since a ceiling of time or memory was reached.
    Part,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Yes => Self::SUCCESS,
            Exit::No => Self::from(1),
            Exit::Failed => Self::from(2),
            Exit::Part => Self::from(3),
        }
    }
}

/// Why a command has no answer.
#[derive(Debug, Error)]
pub enum Failure {
    /// The case cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The case has errors, which have been rendered.
    #[error("{rendered}")]
    Case {
        /// The rendered errors.
        rendered: String,
    },
    /// The answer is too large to compute.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The answer cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A selector is wrong.
    #[error("{before}{}", error.problem)]
    Selector {
        /// The flag that it stands behind, with a colon.
        before: &'static str,
        /// What is wrong with it, and where.
        error: Box<SelectorError>,
    },
    /// There is nothing to draw.
    #[error(transparent)]
    Scene(#[from] SceneError),
    /// The document cannot be put together.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// An installed Graphviz has no answer.
    #[error(transparent)]
    Graphviz(#[from] GraphvizError),
    /// Its answer cannot be used.
    #[error("--engine dot: {0}")]
    Places(#[from] PlacesError),
    /// The picture cannot be made.
    #[error(transparent)]
    Raster(#[from] RasterError),
    /// Tallies cannot be used.
    #[error(transparent)]
    Tally(#[from] Refusal),
    /// A tally cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// The editor does not speak the protocol.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// There is no such standard.
    #[error("--standard: {0}")]
    Standard(#[from] StandardError),
    /// The arguments do not fit the case or each other.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl Failure {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Engine(error) => Some(error.help().to_owned()),
            Self::Tally(refusal) => Some(refusal.help()),
            Self::Graphviz(error) => Some(error.help().to_owned()),
            Self::Scene(error) => Some(error.help().to_owned()),
            Self::Write(WriteError::Refused { why, .. }) => Some(why.help().to_owned()),
            Self::Usage { help, .. } => help.clone(),
            Self::Selector { error, .. } => did_you_mean(error).or_else(|| error.problem.help()),
            _ => None,
        }
    }
}

impl MayBeTooLarge for Failure {
    fn is_too_large(&self) -> bool {
        matches!(self, Self::Engine(error) if error.is_too_large())
    }
}

fn did_you_mean(error: &SelectorError) -> Option<String> {
    let (word, known) = error.problem.mistyped()?;
    let nearest = nearest(word, known.iter().map(String::as_str))?;
    Some(format!("did you mean `{nearest}`?"))
}

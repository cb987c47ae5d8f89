//! Why an answer was not written.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::args::OutputArgs;

/// The answer could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// To a file.
    #[error("cannot write {}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// To a file that is better left alone.
    #[error("cannot write {}: {why}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why it is left alone.
        why: Refused,
    },
    /// To standard output.
    #[error("cannot write to standard output: {0}")]
    Stdout(io::Error),
}

impl WriteError {
    /// What the system said when an answer was written.
    pub fn new(to: &OutputArgs, cause: io::Error) -> Self {
        match &to.output {
            Some(path) => Self::File { path: path.clone(), cause },
            None => Self::Stdout(cause),
        }
    }
}

/// Why something is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// It would take the place of what the author wrote.
    #[error("the answer is made from it")]
    Input,
    /// It is a folder.
    #[error("it is a folder")]
    Folder,
    /// Nobody may write to it.
    #[error("it is read-only")]
    ReadOnly,
    /// It has more than one name.
    #[error("it has other names, as hard links")]
    Linked,
    /// It would take the place of something, and is to be new.
    #[error("it is there already")]
    Exists,
    /// A folder with something else in it.
    #[error("something else is there already")]
    Occupied,
    /// It is a link, under a name that nobody typed: it could lead anywhere.
    #[error("it is a link")]
    Link,
}

impl Refused {
    /// What to do about it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Input => "name another file: this one would be lost",
            Self::Folder => "name a file in it",
            Self::ReadOnly => "name another file, or allow writing to this one",
            Self::Linked => {
                "name another file, or remove this one first: to replace one name would cut it from the others, and to \
                 write into the file would change them all"
            }
            Self::Exists => "name another place: nothing is overwritten",
            Self::Link => "remove it, or name another folder",
            Self::Occupied => "name a folder that is not there, is empty, or has an earlier export in it",
        }
    }
}

//! What is opened, and why that may fail.

use std::path::PathBuf;

use thiserror::Error;

/// Where a case comes from.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file, or a folder with a `case.ron`, a `case.json` or the tables of `export_columns`.
    Path(PathBuf),
    /// A text, such as that from standard input. It cannot include files.
    Text {
        /// The name that messages show.
        name: String,
        /// The text.
        text: String,
    },
    /// The same, as it came in: that it is text is checked.
    Bytes {
        /// The name that messages show.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// Why there is nothing to load.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("there is no file `{}`", path.display())]
    Missing {
        /// What was to be opened.
        path: PathBuf,
    },
    /// A folder that is no case.
    #[error("the folder `{}` has no `case.ron`; name the file that is to be opened", path.display())]
    NoCase {
        /// The folder.
        path: PathBuf,
    },
    /// A device, a pipe or a socket.
    #[error("`{}` is not a regular file; to read a case from a pipe, give `-` and standard input", path.display())]
    NotAFile {
        /// What was to be opened.
        path: PathBuf,
    },
    /// A folder of tables, for which the program was built without the feature `columns`.
    #[error("`{}` is a case as tables, and this program was built without `--features columns`", path.display())]
    NoColumns {
        /// The folder.
        path: PathBuf,
    },
    /// A folder of tables in which something is wrong.
    #[error("`{}` cannot be used: {problem}; export the case anew", path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and in which column.
        problem: String,
    },
    /// The system does not let it be read.
    #[error("`{}` cannot be read: {reason}", path.display())]
    Unreadable {
        /// What was to be opened.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
}

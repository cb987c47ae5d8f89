//! The formats, as a table.

use crate::source::{FileId, Sources};

use super::entry::Imported;
use super::ids::Known;
use super::{bibtex, csl, csv, ftm};

/// Makes entries of the files of a format.
pub type Import = fn(&[FileId], &Sources, Known<'_>) -> Imported;

/// A format that cases are made from or made into.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// How the names of such files end.
    pub extensions: &'static [&'static str],
    /// How it is read, if it is.
    pub import: Option<Import>,
    /// Whether a case can be written so.
    pub is_exported: bool,
}

/// Every format, in the order of the documentation.
pub const FORMATS: &[Format] = &[
    Format {
        name: "bibtex",
        what: "a bibliography of BibTeX or BibLaTeX",
        extensions: &["bib", "bibtex", "biblatex"],
        import: Some(bibtex::import),
        is_exported: false,
    },
    Format {
        name: "csl",
        what: "a bibliography in CSL-JSON",
        extensions: &["json"],
        import: Some(csl::import),
        is_exported: true,
    },
    Format {
        name: "csv",
        what: "tables of a spreadsheet, one a file, or a folder of them",
        extensions: &["csv", "tsv", "txt"],
        import: Some(csv::import),
        is_exported: true,
    },
    Format {
        name: "ftm",
        what: "entities of FollowTheMoney, one a line",
        extensions: &["ijson", "ftm", "json", "jsonl"],
        import: Some(ftm::import),
        is_exported: true,
    },
    Format {
        name: "claimreview",
        what: "schema.org's ClaimReview",
        extensions: &["json", "jsonld"],
        import: None,
        is_exported: true,
    },
    Format { name: "graphml", what: "a graph in GraphML", extensions: &["graphml"], import: None, is_exported: true },
    Format { name: "gexf", what: "a graph in GEXF 1.3", extensions: &["gexf"], import: None, is_exported: true },
    Format {
        name: "problog",
        what: "a program of ProbLog",
        extensions: &["pl", "problog"],
        import: None,
        is_exported: true,
    },
];

impl Format {
    /// The format of that name.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The formats that are read.
    pub fn imported() -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().filter(|format| format.import.is_some())
    }
}

//! Why tallies are not added, and what to do about it.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// Why there is no sum.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is none to add.
    #[error("there is no tally in what was given")]
    Nothing,
    /// One is no tally, or says something that cannot be.
    #[error("{file}: {problem}")]
    Damaged {
        /// Where it was read from.
        file: String,
        /// What is wrong with it, and where in it.
        problem: String,
    },
    /// One is written in a format that this version does not know.
    #[error("{file} is in the format `{schema}`, and this version of evigraph reads `evigraph/tally/1`")]
    OtherFormat {
        /// Where it was read from.
        file: String,
        /// The format that it gives.
        schema: String,
    },
    /// Two do not count the same thing.
    #[error("{} does not go with {}: {what} differs, {} against {}", other.0, first.0, other.1, first.1)]
    Differs {
        /// What they do not have in common.
        what: Sameness,
        /// The first that was read, and what it has.
        first: (String, String),
        /// The other, and what that has.
        other: (String, String),
    },
    /// Two count the same worlds.
    #[error("{} and {} both count worlds {both}", one.0, other.0, both = shared(&one.1, &other.1))]
    Overlap {
        /// One of them, and its worlds.
        one: (String, Range<u64>),
        /// The other, and its worlds.
        other: (String, Range<u64>),
    },
    /// Nobody counts some worlds.
    #[error("no tally counts worlds {}{}", shown(missing), between.as_ref().map(|files| format!(", {files}")).unwrap_or_default())]
    Gap {
        /// These worlds.
        missing: Range<u64>,
        /// Between which tallies that is, in words.
        between: Option<String>,
        /// How to sample them.
        command: String,
    },
    /// By all worlds together, something else is out than the parts were sampled with.
    #[error("{}", plan(*worlds, out, not_out))]
    Plan {
        /// How many worlds were counted.
        worlds: u64,
        /// What is out, and was not taken as out.
        out: Vec<String>,
        /// What was taken as out, and is not.
        not_out: Vec<String>,
    },
}

/// What all tallies of a sum have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// The version of evigraph.
    Version,
    /// The content of the case.
    Case,
    /// The options under which it was read.
    Options,
    /// The seed.
    Seed,
    /// What was taken as out.
    Out,
}

impl fmt::Display for Sameness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "the version of evigraph",
            Self::Case => "the content of the case",
            Self::Options => "the reading of the case",
            Self::Seed => "the seed",
            Self::Out => "what was taken as out",
        })
    }
}

impl Refusal {
    /// What its user can do.
    pub fn help(&self) -> String {
        match self {
            Self::Nothing => "give the files that `evigraph sample CASE --worlds A..B -o FILE` has written".to_owned(),
            Self::Damaged { .. } => {
                "a tally is one line as `evigraph sample` writes it: sample its worlds again, or copy it again"
                    .to_owned()
            }
            Self::OtherFormat { .. } => "merge it with the version of evigraph that sampled it".to_owned(),
            Self::Differs { what, .. } => match what {
                Sameness::Version => "sample all parts with one version of evigraph",
                Sameness::Case => {
                    "sample all parts from the same case; comments, layout and the order of entries may differ, \
                     what the entries say may not"
                }
                Sameness::Options => "sample all parts with the same --without, --only, --set and --standard",
                Sameness::Seed => "sample all parts with the same --seed",
                Sameness::Out => {
                    "leave out the tallies that were sampled before --out-from was given, or give all parts the same"
                }
            }
            .to_owned(),
            Self::Overlap { one, other } if one.1 == other.1 => "leave one of them out".to_owned(),
            Self::Overlap { .. } => "leave one of them out, and sample what is then missing".to_owned(),
            Self::Gap { command, .. } => {
                format!(
                    "add the tally that has them, or sample them, with --out-from if the others had it: `{command}`"
                )
            }
            Self::Plan { .. } => {
                "write the sum to a file with `--format tally -o whole.tally`, sample the same worlds \
                                  again with `--out-from whole.tally`, and merge those"
                    .to_owned()
            }
        }
    }
}

/// Worlds as the command line has them.
pub(super) fn shown(worlds: &Range<u64>) -> String {
    format!("{}..{}", worlds.start, worlds.end)
}

fn shared(one: &Range<u64>, other: &Range<u64>) -> String {
    shown(&(one.start.max(other.start)..one.end.min(other.end)))
}

fn plan(worlds: u64, out: &[String], not_out: &[String]) -> String {
    let listed = |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    if !out.is_empty() {
        said.push(format!("{} out, and taken as not out", listed(out)));
    }
    if !not_out.is_empty() {
        said.push(format!("{} not out, and taken as out", listed(not_out)));
    }
    format!("the parts were sampled on a wrong guess; by all {worlds} worlds together: {}", said.join("; "))
}

/// Refuses what is not the same in two tallies, of which the first may be what is asked for: each aspect with what the first
/// and what the other has.
pub(super) fn differing(
    aspects: impl IntoIterator<Item = (Sameness, String, String)>,
    (first, other): (&str, &str),
) -> Result<(), Refusal> {
    match aspects.into_iter().find(|(_, one, another)| one != another) {
        None => Ok(()),
        Some((what, one, another)) => {
            Err(Refusal::Differs { what, first: (first.to_owned(), one), other: (other.to_owned(), another) })
        }
    }
}

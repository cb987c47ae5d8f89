//! What is in a report, whatever its format: built once from answers, and handed to a template.
//!
//! Texts of the author stand here as they were written. Escaping them is the format's business, and no format can
//! forget it: see `render`.

use serde::Serialize;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(in crate::report) enum Inline {
    /// Plain words.
    Words { text: String },
    /// A statement by its text and number.
    Claim { text: String, number: String, anchor: String },
    /// A statement by its number.
    ClaimNumber { text: String, number: String, anchor: String },
    /// A source by its number and title.
    Source { text: String, number: u64, anchor: String },
    /// A source by its number.
    SourceNumber { text: String, number: u64, anchor: String },
}

/// Running text.
pub(in crate::report) type Line = Vec<Inline>;

/// A verdict by sign and word.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(in crate::report) struct Sign {
    /// One character.
    pub sign: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name of its colour.
    pub tone: &'static str,
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    pub(in crate::report) title: String,
    /// Standard and method, one line.
    pub(in crate::report) reading: String,
    /// What was not worked out, as the engine was asked to stop, as a sentence; none where all was.
    pub(in crate::report) left_out: Option<String>,
    /// What was changed for this reading, one a line.
    pub(in crate::report) changes: Vec<Line>,
    /// One a question.
    pub(in crate::report) summary: Vec<Summary>,
    /// How many statements have which verdict.
    pub(in crate::report) counts: String,
    pub(in crate::report) contents: Vec<Chapter>,
    pub(in crate::report) sections: Vec<Section>,
    pub(in crate::report) contests: Vec<Contest>,
    pub(in crate::report) findings: Vec<Finding>,
    pub(in crate::report) carriers: Carriers,
    pub(in crate::report) digging: Vec<Dig>,
    /// The author's own words on the case.
    pub(in crate::report) about: Option<String>,
    pub(in crate::report) sources: Vec<SourceEntry>,
    pub(in crate::report) legend: Legend,
}

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Chapter {
    pub title: String,
    pub anchor: String,
}

/// The executive summary of one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Summary {
    pub question: String,
    pub finding: Sign,
    /// Paragraphs; the first stands behind the finding.
    pub paragraphs: Vec<Line>,
}

/// A section with its statements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Section {
    pub number: usize,
    pub heading: String,
    pub anchor: String,
    /// The author's own words.
    pub text: Option<String>,
    /// The tally of the section.
    pub lead: Line,
    pub entries: Vec<Entry>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Entry {
    pub number: String,
    pub anchor: String,
    pub text: String,
    pub sign: Sign,
    /// Whether it is settled, or what it hangs on; empty where it was not asked.
    pub state: String,
    /// How strong its cases are.
    pub cases: String,
    /// Citations and steps, by side; none where they were not worked out.
    pub grounds: Option<Vec<Side>>,
    /// Why it is not refuted in spite of a strong case against it.
    pub not_refuted: Line,
    /// Why it is open, clause by clause.
    pub reasons: Line,
    /// What `check` warns of.
    pub remarks: Vec<String>,
    /// Where the full entry stands, if only its verdict stands here.
    pub elsewhere: Line,
    /// Written in full above: then it has no anchor here.
    pub again: bool,
    /// The author's note.
    pub note: Option<String>,
}

/// What speaks for a statement, or against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Side {
    pub label: &'static str,
    pub text: Line,
}

/// Rival readings, side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Contest {
    pub heading: String,
    pub anchor: String,
    pub readings: Vec<Line>,
    /// Rows of the table: a label, and a cell for each reading.
    pub rows: Vec<Row>,
    /// Why neither prevails, what both draw on.
    pub text: Line,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Row {
    pub label: &'static str,
    pub cells: Vec<Line>,
}

/// The full account of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Finding {
    pub question: String,
    pub finding: Sign,
    pub opening: Line,
    pub parts: Vec<Part>,
}

/// A part of an account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Part {
    pub label: &'static str,
    pub text: Line,
}

/// Which sources the verdicts hang on.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::report) struct Carriers {
    /// What the table shows, in a sentence or two.
    pub lead: Line,
    pub rows: Vec<Carrier>,
    /// Sets of sources that only together turn the headline of a question.
    pub sets: Vec<Line>,
}

/// A source, or several that are alike in this, and what would change without any one of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Carrier {
    pub source: Line,
    /// How many sources the row is for.
    pub sources: usize,
    /// How many findings would change.
    pub findings: usize,
    /// How many verdicts would change.
    pub count: usize,
    /// Findings, then verdicts, that would change, grouped by what they would become.
    pub changes: Vec<Line>,
}

/// What to look for, of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Dig {
    pub heading: &'static str,
    pub lead: &'static str,
    pub items: Vec<Line>,
}

/// A line of the list of sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct SourceEntry {
    pub number: u64,
    pub anchor: String,
    pub title: String,
    /// Kind, issuers, date.
    pub imprint: String,
    /// A link that is safe to follow.
    pub link: Option<String>,
    /// What else says where it is: a URL of another kind, a collection, a place in it.
    pub place: Line,
    /// Reliability, withheld share, standing.
    pub facts: Vec<Fact>,
    /// The statements that it speaks to.
    pub used: Line,
    /// The sources that it stands behind.
    pub behind: Line,
    pub note: Option<String>,
}

/// A fact with its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Fact {
    pub label: &'static str,
    pub text: Line,
}

/// How to read the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Legend {
    pub method: String,
    /// Verdicts by sign and word, with their meaning.
    pub verdicts: Vec<Meaning>,
    /// Words for the strength of a case, with the cases that they stand for.
    pub strengths: Vec<Meaning>,
    /// What each standard in force asks for.
    pub standards: Vec<String>,
}

/// A word with its meaning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Meaning {
    pub sign: &'static str,
    pub tone: &'static str,
    pub word: String,
    pub meaning: String,
}

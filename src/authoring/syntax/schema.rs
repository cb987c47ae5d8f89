//! What each field takes, for those who look at a file without reading it as a case.
//!
//! The mirror declares records and their fields by types; a test holds this table to it.

use crate::model::{
    ActorKind, ClaimKind, DocumentKind, Effect, Expectation, Manner, Probability, RelationshipKind, Standard,
};

use super::super::resolve::Sort;
use super::super::values;

/// The sorts of entries that an id may name.
pub type Sorts = &'static [Sort];

const ACTORS: Sorts = &[Sort::Actor];
const DOCUMENTS: Sorts = &[Sort::Document];
const CLAIMS: Sorts = &[Sort::Claim];
const SOURCES: Sorts = &[Sort::Document, Sort::Actor];
const STATEMENTS: Sorts = &[Sort::Claim, Sort::Relationship];
const PREMISES: Sorts = &[Sort::Document, Sort::Actor, Sort::Claim, Sort::Relationship];

/// What stands in round brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Record {
    /// The case.
    Case,
    /// The numbers behind the standards.
    Thresholds,
    /// What a case has to reach.
    Bar,
    /// An entry of a section.
    Entry(Sort),
    /// Evidence for or against.
    Evidence,
    /// An undercut or an impeachment.
    Attack,
    /// A warning that is allowed, with a reason.
    Allowed,
    /// The order of a report.
    Report,
    /// A section of a report.
    Section,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A list of paths.
    Paths,
    /// A number.
    Number,
    /// The id of an entry of one of these sorts.
    Id(Sorts),
    /// A list of such ids.
    Ids(Sorts),
    /// One such id, or a list.
    IdOrIds(Sorts),
    /// A word, or a number where the words stand for numbers.
    Word(Words),
    /// A record.
    Record(Record),
    /// A list of records.
    Records(Record),
    /// `Supports(…)` and `Opposes(…)`.
    Evidence,
    /// A map of entries.
    Entries(Sort),
    /// A list of warnings that are allowed.
    Lints,
}

/// Words that stand for values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Kinds of actors.
    Actors,
    /// Kinds of documents.
    Documents,
    /// Kinds of claims.
    Claims,
    /// Kinds of relationships.
    Relationships,
    /// Standards of proof.
    Standards,
    /// How a source speaks.
    Manners,
    /// For or against.
    Effects,
    /// Verdicts that are expected.
    Expectations,
    /// Grades of reliability.
    Reliability,
    /// Strengths of steps.
    Strength,
    /// Shares that are withheld.
    Withheld,
}

impl Words {
    /// The words, each with the number that it stands for, if any.
    pub fn known(self) -> Vec<(&'static str, Option<f64>)> {
        fn closed<T: values::Words>() -> Vec<(&'static str, Option<f64>)> {
            T::WORDS.iter().map(|(word, _)| (*word, None)).collect()
        }
        let open = |words: &[&'static str]| words.iter().chain(&["Other"]).map(|word| (*word, None)).collect();
        let numbers = |words: &[(&'static str, Probability)]| {
            words.iter().map(|(word, number)| (*word, Some(number.get()))).collect()
        };
        match self {
            Self::Actors => open(ActorKind::WORDS),
            Self::Documents => open(DocumentKind::WORDS),
            Self::Relationships => open(RelationshipKind::WORDS),
            Self::Claims => closed::<ClaimKind>(),
            Self::Standards => closed::<Standard>(),
            Self::Effects => closed::<Effect>(),
            Self::Expectations => closed::<Expectation>(),
            Self::Manners => {
                let manners = <Manner as values::Words>::WORDS.iter();
                manners.map(|(word, manner)| (*word, Some(manner.strength().get()))).collect()
            }
            Self::Reliability => numbers(&Probability::RELIABILITY),
            Self::Strength => numbers(&Probability::STRENGTH),
            Self::Withheld => numbers(&Probability::WITHHELD),
        }
    }
}

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it may not be left out.
    pub required: bool,
}

const fn field(name: &'static str, takes: Takes) -> Field {
    Field { name, takes, required: false }
}

const fn required(name: &'static str, takes: Takes) -> Field {
    Field { name, takes, required: true }
}

impl Field {
    /// How its value begins and ends where nothing is written yet.
    pub fn brackets(self) -> [&'static str; 2] {
        match self.takes {
            Takes::Text | Takes::Id(_) | Takes::IdOrIds(_) => ["\"", "\""],
            Takes::Texts | Takes::Paths | Takes::Ids(_) | Takes::Lints => ["[\"", "\"]"],
            Takes::Number | Takes::Word(_) => ["", ""],
            Takes::Record(_) => ["(", ")"],
            Takes::Records(_) => ["[(", ")]"],
            Takes::Evidence => ["[", "]"],
            Takes::Entries(_) => ["{", "}"],
        }
    }
}

impl Record {
    /// Its fields, in the order of the mirror.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Case => CASE,
            Self::Thresholds => THRESHOLDS,
            Self::Bar => BAR,
            Self::Entry(Sort::Actor) => ACTOR,
            Self::Entry(Sort::Document) => DOCUMENT,
            Self::Entry(Sort::Claim) => CLAIM,
            Self::Entry(Sort::Relationship) => RELATIONSHIP,
            Self::Entry(Sort::Inference) => INFERENCE,
            Self::Entry(Sort::Question) => QUESTION,
            Self::Evidence => EVIDENCE,
            Self::Attack => ATTACK,
            Self::Allowed => ALLOWED,
            Self::Report => REPORT,
            Self::Section => SECTION,
        }
    }

    /// The field of that name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The headings under which the reference has its fields.
    pub fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Case => &["Case"],
            Self::Thresholds | Self::Bar => &[],
            Self::Entry(Sort::Actor) => &["actors"],
            Self::Entry(Sort::Document) => &["documents"],
            Self::Entry(Sort::Claim) => &["claims"],
            Self::Entry(Sort::Relationship) => &["relationships", "claims"],
            Self::Entry(Sort::Inference) => &["inferences"],
            Self::Entry(Sort::Question) => &["questions"],
            Self::Evidence => &["Evidence"],
            Self::Attack => &["Attacks", "Evidence"],
            Self::Allowed => &[],
            Self::Report | Self::Section => &["report"],
        }
    }
}

const CASE: &[Field] = &[
    field("includes", Takes::Paths),
    required("title", Takes::Text),
    field("summary", Takes::Text),
    field("standard", Takes::Word(Words::Standards)),
    field("thresholds", Takes::Record(Record::Thresholds)),
    field("actors", Takes::Entries(Sort::Actor)),
    field("documents", Takes::Entries(Sort::Document)),
    field("claims", Takes::Entries(Sort::Claim)),
    field("relationships", Takes::Entries(Sort::Relationship)),
    field("inferences", Takes::Entries(Sort::Inference)),
    field("questions", Takes::Entries(Sort::Question)),
    field("report", Takes::Record(Record::Report)),
    field("allow", Takes::Lints),
];

const THRESHOLDS: &[Field] = &[
    field("serious", Takes::Number),
    field("preponderance", Takes::Record(Record::Bar)),
    field("clear_and_convincing", Takes::Record(Record::Bar)),
    field("beyond_reasonable_doubt", Takes::Record(Record::Bar)),
];

const BAR: &[Field] = &[field("case", Takes::Number), field("margin", Takes::Number)];

const ACTOR: &[Field] = &[
    required("name", Takes::Text),
    field("kind", Takes::Word(Words::Actors)),
    field("aliases", Takes::Texts),
    field("part_of", Takes::Id(ACTORS)),
    field("reliability", Takes::Word(Words::Reliability)),
    field("impeached_by", Takes::Records(Record::Attack)),
    field("tags", Takes::Texts),
    field("note", Takes::Text),
    field("allow", Takes::Lints),
];

const DOCUMENT: &[Field] = &[
    required("title", Takes::Text),
    field("kind", Takes::Word(Words::Documents)),
    field("by", Takes::Ids(ACTORS)),
    field("authors", Takes::Texts),
    field("date", Takes::Text),
    field("released", Takes::Text),
    field("reliability", Takes::Word(Words::Reliability)),
    field("impeached_by", Takes::Records(Record::Attack)),
    field("derives_from", Takes::Ids(SOURCES)),
    field("rests_on", Takes::Ids(SOURCES)),
    field("supersedes", Takes::Ids(DOCUMENTS)),
    field("withheld", Takes::Word(Words::Withheld)),
    field("bears_on", Takes::Ids(STATEMENTS)),
    field("cite", Takes::Number),
    field("collection", Takes::Id(SOURCES)),
    field("url", Takes::Text),
    field("archived", Takes::Text),
    field("accessed", Takes::Text),
    field("copy", Takes::Text),
    field("sha256", Takes::Text),
    field("locator", Takes::Text),
    field("mentions", Takes::Ids(ACTORS)),
    field("places", Takes::Texts),
    field("period", Takes::Text),
    field("tags", Takes::Texts),
    field("note", Takes::Text),
    field("allow", Takes::Lints),
];

const CLAIM: &[Field] = &[
    required("text", Takes::Text),
    field("kind", Takes::Word(Words::Claims)),
    field("standard", Takes::Word(Words::Standards)),
    field("evidence", Takes::Evidence),
    field("entails", Takes::Ids(STATEMENTS)),
    field("rivals", Takes::Ids(STATEMENTS)),
    field("all_of", Takes::Ids(STATEMENTS)),
    field("any_of", Takes::Ids(STATEMENTS)),
    field("one_of", Takes::Ids(STATEMENTS)),
    field("assumed", Takes::Word(Words::Strength)),
    field("about", Takes::Ids(SOURCES)),
    field("places", Takes::Texts),
    field("period", Takes::Text),
    field("tags", Takes::Texts),
    field("note", Takes::Text),
    field("expect", Takes::Word(Words::Expectations)),
    field("allow", Takes::Lints),
];

const RELATIONSHIP: &[Field] = &[
    required("from", Takes::Id(ACTORS)),
    required("to", Takes::Id(ACTORS)),
    required("kind", Takes::Word(Words::Relationships)),
    field("same_as", Takes::Id(CLAIMS)),
    field("standard", Takes::Word(Words::Standards)),
    field("evidence", Takes::Evidence),
    field("entails", Takes::Ids(STATEMENTS)),
    field("rivals", Takes::Ids(STATEMENTS)),
    field("all_of", Takes::Ids(STATEMENTS)),
    field("any_of", Takes::Ids(STATEMENTS)),
    field("one_of", Takes::Ids(STATEMENTS)),
    field("assumed", Takes::Word(Words::Strength)),
    field("places", Takes::Texts),
    field("period", Takes::Text),
    field("tags", Takes::Texts),
    field("note", Takes::Text),
    field("expect", Takes::Word(Words::Expectations)),
    field("allow", Takes::Lints),
];

const EVIDENCE: &[Field] = &[
    required("from", Takes::IdOrIds(PREMISES)),
    field("strength", Takes::Word(Words::Strength)),
    field("as", Takes::Word(Words::Manners)),
    field("at", Takes::Text),
    field("quote", Takes::Text),
    field("relies_on", Takes::Ids(SOURCES)),
    field("undercut_by", Takes::Records(Record::Attack)),
];

const ATTACK: &[Field] = &[required("from", Takes::IdOrIds(PREMISES)), field("strength", Takes::Word(Words::Strength))];

const INFERENCE: &[Field] = &[
    required("given", Takes::Ids(PREMISES)),
    field("given_rejected", Takes::Ids(STATEMENTS)),
    required("to", Takes::Id(STATEMENTS)),
    required("effect", Takes::Word(Words::Effects)),
    field("strength", Takes::Word(Words::Strength)),
    field("scheme", Takes::Text),
    field("undercut_by", Takes::Records(Record::Attack)),
    field("note", Takes::Text),
    field("allow", Takes::Lints),
];

const QUESTION: &[Field] = &[
    required("text", Takes::Text),
    field("claims", Takes::Ids(STATEMENTS)),
    field("headline", Takes::Id(STATEMENTS)),
    field("allow", Takes::Lints),
];

const ALLOWED: &[Field] = &[required("lint", Takes::Text), field("reason", Takes::Text)];

const REPORT: &[Field] = &[field("sections", Takes::Records(Record::Section))];

const SECTION: &[Field] =
    &[required("title", Takes::Text), field("claims", Takes::Ids(STATEMENTS)), field("text", Takes::Text)];

#[cfg(test)]
mod tests {
    use super::super::super::mirror;
    use super::*;

    #[test]
    fn the_table_has_the_fields_of_the_mirror() {
        let shapes = [
            (Record::Case, &mirror::Case::SHAPE),
            (Record::Thresholds, &mirror::Thresholds::SHAPE),
            (Record::Bar, &mirror::Bar::SHAPE),
            (Record::Entry(Sort::Actor), &mirror::Actor::SHAPE),
            (Record::Entry(Sort::Document), &mirror::Document::SHAPE),
            (Record::Entry(Sort::Claim), &mirror::Claim::SHAPE),
            (Record::Entry(Sort::Relationship), &mirror::Relationship::SHAPE),
            (Record::Entry(Sort::Inference), &mirror::Inference::SHAPE),
            (Record::Entry(Sort::Question), &mirror::Question::SHAPE),
            (Record::Evidence, &mirror::Link::SHAPE),
            (Record::Attack, &mirror::Attack::SHAPE),
            (Record::Allowed, &mirror::Reasoned::SHAPE),
            (Record::Report, &mirror::Report::SHAPE),
            (Record::Section, &mirror::Section::SHAPE),
        ];
        for (record, shape) in shapes {
            let names: Vec<&str> = record.fields().iter().map(|field| field.name).collect();
            assert_eq!(names, shape.fields, "{record:?}");
        }
    }
}

//! Kinds of things: the known words, each with its phrase, and room for any other.

/// Declares an open kind: known words with a phrase in prose, and `Other` with the author's own text.
macro_rules! open_kind {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $phrase:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)*
            /// What the known words do not say, in the author's own.
            Other(String),
        }

        impl $name {
            /// The known words, as a case file writes them.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word),)*];

            /// The kind of a known word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $(stringify!($word) => Some(Self::$word),)*
                    _ => None,
                }
            }

            /// The word as a case file writes it; the author's text for `Other`.
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$word => stringify!($word),)*
                    Self::Other(text) => text,
                }
            }

            /// The phrase in prose.
            pub fn phrase(&self) -> &str {
                match self {
                    $(Self::$word => $phrase,)*
                    Self::Other(text) => text,
                }
            }
        }
    };
}

open_kind! {
    /// What an actor is.
    ActorKind {
        /// An agency of a state.
        Agency = "agency",
        /// A committee of inquiry.
        Committee = "committee",
        /// A government.
        Government = "government",
        /// A contractor, person or firm.
        Contractor = "contractor",
        /// A company.
        Company = "company",
        /// A trafficker, by an official finding.
        Trafficker = "trafficker",
        /// A cartel.
        Cartel = "cartel",
        /// An armed group.
        ArmedGroup = "armed group",
        /// A news outlet.
        Outlet = "news outlet",
        /// A journalist.
        Journalist = "journalist",
        /// A scholar.
        Scholar = "scholar",
        /// An archive as an institution.
        Archive = "archive",
        /// Any other person.
        Person = "person",
    }
}

open_kind! {
    /// What a document is.
    DocumentKind {
        /// A cable.
        Cable = "cable",
        /// A memorandum.
        Memorandum = "memorandum",
        /// A report of an inspector general.
        InspectorGeneralReport = "inspector-general report",
        /// A report of a parliament or one of its committees.
        CongressionalReport = "congressional report",
        /// A judgment, an indictment, a filing.
        CourtRecord = "court record",
        /// Testimony, as recorded.
        Testimony = "testimony",
        /// A container: it shows that records exist, not what they say.
        Archive = "archive",
        /// A scholarly work.
        AcademicWork = "academic work",
        /// A news report.
        NewsReport = "news report",
        /// A book.
        Book = "book",
        /// A leak.
        Leak = "leak",
        /// A data set.
        Dataset = "data set",
        /// A statement of an office.
        OfficialStatement = "official statement",
    }
}

open_kind! {
    /// What one actor did with another. The phrase stands between their names.
    RelationshipKind {
        /// Worked together.
        WorkedWith = "worked with",
        /// Kept up a liaison.
        LiaisedWith = "liaised with",
        /// Gave money.
        Funded = "funded",
        /// Gave a contract.
        Contracted = "contracted",
        /// Employed.
        Employed = "employed",
        /// Supplied.
        Supplied = "supplied",
        /// Trafficked on behalf of.
        TraffickedFor = "trafficked for",
        /// Is a part of.
        PartOf = "was part of",
        /// Acted against.
        Targeted = "targeted",
        /// Investigated.
        Investigated = "investigated",
        /// Reported to.
        ReportedTo = "reported to",
        /// Reported on.
        ReportedOn = "reported on",
        /// Was in contact with.
        HadContactWith = "had contact with",
    }
}

/// What sort of statement a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ClaimKind {
    /// About what happened.
    #[default]
    Fact,
    /// A reading of what happened.
    Interpretation,
    /// From instances to a rule or a programme.
    Generalisation,
    /// About the record itself.
    Record,
}

impl ClaimKind {
    /// The words, as a case file writes them.
    pub const WORDS: &'static [&'static str] = &["Fact", "Interpretation", "Generalisation", "Record"];

    /// The word as a case file writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "Fact",
            Self::Interpretation => "Interpretation",
            Self::Generalisation => "Generalisation",
            Self::Record => "Record",
        }
    }
}

/// How a source speaks, which gives the strength where none is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// The document is itself what is stated: its reliability and origins do not matter.
    Exhibit,
    /// Its own conclusion.
    Finding,
    /// It reports.
    Account,
    /// It records what somebody alleged.
    Allegation,
    /// It looked, and does not say so.
    Silence,
}

impl Manner {
    /// The strength of evidence given in this manner with no strength written.
    pub fn strength(self) -> super::Probability {
        match self {
            Self::Exhibit | Self::Finding => super::Probability::STRONG,
            Self::Account => super::Probability::MODERATE,
            Self::Allegation | Self::Silence => super::Probability::WEAK,
        }
    }

    /// The phrase in prose.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Exhibit => "exhibit",
            Self::Finding => "finding",
            Self::Account => "account",
            Self::Allegation => "allegation",
            Self::Silence => "silence",
        }
    }
}

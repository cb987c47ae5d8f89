//! The codes of problems.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Severity;
use super::catalogue::{CATALOGUE, Entry};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident)*) => {
        /// The sort of a problem. Names are stable: scripts may rely on them.
        ///
        /// What each means, with an example of the mistake and its mend, is in `docs/codes.md`, which is
        /// written from the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];
        }
    };
}

codes! {
    /// Brackets, commas, quotation marks.
    Syntax
    /// A field that is not known there.
    UnknownField
    /// A required field that is not there.
    MissingField
    /// A field that is known, and means nothing in that place.
    MisplacedField
    /// A value of another type than the field takes.
    WrongType
    /// A word that is none of those that are known.
    UnknownKind
    /// A field that is written twice.
    DuplicateField
    /// An id that is given twice.
    DuplicateId
    /// A text that is no id.
    InvalidId
    /// A reference to nothing.
    UnknownId
    /// A reference to the wrong sort of thing.
    WrongSort
    /// A number that is none.
    NotANumber
    /// A number outside its range.
    OutOfRange
    /// An include that is not there.
    IncludeMissing
    /// An include that includes what includes it.
    IncludeCircular
    /// An include outside the case's folder.
    IncludeOutside
    /// An include that is no file, or cannot be read.
    IncludeUnreadable
    /// An include in a case that was not read from a file.
    IncludeRefused
    /// A statement that entails itself.
    EntailsItself
    /// A statement that is its own rival.
    OwnRival
    /// Rivals of which one entails the other.
    RivalsEntail
    /// A document that derives from itself.
    DerivesFromItself
    /// A document that supersedes itself, or what it goes back to.
    SupersedesItself
    /// Evidence or an attack from the very thing that it speaks to.
    SpeaksOfItself
    /// An inference with no premise.
    NoPremise
    /// An inference with its conclusion among its premises.
    CircularInference
    /// A source among the premises that are to be rejected.
    RejectedSource
    /// A headline that is not among the question's claims.
    HeadlineNotListed
    /// A SHA-256 that is none.
    InvalidSha256
    /// Brackets within brackets beyond the limit.
    TooDeep
    /// Files beyond the limit.
    TooLarge
    /// A file that is not UTF-8 text.
    NotUtf8
    /// A file with nothing in it.
    EmptyFile
    /// A verdict that is not the expected one.
    ExpectationFailed
    /// A case beyond what can be computed exactly.
    TooComplex
    /// A text that is no date.
    InvalidDate
    /// A mark before the text that says nothing.
    ByteOrderMark
    /// A field that counts only in the opened file.
    IgnoredField
    /// A text with nothing in it.
    EmptyText
    /// A source that nothing uses.
    Unused
    /// Statements that entail each other.
    SameStatement
    /// A source impeached only by what derives from it.
    SelfImpeachment
    /// Several inferences into one generalisation.
    SeveralGeneralisations
    /// A withheld document that leads to a headline which its `bears_on` leaves out.
    WithheldMissesHeadline
    /// An undercut from a claim about the record, with no strength.
    RecordUndercut
    /// A statement with no evidence.
    NoEvidence
    /// A statement whose every source derives from one.
    SingleOrigin
    /// Testimony that counts as certain.
    CertainTestimony
    /// Documents that only derive from each other.
    CircularDerivation
    /// The same evidence stated twice.
    DuplicateEvidence
    /// A quotation without a place.
    QuoteWithoutLocator
    /// A SHA-256 of no copy.
    HashWithoutCopy
    /// A kept copy that is not there, or cannot be read.
    CopyUnreadable
    /// A kept copy with another SHA-256 than the case says.
    CopyChanged
    /// A quotation that is not quite in the copy of its source.
    QuoteNear
    /// A quotation that is not in the copy of its source.
    QuoteMissing
    /// A quotation that is in the copy, and elsewhere than its `at` says.
    QuoteElsewhere
    /// A question whose claims are not in order of strength.
    ClaimsOutOfOrder
    /// A container as evidence for what its documents say.
    ArchiveEvidence
    /// Two documents that are one.
    SameSource
    /// Two inferences that are one.
    SameInference
    /// Two claims of the same words.
    SameText
    /// A source that speaks for two rivals alike.
    NotDiagnostic
    /// Rivals of different times.
    PeriodsApart
    /// Attacks that attack each other.
    RingOfAttacks
    /// A part of a whole that nothing speaks to.
    OpenPart
    /// Statements that count each by itself, in one link.
    SeveralStatements
    /// Something withheld that can speak to nothing.
    WithheldReachesNothing
    /// A decided claim that hangs on documents with no reliability.
    UnratedDocuments
    /// A reading or a headline for which nothing but support was considered.
    OneSided
    /// An author's word in a matter of its own, at full weight.
    OwnInterest
    /// A statement with a serious case that rests on allegations alone.
    AllegationsOnly
    /// An established statement that rests on a generalisation, or on instances, alone.
    GeneralisationAlone
    /// A decided statement that hangs on one strength that its author did not write.
    HangsOnDefault
    /// One source against several.
    OneDissenter
    /// A statement with a much better case than what it entails.
    ReversedEntailment
    /// An `allow` that allows nothing.
    UnusedAllow
    /// Something in a file that was imported has no place in a case, or was changed.
    NotImported
    /// More problems than are shown.
    TooMany
}

impl Code {
    /// The name in output: `unknown-id`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Whether it is an error or a warning.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// What it means, and what to do; backquotes stand around what is written in a case.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// An example of the mistake; empty where there is none to show.
    pub fn mistake(self) -> &'static str {
        self.entry().mistake
    }

    /// The example, mended.
    pub fn mended(self) -> &'static str {
        self.entry().mend
    }

    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// The catalogue has one entry for each code, in the same order; a test holds it to that.
    fn entry(self) -> &'static Entry {
        &CATALOGUE[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_every_code_in_order() {
        assert_eq!(CATALOGUE.len(), Code::ALL.len());
        for code in Code::ALL {
            let words: String = code.name().split('-').flat_map(|word| word.chars()).collect();
            assert_eq!(words, format!("{code:?}").to_lowercase(), "the names agree");
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
    }

    #[test]
    fn errors_come_before_warnings() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.severity()));
    }
}

//! The catalogue of codes: what each says, and an example of the mistake with its mend.

use std::fmt::Write as _;

use super::Severity::{self, Error, Warning};

/// What there is to say about one code.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    pub(super) explanation: &'static str,
    pub(super) mistake: &'static str,
    pub(super) mend: &'static str,
}

const fn entry(
    name: &'static str,
    severity: Severity,
    explanation: &'static str,
    mistake: &'static str,
    mend: &'static str,
) -> Entry {
    Entry { name, severity, explanation, mistake, mend }
}

/// One entry for each [`Code`](super::Code), in the same order.
pub(super) static CATALOGUE: &[Entry] = &[
    entry(
        "syntax",
        Error,
        "A bracket, a comma, a colon or a quotation mark is missing, or stands where it means nothing. Reading goes \
         on at the next field or entry, so that further mistakes are reported in the same run.",
        r#""finder": (name: "The finder" kind: Person),"#,
        r#""finder": (name: "The finder", kind: Person),"#,
    ),
    entry(
        "unknown-field",
        Error,
        "The field does not exist in that place. The nearest one that does is suggested.",
        r#""finder": (nmae: "The finder"),"#,
        r#""finder": (name: "The finder"),"#,
    ),
    entry(
        "missing-field",
        Error,
        "A field that is required is not there: the case's `title`, an actor's `name`, a document's `title`, the \
         `text` of a claim or question, `from`, `to` and `kind` of a relationship, `given`, `to` and `effect` of an \
         inference, the `from` of evidence and attacks.",
        r#""finder": (kind: Person),"#,
        r#""finder": (name: "The finder", kind: Person),"#,
    ),
    entry(
        "misplaced-field",
        Error,
        "The field is known and means nothing where it stands: `relies_on` and `as: Exhibit` are for evidence from \
         a document, and a relationship with `same_as` takes the verdict of its claim, so it has no evidence, \
         entailments or rivals of its own.",
        r#"evidence: [Supports(from: "finder", relies_on: ["diary"])],  // an actor"#,
        r#"evidence: [Supports(from: "letter", relies_on: ["diary"])],  // a document"#,
    ),
    entry(
        "wrong-type",
        Error,
        "The value is of another type than the field takes: a number where a text belongs, a text where a list \
         belongs.",
        r#"tags: "fossils","#,
        r#"tags: ["fossils"],"#,
    ),
    entry(
        "unknown-kind",
        Error,
        "The word is none of those that the field knows; `allow` knows the names of warnings. Kinds of actors, documents and relationships are open: \
         `Other(\"…\")` takes any text.",
        r#"kind: Magazine,"#,
        r#"kind: Other("magazine"),"#,
    ),
    entry(
        "duplicate-field",
        Error,
        "The same field is written twice in one place. Only one of the two can be meant.",
        r#"(name: "The finder", kind: Person, name: "The amateur")"#,
        r#"(name: "The finder", kind: Person, aliases: ["The amateur"])"#,
    ),
    entry(
        "duplicate-id",
        Error,
        "The same id is given to two things. Actors, documents, claims, relationships, inferences and questions of \
         all files share one set of ids. What several files speak of is written once, in a file that they include.",
        r#"actors: {"museum": (name: "The museum")}, documents: {"museum": (title: "Its records")},"#,
        r#"actors: {"museum": (name: "The museum")}, documents: {"museum-records": (title: "Its records")},"#,
    ),
    entry(
        "invalid-id",
        Error,
        "An id has letters and digits of any script, `-`, `_` and `.`, starts with a letter or a digit and is 200 bytes long \
         at most.",
        r#""the finder": (name: "The finder"),"#,
        r#""the-finder": (name: "The finder"),"#,
    ),
    entry(
        "unknown-id",
        Error,
        "The id names nothing in the case. The nearest one that would fit is suggested.",
        r#"by: ["musuem"],"#,
        r#"by: ["museum"],"#,
    ),
    entry(
        "wrong-sort",
        Error,
        "The id names something of a sort that the field does not take, such as a document where a claim belongs.",
        r#"entails: ["dating-1953"],  // a document"#,
        r#"entails: ["remains-modern"],  // a claim"#,
    ),
    entry(
        "not-a-number",
        Error,
        "Reliability, strength, withheld share and thresholds are numbers from 0 to 1, or words that stand for one; \
         `NaN` is neither.",
        r#"reliability: NaN,"#,
        r#"reliability: F,  // cannot be judged"#,
    ),
    entry(
        "out-of-range",
        Error,
        "The number is outside its range: reliability, strength, withheld share and thresholds go from 0 to 1, \
         `cite` is a whole number from 0 on.",
        r#"strength: 85,"#,
        r#"strength: 0.85,"#,
    ),
    entry(
        "include-missing",
        Error,
        "No file is where `includes` points. Paths are relative to the file that they are written in.",
        r#"includes: ["source.ron"],"#,
        r#"includes: ["sources.ron"],"#,
    ),
    entry(
        "include-circular",
        Error,
        "A file includes, by whatever way, one that includes it.",
        r#"includes: ["case.ron"],  // in a file that case.ron includes"#,
        r#"// nothing: what case.ron says is known in all of its files"#,
    ),
    entry(
        "include-outside",
        Error,
        "A case reads no file outside the folder of the file that is opened: not by an absolute path, not by `..`, \
         not through a symbolic link.",
        r#"includes: ["../elsewhere/sources.ron"],"#,
        r#"includes: ["sources.ron"],  // copied into the case's folder"#,
    ),
    entry(
        "include-unreadable",
        Error,
        "What is included is no regular file, or the system does not let it be read.",
        r#"includes: ["sources"],  // a folder"#,
        r#"includes: ["sources/letters.ron", "sources/books.ron"],"#,
    ),
    entry(
        "include-refused",
        Error,
        "A case from standard input has no folder, so it can include nothing.",
        r#"includes: ["sources.ron"],  // evigraph check - < case.ron"#,
        r#"includes: ["sources.ron"],  // evigraph check case.ron"#,
    ),
    entry(
        "entails-itself",
        Error,
        "A statement entails itself, or is `all_of`, `any_of` or `one_of` a list that it is in. That says nothing.",
        r#""ancient": (text: "The remains are ancient.", entails: ["ancient"]),"#,
        r#""ancient": (text: "The remains are ancient."),"#,
    ),
    entry(
        "own-rival",
        Error,
        "A statement is among its own rivals, so that it could never be true.",
        r#""ancient": (text: "The remains are ancient.", rivals: ["ancient"]),"#,
        r#""ancient": (text: "The remains are ancient.", rivals: ["modern"]),"#,
    ),
    entry(
        "rivals-entail",
        Error,
        "Of two rivals, or of two parts of a `one_of`, which cannot both be true, one entails the other, directly or by way of other statements. \
         Then the stronger could never be true.",
        r#""human": (text: "They are of an early human.", entails: ["ancient"], rivals: ["ancient"]),"#,
        r#""human": (text: "They are of an early human.", entails: ["ancient"], rivals: ["composite"]),"#,
    ),
    entry(
        "derives-from-itself",
        Error,
        "A document is named as its own origin, or as something that it rests on itself.",
        r#""letter": (title: "Letter", derives_from: ["letter"]),"#,
        r#""letter": (title: "Letter", derives_from: ["diary"]),"#,
    ),
    entry(
        "supersedes-itself",
        Error,
        "A document supersedes itself, or one that its own account goes back to: where the one held, the other would \
         not.",
        r#""review-2020": (title: "Review", rests_on: ["trial-2018"], supersedes: ["trial-2018"]),"#,
        r#""review-2020": (title: "Review", rests_on: ["trial-2018"], supersedes: ["review-2015"]),"#,
    ),
    entry(
        "speaks-of-itself",
        Error,
        "Evidence for a statement comes from that statement, an undercut from the statement that the step leads to, \
         or an impeachment from the source that it impeaches.",
        r#""planted": (text: "They were planted.", evidence: [Supports(from: "planted")]),"#,
        r#""planted": (text: "They were planted.", evidence: [Supports(from: "dating-1953")]),"#,
    ),
    entry(
        "no-premise",
        Error,
        "An inference starts from nothing: both `given` and `given_rejected` are empty.",
        r#""so-planted": (given: [], to: "planted", effect: Supports),"#,
        r#""so-planted": (given: ["composite"], to: "planted", effect: Supports),"#,
    ),
    entry(
        "circular-inference",
        Error,
        "The conclusion of an inference is among its own premises.",
        r#""so-planted": (given: ["composite", "planted"], to: "planted", effect: Supports),"#,
        r#""so-planted": (given: ["composite"], to: "planted", effect: Supports),"#,
    ),
    entry(
        "rejected-source",
        Error,
        "`given_rejected` names a document or an actor. Only statements can be rejected; a source that fails carries \
         nothing, it does not argue for the opposite.",
        r#"given_rejected: ["announcement-1912"],"#,
        r#"given_rejected: ["early-human"],"#,
    ),
    entry(
        "headline-not-listed",
        Error,
        "The headline of a question is not among its claims.",
        r#"claims: ["ancient"], headline: "early-human","#,
        r#"claims: ["ancient", "early-human"], headline: "early-human","#,
    ),
    entry(
        "invalid-sha256",
        Error,
        "`sha256` is the SHA-256 of a kept copy, as programs print it: 64 hexadecimal digits. On Linux `sha256sum FILE` prints \
         it, on macOS `shasum -a 256 FILE`.",
        r#"copy: "letter.txt", sha256: "9f86d08","#,
        r#"copy: "letter.txt", sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","#,
    ),
    entry(
        "too-deep",
        Error,
        "Brackets stand within brackets more than 64 deep. No case needs more than ten.",
        r#"note: ((((((((((((((((…"#,
        r#"note: "…","#,
    ),
    entry(
        "too-large",
        Error,
        "The files of a case are larger than 1 GiB together, or more than 10,000.",
        r#"includes: ["everything.ron"],  // 3 GiB"#,
        r#"includes: ["what-matters.ron"],"#,
    ),
    entry(
        "not-utf8",
        Error,
        "The file is not text in UTF-8: it was written in another encoding, by a word processor in a format of its own, or \
         it is no text at all. The first byte that does not fit is shown.",
        "// saved by an editor as \"Unicode\" (UTF-16) or \"Western\" (Latin-1)",
        "// saved as UTF-8",
    ),
    entry(
        "empty-file",
        Error,
        "There is nothing in the file.",
        "",
        r#"Case(title: "Was Piltdown Man an early human?")"#,
    ),
    entry(
        "expectation-failed",
        Error,
        "The verdict on a statement is not the one that its `expect` names. Either the case has changed its answer, \
         or the expectation was wrong.",
        r#""early-human": (text: "…", expect: Supported),  // it is unsupported"#,
        r#""early-human": (text: "…", expect: Unsupported),"#,
    ),
    entry(
        "too-complex",
        Error,
        "So much hangs together that the exact degrees of a statement do not fit into the memory set aside for them.",
        "// one statement that depends on hundreds of interlocking sources",
        "// the same statement in parts that depend on fewer; or another `--method`",
    ),
    entry(
        "invalid-date",
        Warning,
        "Dates and periods are texts in ISO 8601 or EDTF: a year, a month, a day, an interval, with `~` for about and `X` \
         for unknown digits, or one of several dates, `[0742,0747]`. What cannot be read is kept as a text and shown as it \
         is; a document whose date cannot be read counts as known as of every date.",
        r#"date: "18 December 1912","#,
        r#"date: "1912-12-18","#,
    ),
    entry(
        "byte-order-mark",
        Warning,
        "The file starts with a byte-order mark, an invisible character that some editors put there. It is read as \
         if it were not there.",
        "\\u{feff}Case( … )",
        "Case( … )",
    ),
    entry(
        "ignored-field",
        Warning,
        "`standard`, `thresholds` and `report` count only in the file that is opened. In a file that it includes \
         they change nothing. Nor does an empty `relies_on`: the link is as good as what the document derives from, all the \
         same.",
        r#"standard: Preponderance,  // in an included file"#,
        r#"standard: Preponderance,  // in case.ron"#,
    ),
    entry(
        "empty-text",
        Warning,
        "The name of an actor, the title of the case, of a document or of a section, or the text of a claim or question has \
         nothing in it that can be seen: reports and pictures show a gap there.",
        r#""shut": (text: "", evidence: […]),"#,
        r#""shut": (text: "The bridge was shut.", evidence: […]),"#,
    ),
    entry(
        "unused",
        Warning,
        "Nothing in the case names this actor or document: it gives no evidence, is nobody's origin and is not \
         mentioned.",
        r#""letter": (title: "A letter"),  // and nothing more about it"#,
        r#""planted": (text: "…", evidence: [Supports(from: "letter")]),"#,
    ),
    entry(
        "same-statement",
        Warning,
        "Statements entail each other, directly or by way of others: they are one statement, written several times.",
        r#""a": (text: "…", entails: ["b"]), "b": (text: "…", entails: ["a"]),"#,
        r#""a": (text: "…"),"#,
    ),
    entry(
        "self-impeachment",
        Warning,
        "A source is impeached only by what rests on that source itself. If it is believed it is not to be believed: \
         it proves nothing, either way.",
        r#""finder": (name: "…", impeached_by: [(from: "confession")]),  // known only from the finder"#,
        r#""finder": (name: "…", impeached_by: [(from: "lab-report")]),"#,
    ),
    entry(
        "several-generalisations",
        Warning,
        "Several inferences argue for one claim of the kind `Generalisation`. Instances then add up to more than \
         they should; one inference from one claim that collects the instances does not.",
        r#""i1": (given: ["case-1"], to: "pattern", …), "i2": (given: ["case-2"], to: "pattern", …),"#,
        r#""instances": (text: "…", any_of: ["case-1", "case-2"]), … "i": (given: ["instances"], to: "pattern", …),"#,
    ),
    entry(
        "withheld-misses-headline",
        Warning,
        "Part of a document is withheld, what it gives evidence on leads to the headline of a question, and its \
         `bears_on` leaves that headline out: the withheld part is taken to say nothing about it.",
        r#"withheld: Heavy, bears_on: ["contacts"],  // which lead to the headline "programme""#,
        r#"withheld: Heavy, bears_on: ["contacts", "programme"],"#,
    ),
    entry(
        "record-undercut",
        Warning,
        "A claim about the record, such as that it is redacted, undercuts a step with no strength of its own and so \
         counts as `Moderate`. General doubts are mostly weaker; say how strong this one is.",
        r#"undercut_by: [(from: "redacted")],"#,
        r#"undercut_by: [(from: "redacted", strength: Weak)],"#,
    ),
    entry(
        "no-evidence",
        Warning,
        "Nothing speaks for or against the statement: no evidence, no inference, no part, nothing that entails it, no rival \
         that anything speaks for. `expect: NoEvidence` says that this is meant.",
        r#""planted": (text: "They were planted."),"#,
        r#""planted": (text: "They were planted.", evidence: [Supports(from: "dating-1953")]),"#,
    ),
    entry(
        "single-origin",
        Warning,
        "Several sources speak for the statement, or several against it, and every one of them goes back to the same \
         origin. Several accounts of one origin count as one. Not reported where a document is an exhibit.",
        r#"evidence: [Supports(from: "paper-1"), Supports(from: "paper-2")],  // both derive from one witness"#,
        r#"evidence: [Supports(from: "witness")],  // or a source that is independent"#,
    ),
    entry(
        "certain-testimony",
        Warning,
        "An actor with no `reliability` gives evidence at first hand. Such testimony counts as certain.",
        r#""finder": (name: "The finder"),  // and `Supports(from: "finder")`"#,
        r#""finder": (name: "The finder", reliability: D),"#,
    ),
    entry(
        "circular-derivation",
        Warning,
        "Documents only go back to each other, so their account comes from nowhere and never holds.",
        r#""a": (title: "…", derives_from: ["b"]), "b": (title: "…", derives_from: ["a"]),"#,
        r#""a": (title: "…"), "b": (title: "…", derives_from: ["a"]),"#,
    ),
    entry(
        "duplicate-evidence",
        Warning,
        "The same source is named twice for the same side of a statement, with the same place, quotation and origins \
         (`relies_on`). It counts twice.",
        r#"evidence: [Supports(from: "letter"), Supports(from: "letter", strength: Weak)],"#,
        r#"evidence: [Supports(from: "letter")],"#,
    ),
    entry(
        "quote-without-locator",
        Warning,
        "Evidence quotes its source and neither `at` nor the document's `locator` says where the words are to be \
         found.",
        r#"Supports(from: "letter", quote: "I put it there"),"#,
        r#"Supports(from: "letter", at: "p. 3", quote: "I put it there"),"#,
    ),
    entry(
        "hash-without-copy",
        Warning,
        "A document has a `sha256`, and no `copy` that it could be of.",
        r#""letter": (title: "A letter", sha256: "9f86…"),"#,
        r#""letter": (title: "A letter", copy: "copies/letter.txt", sha256: "9f86…"),"#,
    ),
    entry(
        "copy-unreadable",
        Warning,
        "The `copy` of a document is not there, is outside of the folder of the case, is too large, or is no text: then its \
         quotations are not checked. A copy is plain text, Markdown, HTML or PDF.",
        r#"copy: "copies/leter.txt","#,
        r#"copy: "copies/letter.txt","#,
    ),
    entry(
        "copy-changed",
        Warning,
        "The SHA-256 of a kept copy is not the `sha256` that the case says: the file is another one, or has been changed. What \
         is quoted from it is not checked, as it may be right of the one file and wrong of the other.",
        r#"copy: "copies/letter.txt", sha256: "9f86…",  // of an older file"#,
        r#"copy: "copies/letter.txt", sha256: "60a3…","#,
    ),
    entry(
        "quote-near",
        Warning,
        "The kept copy of a source has words that come close to a quotation, and not its words: a word is missing, a digit is \
         another, a capital is a small letter. How the words are set makes no difference: spaces, quotation marks, dashes, ligatures, \
         hyphens at the ends of lines. `[…]` stands for what is left out. `evigraph quotes` shows the difference.",
        r#"quote: "It was closed on 5 May","#,
        r#"quote: "It was closed on 4 May","#,
    ),
    entry(
        "quote-missing",
        Warning,
        "The kept copy of a source does not have the words of a quotation, nor words that come close to it.",
        r#"quote: "It was never open","#,
        r#"quote: "It was closed on 4 May","#,
    ),
    entry(
        "quote-elsewhere",
        Warning,
        "The kept copy of a source has the words of a quotation, and on another page or line than `at` says. Pages are those of a \
         PDF, or are parted by form feeds in a text; a page beyond the last of the copy is taken as printed on the paper, and \
         not compared.",
        r#"at: "p. 2", quote: "It was closed on 4 May",  // on page 3"#,
        r#"at: "p. 3", quote: "It was closed on 4 May","#,
    ),
    entry(
        "claims-out-of-order",
        Warning,
        "The claims of a question are listed from the weakest to the strongest, and one of these entails a later one: \
         it is the stronger of the two. Either the list is out of order, or the entailment is the wrong way round.",
        r#"claims: ["early-human", "ancient"],  // to be an early human's they have to be ancient"#,
        r#"claims: ["ancient", "early-human"],"#,
    ),
    entry(
        "archive-evidence",
        Warning,
        "A document of the kind `Archive` is evidence on a statement that is not of the kind `Record`. An archive is \
         a container: it shows that records exist, not what they say.",
        r#"evidence: [Supports(from: "society-archive")],"#,
        r#"evidence: [Supports(from: "letter-in-the-archive")],"#,
    ),
    entry(
        "same-source",
        Warning,
        "Two documents have one `url`, or one title, date and issuer, and neither goes back to the other: they are \
         probably one source under two ids, which then counts twice.",
        r#""report": (title: "…", url: "https://example.org/r"), "report-pdf": (title: "…", url: "https://example.org/r"),"#,
        r#""report": (title: "…", url: "https://example.org/r"),"#,
    ),
    entry(
        "same-inference",
        Warning,
        "Two inferences lead from the same premises to the same conclusion on the same side. Each is a step of its own, so \
         the argument counts twice.",
        r#""i": (given: ["a"], to: "b", effect: Supports), "j": (given: ["a"], to: "b", effect: Supports),"#,
        r#""i": (given: ["a"], to: "b", effect: Supports),"#,
    ),
    entry(
        "same-text",
        Warning,
        "Two claims have the same words, and no period, place or person they are about sets them apart. Evidence \
         for one of them is then no evidence for the other.",
        r#""shut": (text: "The bridge was shut."), "closed": (text: "The bridge was shut."),"#,
        r#""shut": (text: "The bridge was shut."),"#,
    ),
    entry(
        "not-diagnostic",
        Warning,
        "A source supports two rivals with the same strength. What fits both readings alike does not tell between them: it \
         makes a case against each, and so takes away from what does.",
        r#""arson": (…, evidence: [Supports(from: "ashes")], rivals: ["accident"]), "accident": (…, evidence: [Supports(from: "ashes")]),"#,
        r#""fire": (text: "There was a fire.", evidence: [Supports(from: "ashes")]),  // which both readings entail"#,
    ),
    entry(
        "periods-apart",
        Warning,
        "Two rivals have each a `period` of several years, and there is no day in both. What is so of different times can be \
         true together. Not reported for single dates: two days of one event are rivals.",
        r#""leeds": (text: "He lived in Leeds.", period: "1850/1870", rivals: ["london"]),  // london: period "1871/1920""#,
        r#""leeds": (text: "He lived in Leeds.", period: "1850/1870"),"#,
    ),
    entry(
        "ring-of-attacks",
        Warning,
        "Undercuts or impeachments attack one another in a ring: each holds only where another does not. Where none of them \
         is decided from outside of the ring, all that they attack is silenced.",
        r#""ann": (…, impeached_by: [(from: "bob")]), "bob": (…, impeached_by: [(from: "ann")]),"#,
        r#""ann": (…, impeached_by: [(from: "bob")]), "bob": (…),"#,
    ),
    entry(
        "open-part",
        Warning,
        "A statement is `all_of` several parts, and nothing speaks for or against one of them. As long as that is so, its \
         parts make no case for the whole. `expect: NoEvidence` under the part says that this is meant.",
        r#""safe": (text: "…", all_of: ["brakes", "steering"]), "steering": (text: "Steering is safe."),"#,
        r#""steering": (text: "Steering is safe.", evidence: [Supports(from: "test-report")]),"#,
    ),
    entry(
        "several-statements",
        Warning,
        "One link comes `from` several statements. Each of them then makes a case by itself, as if the others were not \
         there. If they are needed together, that is too strong a case: write an inference with all of them in `given`. If \
         each is enough by itself, write a link for each. Not reported for documents and actors: several sources for one claim \
         are ordinary.",
        r#""forged": (text: "…", evidence: [Supports(from: ["ink-is-modern", "paper-is-modern"])]),"#,
        r#""so-forged": (given: ["ink-is-modern", "paper-is-modern"], to: "forged", effect: Supports),"#,
    ),
    entry(
        "withheld-reaches-nothing",
        Warning,
        "Part of a document is withheld, the document is evidence on nothing, and no `bears_on` says what the withheld part \
         may speak to. So it is taken to speak to nothing, and no verdict stays open because of it. `bears_on: []` says that \
         this is meant.",
        r#""file": (title: "The file", withheld: Heavy),  // only others derive from it"#,
        r#""file": (title: "The file", withheld: Heavy, bears_on: ["planted"]),"#,
    ),
    entry(
        "unrated-documents",
        Warning,
        "A statement is decided, and the decision hangs on documents that give no `reliability` and so count as 0.50.",
        r#""letter": (title: "A letter"),"#,
        r#""letter": (title: "A letter", reliability: B),"#,
    ),
    entry(
        "one-sided",
        Warning,
        "An interpretation, a generalisation or the headline of a question is supported, and nothing else was \
         considered: nothing opposes it or what it entails, it has no rival, no step that leads to it is undercut and \
         none of its sources impeached. Look for what speaks against it, or allow this with the reason that nothing \
         does.",
        r#""hoax": (text: "It was a hoax.", kind: Interpretation, evidence: [Supports(from: "dating-1953")]),"#,
        r#""hoax": (text: "It was a hoax.", kind: Interpretation, rivals: ["honest-error"], evidence: […]),"#,
    ),
    entry(
        "own-interest",
        Warning,
        "A document denies something of the very actor that issued it, with no strength written, no undercut and no \
         impeachment: a word in its own interest counts as much as anybody's.",
        r#""bribed": (text: "The company paid.", about: ["company"], evidence: [Opposes(from: "company-statement")]),"#,
        r#"evidence: [Opposes(from: "company-statement", strength: Slight)],"#,
    ),
    entry(
        "allegations-only",
        Warning,
        "There is a serious case for the statement, and every piece of evidence that makes it only records what \
         somebody alleged. That it was alleged is a statement of its own, about the record. Not reported for \
         interpretations, which are somebody's construction by nature.",
        r#"evidence: [Supports(from: "complaint", as: Allegation), Supports(from: "gazette", as: Allegation)],"#,
        r#"evidence: [Supports(from: "complaint", as: Allegation), Supports(from: "ledger", as: Finding)],"#,
    ),
    entry(
        "generalisation-alone",
        Warning,
        "A statement is established, and all that supports it is a generalisation, or, where it is one itself, the \
         instances that it is inferred from. Instances are not a rule, and a rule is not an instance.",
        r#""i": (given: ["three-cases"], to: "pattern", effect: Supports, strength: Strong),  // and nothing else"#,
        r#""i": (given: ["three-cases"], to: "pattern", effect: Supports, strength: Slight),"#,
    ),
    entry(
        "hangs-on-default",
        Warning,
        "A statement is decided, and it would be decided otherwise if one single step, whose strength nobody wrote and \
         which counts as `Moderate`, were left out or were certain. Say how strong that step is, or how its source \
         speaks (`as`).",
        r#"evidence: [Supports(from: "letter")],"#,
        r#"evidence: [Supports(from: "letter", as: Account)],"#,
    ),
    entry(
        "one-dissenter",
        Warning,
        "There is a serious case against a claim, all of it made by one source that would not be enough by itself, while \
         three and more sources that have nothing to do with each other stand for the claim. Look at that source: is there \
         something that undercuts or impeaches it, or does it speak of something else?",
        r#"evidence: [Supports(from: ["lab-1", "lab-2", "lab-3"], as: Finding), Opposes(from: "dissenter", as: Finding)],"#,
        r#"…, Opposes(from: "dissenter", as: Finding, undercut_by: [(from: "wrong-sample")])],"#,
    ),
    entry(
        "reversed-entailment",
        Warning,
        "What a statement entails is the weaker of the two: whatever shows the stronger one shows it too. Here the stronger \
         one has much more evidence of its own than the weaker one, which has some as well. Perhaps the entailment is the \
         wrong way round.",
        r#""met": (text: "They met.", …, entails: ["bribed"]), "bribed": (text: "She was bribed.", …),"#,
        r#""met": (text: "They met.", …), "bribed": (text: "She was bribed.", …, entails: ["met"]),"#,
    ),
    entry(
        "unused-allow",
        Warning,
        "An `allow` names a warning that is not raised there: it has been mended, or stands somewhere else.",
        r#"allow: ["one-sided"],  // under a claim that has a rival"#,
        "// nothing",
    ),
    entry(
        "not-imported",
        Warning,
        "`evigraph import` could not carry something over as it is in the imported file: a case has no place for it, \
         the key of an entry cannot be an id, or a part of the file cannot be read. Everything else was imported.",
        "@book{doe:2001, title = {Bridges}}  % as `doe-2001`",
        "@book{doe-2001, title = {Bridges}}",
    ),
    entry(
        "too-many",
        Warning,
        "More than a thousand problems were found. The first thousand are reported, the others counted.",
        "// a thousand and one mistakes",
        "// mend the first, and check again",
    ),
];

/// The page `docs/codes.md`: every code with its severity, its meaning, a mistake and its mend.
pub fn catalogue_page() -> String {
    let mut page = String::from(
        "# Codes\n\n\
         Every problem that `evigraph check` tells has one of these codes. They are stable: a script may rely on \
         them.\nThis page is written from `src/diagnostic/catalogue.rs` by `UPDATE_DOCS=1 cargo test codes::`.\n",
    );
    for (severity, heading) in [(Error, "Errors"), (Warning, "Warnings")] {
        let _ = write!(page, "\n## {heading}\n");
        for entry in CATALOGUE.iter().filter(|entry| entry.severity == severity) {
            write_entry(&mut page, entry);
        }
    }
    page
}

/// What the page `docs/codes.md` says of one code, its heading among it.
pub fn code_page(code: super::Code) -> String {
    let mut page = String::new();
    write_entry(&mut page, &CATALOGUE[code as usize]);
    page.trim_start().to_owned()
}

fn write_entry(page: &mut String, Entry { name, explanation, mistake, mend, .. }: &Entry) {
    let _ = write!(page, "\n### `{name}`\n\n{explanation}\n\n");
    if mistake.is_empty() {
        let _ = write!(page, "The mend:\n\n```ron\n{mend}\n```\n");
    } else {
        let _ = write!(page, "The mistake:\n\n```ron\n{mistake}\n```\n\nIts mend:\n\n```ron\n{mend}\n```\n");
    }
}

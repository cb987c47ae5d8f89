//! The case as a whole, put together in code.

use std::error::Error;
use std::fmt;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Bar, Case, Probability, Standard, Thresholds};
use crate::source::Sources;

use super::super::input::Input;
use super::super::layout::{Layout, Value, Written, fields};
use super::super::load::{Loaded, load};
use super::parts::{Actor, Claim, Document, Inference, Question, Relationship, Section};

/// A case as its author would write it, entry by entry.
///
/// Nothing is checked before [`Builder::build`] or [`Builder::load`]: entries may name each other in any order. Its
/// `Display` is the case file.
///
/// ```
/// use evigraph::build::{Claim, Document, Evidence, Reliability};
/// use evigraph::{Case, DocumentKind, Manner};
///
/// let builder = Case::builder("Was the bridge closed?")
///     .document("log", Document::new("The harbour log").kind(DocumentKind::Memorandum).reliability(Reliability::A))
///     .document("diary", Document::new("A neighbour's diary").reliability(0.8))
///     .claim("closed", Claim::new("The bridge was closed on 3 May.")
///         .evidence(Evidence::supports("log").manner(Manner::Finding))
///         .evidence(Evidence::supports("diary").at("p. 3")));
/// let case = builder.build()?;
/// assert_eq!(case.statements[case.statement("closed").expect("it was added")].evidence.len(), 2);
///
/// let wrong = builder.claim("open", Claim::new("It was open.").evidence(Evidence::opposes("dairy")));
/// let error = wrong.build().expect_err("nothing has that id");
/// assert_eq!(error.to_string(), "`open`: nothing in the case has the id `dairy`: did you mean `diary`?");
/// # Ok::<(), evigraph::build::BuildError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Builder {
    title: String,
    summary: Option<String>,
    standard: Option<Standard>,
    thresholds: Thresholds,
    actors: Vec<(String, Actor)>,
    documents: Vec<(String, Document)>,
    claims: Vec<(String, Claim)>,
    relationships: Vec<(String, Relationship)>,
    inferences: Vec<(String, Inference)>,
    questions: Vec<(String, Question)>,
    sections: Vec<Section>,
    allow: Vec<Code>,
}

macro_rules! sections {
    ($($(#[$doc:meta])* $one:ident in $section:ident: $entry:ident,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $one(mut self, id: impl Into<String>, $one: $entry) -> Self {
            self.$section.push((id.into(), $one));
            self
        }
    )*};
}

impl Builder {
    /// A case of that title with nothing in it.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The author's summary; Markdown is allowed.
    #[must_use]
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// The standard of proof of every statement that has none of its own.
    #[must_use]
    pub fn standard(mut self, standard: Standard) -> Self {
        self.standard = Some(standard);
        self
    }

    /// The numbers behind the standards.
    #[must_use]
    pub fn thresholds(mut self, thresholds: Thresholds) -> Self {
        self.thresholds = thresholds;
        self
    }

    sections! {
        /// Adds an actor.
        actor in actors: Actor,
        /// Adds a document.
        document in documents: Document,
        /// Adds a claim.
        claim in claims: Claim,
        /// Adds a relationship between two actors.
        relationship in relationships: Relationship,
        /// Adds an inference.
        inference in inferences: Inference,
        /// Adds a question.
        question in questions: Question,
    }

    /// Adds a section to the written report.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }

    /// Allows a warning everywhere in the case.
    #[must_use]
    pub fn allow(mut self, warning: Code) -> Self {
        self.allow.push(warning);
        self
    }

    /// The case, if nothing is wrong with it. [`Builder::load`] has the warnings.
    ///
    /// Cost: that of loading a case file of the same content, and of writing it.
    ///
    /// # Errors
    ///
    /// [`BuildError`] with everything that a case file of the same content would be refused for.
    pub fn build(&self) -> Result<Case, BuildError> {
        let layout = self.layout();
        let Loaded { sources, case, mut diagnostics, .. } = load_text(layout.text);
        case.ok_or_else(|| {
            diagnostics.retain(Diagnostic::is_error);
            BuildError { diagnostics, sources, entries: layout.entries }
        })
    }

    /// What a case file of the same content loads to: the case, its warnings, and the text that they point into.
    pub fn load(&self) -> Loaded {
        load_text(self.layout().text)
    }

    fn layout(&self) -> Layout {
        Layout::of_file("Case", &self.fields())
    }

    pub(in super::super) fn fields(&self) -> Vec<(&'static str, Value)> {
        fields([
            ("title", &self.title),
            ("summary", &self.summary),
            ("standard", &self.standard),
            ("thresholds", &self.thresholds),
            ("actors", &self.actors),
            ("documents", &self.documents),
            ("claims", &self.claims),
            ("relationships", &self.relationships),
            ("inferences", &self.inferences),
            ("questions", &self.questions),
            ("report", &Sections(&self.sections)),
            ("allow", &self.allow),
        ])
    }
}

impl Case {
    /// Starts a case in code; see [`Builder`].
    pub fn builder(title: impl Into<String>) -> Builder {
        Builder::new(title)
    }
}

/// The case file.
impl fmt::Display for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.layout().text)
    }
}

fn load_text(text: String) -> Loaded {
    load(Input::Text { name: "case built in code".to_owned(), text }).expect("a text needs no file to be read from")
}

/// A case made in code cannot be used.
///
/// Its `Display` has a line for each error, with the id of the entry that it is in.
#[derive(Debug)]
pub struct BuildError {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
    entries: Vec<(usize, String)>,
}

impl BuildError {
    /// The errors, in the order of the case file.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The case file that the errors point into, for [`human`](crate::diagnostic::human) and the other renderers.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The id of the entry that a diagnostic points into; none where it is about the case as a whole.
    pub fn entry(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let place = diagnostic.span?.range().start;
        let after = self.entries.partition_point(|&(start, _)| start <= place);
        Some(&self.entries[after.checked_sub(1)?].1)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            f.write_str(if index > 0 { "\n" } else { "" })?;
            if let Some(id) = self.entry(diagnostic) {
                write!(f, "`{id}`: ")?;
            }
            f.write_str(&diagnostic.message)?;
            if let Some(help) = &diagnostic.help {
                write!(f, ": {help}")?;
            }
        }
        Ok(())
    }
}

impl Error for BuildError {}

struct Sections<'s>(&'s [Section]);

impl Written for Sections<'_> {
    fn written(&self) -> Value {
        Value::Record("", vec![("sections", Value::List(self.0.iter().map(Written::written).collect()))])
    }

    fn is_left_out(&self) -> bool {
        self.0.is_empty()
    }
}

/// The numbers that are not the defaults.
impl Written for Thresholds {
    fn written(&self) -> Value {
        let default = Self::default();
        Value::Record(
            "",
            fields([
                ("serious", &other(self.serious, default.serious)),
                ("preponderance", &Change(self.preponderance, default.preponderance)),
                ("clear_and_convincing", &Change(self.clear_and_convincing, default.clear_and_convincing)),
                ("beyond_reasonable_doubt", &Change(self.beyond_reasonable_doubt, default.beyond_reasonable_doubt)),
            ]),
        )
    }

    fn is_left_out(&self) -> bool {
        *self == Self::default()
    }
}

/// A bar, and the default that it may differ from.
struct Change(Bar, Bar);

impl Written for Change {
    fn written(&self) -> Value {
        let Self(bar, default) = self;
        let margin = other(bar.margin, default.margin);
        Value::Record("", fields([("case", &other(bar.case, default.case)), ("margin", &margin)]))
    }

    fn is_left_out(&self) -> bool {
        self.0 == self.1
    }
}

fn other(number: Probability, default: Probability) -> Option<Probability> {
    (number != default).then_some(number)
}

impl Written for Probability {
    fn written(&self) -> Value {
        Value::Number(self.get())
    }
}

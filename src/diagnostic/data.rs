//! One thing that is wrong.

use crate::source::Span;

use super::{Code, Fix, Safety, Severity};

/// One thing that is wrong with a case, with its place and a way out.
///
/// Built step by step; what is not said stays empty:
///
/// ```
/// use evigraph::{Code, Diagnostic};
/// let problem = Diagnostic::unplaced(Code::UnknownId, "nothing is called `hitz-vol2`")
///     .help("did you mean `hitz-vol-2`?");
/// assert!(problem.is_error());
/// assert_eq!(problem.code.name(), "unknown-id");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which sort of mistake it is.
    pub code: Code,
    /// What is wrong, in one sentence, without the code.
    pub message: String,
    /// The words that it is about; none where it concerns the case as a whole.
    pub span: Option<Span>,
    /// A few words that stand under the underlined ones.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Ways out that can be applied as they are, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Other places that have to do with it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// The ids of the entries that it is about, as far as they are known: first those of which it says something, then
    /// those because of which it does.
    pub about: Vec<String>,
}

impl Diagnostic {
    /// A problem with the words of `span`; of the case as a whole where that is [`Span::NOWHERE`].
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { span: span.somewhere(), ..Self::unplaced(code, message) }
    }

    /// A problem of the case as a whole.
    pub fn unplaced(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span: None,
            label: None,
            help: None,
            fixes: Vec::new(),
            related: Vec::new(),
            about: Vec::new(),
        }
    }

    /// Puts a few words under the underlined ones.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do about it, where that is known.
    #[must_use]
    pub fn help_if(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Adds a way out that can be applied as it is. Where nothing else has been said about what to do, the help is the
    /// titles of the fixes, so that the two cannot disagree:
    ///
    /// ```
    /// use evigraph::{Code, Diagnostic, Fix, Span};
    /// let problem = Diagnostic::unplaced(Code::Syntax, "a comma is missing").fix(Fix::safe("add `,`", Span::NOWHERE, ","));
    /// assert_eq!(problem.help.as_deref(), Some("add `,`"));
    /// ```
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        let is_said = self.help != self.offered();
        self.fixes.push(fix);
        if !is_said {
            self.help = self.offered();
        }
        self
    }

    /// Adds a way out, where one is known.
    #[must_use]
    pub fn fix_if(self, fix: Option<Fix>) -> Self {
        match fix {
            Some(fix) => self.fix(fix),
            None => self,
        }
    }

    /// The titles of the fixes, if there are any.
    fn offered(&self) -> Option<String> {
        let titles: Vec<&str> = self.fixes.iter().map(|fix| fix.title.as_str()).collect();
        (!titles.is_empty()).then(|| titles.join(", or "))
    }

    /// Asks whether another word was meant, and offers to write it in place of `span`.
    #[must_use]
    pub fn did_you_mean(self, word: &str, span: Span, safety: Safety) -> Self {
        let fix = Fix::new(format!("write `{word}`"), safety, span, word);
        self.help(format!("did you mean `{word}`?")).fix(fix)
    }

    /// Adds another place that has to do with it, unless it is [`Span::NOWHERE`].
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.extend(span.somewhere().map(|span| (span, message.into())));
        self
    }

    /// Names an entry that it is about.
    #[must_use]
    pub fn about(mut self, id: impl ToString) -> Self {
        self.about.push(id.to_string());
        self
    }

    /// Names several entries that it is about.
    #[must_use]
    pub fn about_all(self, ids: impl IntoIterator<Item = impl ToString>) -> Self {
        ids.into_iter().fold(self, Self::about)
    }

    /// Whether it is an error or a warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

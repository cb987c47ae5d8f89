//! Running text that knows which of its words are a statement and which a source, so that one sentence can be read
//! on a terminal, in JSON, and with links in a report.

use std::collections::BTreeSet;

use crate::model::{Case, Citations, Source, StatementId};

use super::phrase::{capital, joined, quoted};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// A statement, by its text.
    Claim(StatementId),
    /// A statement by its first words.
    ClaimInBrief(StatementId),
    /// A statement that has been mentioned: by its number in a report, elsewhere by its first words.
    ClaimAgain(StatementId),
    /// A source, by its number and title.
    Source(Source),
    /// A source that has been mentioned: by its number where it has one, else by the first words of its title.
    SourceAgain(Source),
    /// Several sources, `a, b and c`, in the order of their numbers, each with whether it has been mentioned: a few by
    /// their titles, many by their numbers alone.
    Sources(Vec<(Source, bool)>),
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose(Vec<Piece>);

impl Prose {
    /// Plain words.
    pub fn of(words: impl Into<String>) -> Self {
        Self::default().words(words)
    }

    /// The text of a statement.
    pub fn claim(statement: StatementId) -> Self {
        Self(vec![Piece::Claim(statement)])
    }

    /// A statement by its first words.
    pub fn claim_in_brief(statement: StatementId) -> Self {
        Self(vec![Piece::ClaimInBrief(statement)])
    }

    /// A source by its title.
    pub fn source(source: Source) -> Self {
        Self(vec![Piece::Source(source)])
    }

    /// The same with words behind it.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        match self.0.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(last)) => last.push_str(&words),
            _ => self.0.push(Piece::Words(words)),
        }
        self
    }

    /// The same with other text behind it.
    #[must_use]
    pub fn then(mut self, more: Self) -> Self {
        for piece in more.0 {
            match piece {
                Piece::Words(words) => self = self.words(words),
                piece => self.0.push(piece),
            }
        }
        self
    }

    /// `a`, `a and b`, `a, b and c`, with the word that is given.
    pub fn list(items: impl IntoIterator<Item = Self>, word: &str) -> Self {
        let items: Vec<Self> = items.into_iter().collect();
        let last = items.len().saturating_sub(1);
        items.into_iter().enumerate().fold(Self::default(), |list, (at, item)| {
            let between = match at {
                0 => String::new(),
                _ if at == last => format!(" {word} "),
                _ => ", ".to_owned(),
            };
            list.words(between).then(item)
        })
    }

    /// `a; b; c`.
    pub fn series(items: impl IntoIterator<Item = Self>) -> Self {
        let items = items.into_iter().enumerate();
        items.fold(Self::default(), |series, (at, item)| series.words(if at == 0 { "" } else { "; " }).then(item))
    }

    /// The texts of statements, `a, b and c`.
    pub fn claims<'s>(statements: impl IntoIterator<Item = &'s StatementId>) -> Self {
        Self::list(statements.into_iter().map(|&statement| Self::claim(statement)), "and")
    }

    /// Sources, `a, b and c`.
    pub fn sources(sources: &[Source]) -> Self {
        match sources {
            [source] => Self::source(*source),
            _ => Self::many_sources(sources),
        }
    }

    /// Sources as one list, however few.
    pub(crate) fn many_sources(sources: &[Source]) -> Self {
        Self(vec![Piece::Sources(sources.iter().map(|&source| (source, false)).collect())])
    }

    /// Sentences, one after another.
    pub fn sentences(sentences: impl IntoIterator<Item = Self>) -> Self {
        let sentences = sentences.into_iter().filter(|sentence| !sentence.is_empty());
        sentences
            .enumerate()
            .fold(Self::default(), |text, (at, sentence)| text.words(if at == 0 { "" } else { " " }).then(sentence))
    }

    /// A clause as a sentence: its first letter large, a full stop behind it.
    #[must_use]
    pub fn sentence(self) -> Self {
        self.capital().words(".")
    }

    /// The same with a large first letter.
    #[must_use]
    pub fn capital(mut self) -> Self {
        if let Some(Piece::Words(words)) = self.0.first_mut() {
            *words = capital(words);
        }
        self
    }

    /// The same with all statements but one by their first words.
    #[must_use]
    pub(super) fn briefly(self, but: StatementId) -> Self {
        let brief = |piece| match piece {
            Piece::Claim(statement) if statement != but => Piece::ClaimInBrief(statement),
            piece => piece,
        };
        Self(self.0.into_iter().map(brief).collect())
    }

    /// The same with sources by their numbers.
    #[must_use]
    pub(super) fn by_number(self) -> Self {
        let numbered = |piece| match piece {
            Piece::Source(source) => Piece::SourceAgain(source),
            Piece::Sources(sources) => Piece::Sources(sources.into_iter().map(|(source, _)| (source, true)).collect()),
            piece => piece,
        };
        Self(self.0.into_iter().map(numbered).collect())
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The same with statements and sources in their shorter form where they have been mentioned before.
    #[must_use]
    pub fn mentioning_once(self, mentioned: &mut Mentioned) -> Self {
        let once = |piece: Piece| match piece {
            Piece::Source(source) if !mentioned.sources.insert(source) => Piece::SourceAgain(source),
            Piece::Sources(mut sources) => {
                sources.iter_mut().for_each(|(source, again)| *again |= !mentioned.sources.insert(*source));
                Piece::Sources(sources)
            }
            Piece::Claim(statement) | Piece::ClaimInBrief(statement) if mentioned.statements.contains(&statement) => {
                Piece::ClaimAgain(statement)
            }
            Piece::Claim(statement) | Piece::ClaimInBrief(statement) => {
                mentioned.statements.insert(statement);
                piece
            }
            piece => piece,
        };
        Self(self.0.into_iter().map(once).collect())
    }

    /// The text without links: statements quoted, sources by their numbers and titles.
    pub fn plain(&self, case: &Case, citations: &Citations) -> String {
        let plain = Plain { case, citations };
        self.0.iter().map(|piece| plain.piece(piece)).collect()
    }
}

/// What a text has mentioned so far.
#[derive(Debug, Clone, Default)]
pub struct Mentioned {
    statements: BTreeSet<StatementId>,
    sources: BTreeSet<Source>,
}

/// So many words of a statement are enough, where it is mentioned in brief, and where it has been mentioned.
const IN_BRIEF: usize = 12;
const AGAIN: usize = 7;

/// So many sources are listed by their titles.
const FEW: usize = 4;

/// How pieces are written without links.
struct Plain<'c> {
    case: &'c Case,
    citations: &'c Citations,
}

impl Plain<'_> {
    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Words(words) => words.clone(),
            Piece::Claim(statement) => quoted(&self.case.statements[*statement].text),
            Piece::ClaimInBrief(statement) => quoted(&in_brief(self.case, self.citations, *statement)),
            Piece::ClaimAgain(statement) => quoted(&by_first_words(self.case, self.citations, *statement, AGAIN)),
            Piece::Source(source) => title(self.case, self.citations, *source),
            Piece::SourceAgain(source) => self.title_again(*source),
            Piece::Sources(sources) => self.listed(sources),
        }
    }

    /// Sources in the order of their numbers: a few by their titles, of many the first.
    fn listed(&self, sources: &[(Source, bool)]) -> String {
        let mut sources = sources.to_vec();
        sources.sort_by_key(|&(source, _)| self.citations.source_number(source).unwrap_or(u64::MAX));
        let shown = if sources.len() <= FEW { FEW } else { FEW - 1 };
        let named = sources.iter().take(shown).map(|&(source, again)| match again {
            true => self.title_again(source),
            false => title(self.case, self.citations, source),
        });
        let rest = sources.len().saturating_sub(shown);
        joined(named.chain((rest > 0).then(|| format!("{rest} others"))))
    }

    /// A source that has been mentioned: by its number, or by the first words of its title.
    fn title_again(&self, source: Source) -> String {
        let cited = cited(self.citations, source);
        cited.unwrap_or_else(|| quoted(&first_words(self.case.source_title(source), AGAIN)))
    }
}

/// A statement where it is mentioned in brief.
pub(crate) fn in_brief(case: &Case, citations: &Citations, statement: StatementId) -> String {
    by_first_words(case, citations, statement, IN_BRIEF)
}

/// A statement by so many words, or by as many as distinguish it from others.
fn by_first_words(case: &Case, citations: &Citations, statement: StatementId, shown: usize) -> String {
    let apart = citations.words_apart(case, statement);
    first_words(&case.statements[statement].text, shown.max(apart))
}

/// A text by so many of its first words.
fn first_words(text: &str, shown: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= shown + 2 {
        return words.join(" ");
    }
    let start = words[..shown].join(" ");
    format!("{} …", start.trim_end_matches([',', ';', ':', '.']))
}

/// A source by its title, with its number.
pub(super) fn title(case: &Case, citations: &Citations, source: Source) -> String {
    let title = quoted(case.source_title(source));
    match cited(citations, source) {
        Some(number) => format!("{number} {title}"),
        None => title,
    }
}

/// The number of a source, `[3]`.
fn cited(citations: &Citations, source: Source) -> Option<String> {
    citations.source_number(source).map(|number| format!("[{number}]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_sentences_are_written_as_an_editor_would() {
        let case = Case::default();
        let citations = Citations::new(&case);
        let items = |count: usize| ["one", "two", "three"].into_iter().take(count).map(Prose::of);
        let lists = (0..4).map(|count| Prose::list(items(count), "or").plain(&case, &citations));
        assert_eq!(lists.collect::<Vec<_>>(), ["", "one", "one or two", "one, two or three"]);
        assert_eq!(Prose::of("éa b").sentence().plain(&case, &citations), "Éa b.");
        let sentences = [Prose::of("One."), Prose::default(), Prose::of("Two.")];
        assert_eq!(Prose::sentences(sentences).plain(&case, &citations), "One. Two.");
    }
}

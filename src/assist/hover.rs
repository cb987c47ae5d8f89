//! What is known of the words at a place.

use std::ops::Range;

use crate::authoring::{Part, Piece, Sort, Words, field_words};
use crate::diagnostic::{Code, Diagnostic, code_page};
use crate::engine::Engine;
use crate::escape::markdown;
use crate::explain::grounds;
use crate::model::{Case, Effect, Key, Premise, Probability, Source, Statement, StatementId};
use crate::source::FileId;
use crate::verdict::Assessment;
use crate::words::{degree, ground_words, in_backquotes, joined, premise_words, verdict_with_detail};

use super::judged::Verdicts;
use super::outlined::OutlinedCase;
use super::problem::place;

/// How many reasons are shown.
const MOST_REASONS: usize = 2;

/// What there is to say, but for what takes the engine.
#[derive(Debug)]
pub struct Found {
    /// The file of the words.
    pub file: FileId,
    /// The words.
    pub bytes: Range<usize>,
    /// Paragraphs of Markdown.
    paragraphs: Vec<String>,
    /// The statement whose strongest reasons are to be shown.
    statement: Option<String>,
    /// What comes behind them.
    pages: Vec<String>,
}

/// What there is to say of the words at a byte of a file.
pub fn look_up(
    outlined: &OutlinedCase,
    file: FileId,
    byte: usize,
    verdicts: Option<&Verdicts>,
    diagnostics: &[Diagnostic],
) -> Option<Found> {
    let piece = outlined.outline(file).piece_at(byte);
    let (mut paragraphs, statement) = piece.map(|piece| of_piece(outlined, file, piece, verdicts)).unwrap_or_default();
    let pages = pages(outlined, file, byte, diagnostics);
    let mut bytes = piece.map_or(byte..byte, |piece| piece.bytes.clone());
    if let Some((span, note)) = verdicts.and_then(|verdicts| verdicts.note(file, byte)) {
        paragraphs.push(markdown(note));
        bytes = span.range();
    }
    let is_something = !paragraphs.is_empty() || !pages.is_empty();
    is_something.then_some(Found { file, bytes, paragraphs, statement, pages })
}

/// The pages of the codes of what is wrong at a byte.
fn pages(outlined: &OutlinedCase, file: FileId, byte: usize, diagnostics: &[Diagnostic]) -> Vec<String> {
    let is_here = |problem: &&Diagnostic| {
        let span = place(problem, &outlined.loaded.sources);
        span.is_some_and(|span| span.file == file && span.range().start <= byte && byte <= span.range().end)
    };
    let mut codes: Vec<Code> = diagnostics.iter().filter(is_here).map(|problem| problem.code).collect();
    codes.dedup();
    codes.into_iter().map(code_page).collect()
}

fn of_piece(
    outlined: &OutlinedCase,
    file: FileId,
    piece: &Piece,
    verdicts: Option<&Verdicts>,
) -> (Vec<String>, Option<String>) {
    let written = &outlined.text(file)[piece.bytes.clone()];
    match &piece.part {
        Part::Defined { id, .. } | Part::Used { id, .. } => {
            let is_statement = outlined.loaded.case.as_ref().is_some_and(|case| case.statement(id).is_some());
            (of_id(outlined, id, verdicts), is_statement.then(|| id.clone()))
        }
        Part::Field(Some(field)) => {
            let words = field_words(piece.record, field.name);
            (
                vec![format!("**`{}`**{}", field.name, if field.required { " · required" } else { "" })]
                    .into_iter()
                    .chain(words)
                    .collect(),
                None,
            )
        }
        Part::Word(words) => (of_word(*words, written).into_iter().collect(), None),
        Part::Lint => (Code::from_name(written).map(code_page).into_iter().collect(), None),
        _ => (Vec::new(), None),
    }
}

fn of_word(words: Words, written: &str) -> Option<String> {
    let (word, number) = words.known().into_iter().find(|(word, _)| *word == written)?;
    let number = number?;
    Some(match words {
        Words::Manners => format!("**`{word}`** · strength {} where none is written", degree(number)),
        _ => format!("**`{word}`** · {}", degree(number)),
    })
}

fn of_id(outlined: &OutlinedCase, id: &str, verdicts: Option<&Verdicts>) -> Vec<String> {
    let Some((_, entry)) = outlined.entry(id) else { return Vec::new() };
    let case = outlined.loaded.case.as_ref();
    // A relationship has words of its own only in a whole case.
    let statement = case.and_then(|case| Some(&case.statements[case.statement(id)?]));
    let title = statement.map_or(&entry.title, |statement| &statement.text);
    let mut paragraphs = Vec::new();
    if !title.is_empty() {
        paragraphs.push(format!("**{}**", markdown(title.trim())));
    }
    paragraphs.push(case.and_then(|case| described(case, id)).unwrap_or_else(|| bare(entry.sort)));
    paragraphs.extend(case.and_then(|case| withheld(case, case.source(id)?)));
    // Of a case with errors in it there are no verdicts, whatever they were before.
    paragraphs.extend(case.and(verdicts).and_then(|verdicts| verdicts.of(id)).map(verdict_words));
    paragraphs
}

fn bare(sort: Sort) -> String {
    let plural = sort.plural();
    plural.strip_suffix('s').unwrap_or(plural).to_owned()
}

/// What an entry is.
fn described(case: &Case, id: &str) -> Option<String> {
    if let Some(source) = case.source(id) {
        let (kind, reliability) = match source {
            Source::Document(document) => {
                let document = &case.documents[document];
                (document.kind.phrase(), Some(document.reliability))
            }
            Source::Actor(actor) => (case.actors[actor].kind.phrase(), case.actors[actor].reliability),
        };
        let reliability = reliability.map(|number| format!(" · reliability {}", degree(number.get())));
        let sort = if matches!(source, Source::Document(_)) { "document" } else { "actor" };
        return Some(format!("{sort} · {}{}", markdown(kind), reliability.unwrap_or_default()));
    }
    let statement = case.statement(id)?;
    case.statements[statement].claim_kind().map(|kind| format!("claim · {}", format!("{kind:?}").to_lowercase()))
}

/// What is withheld of a document, and which statements that may speak to.
fn withheld(case: &Case, source: Source) -> Option<String> {
    let Source::Document(id) = source else { return None };
    let document = &case.documents[id];
    if document.withheld == Probability::ZERO {
        return None;
    }
    let from = Premise::Source(source);
    let speaks_to = |statement: &&Statement| statement.evidence.iter().any(|link| link.from == from);
    let own = || case.statements.values().filter(speaks_to).map(|statement| &statement.key).collect();
    let named = |listed: &Vec<StatementId>| listed.iter().map(|&statement| &case.statements[statement].key).collect();
    let reached: Vec<&Key> = document.bears_on.as_ref().map_or_else(own, named);
    let what = match &document.bears_on {
        _ if reached.is_empty() => "it may speak to nothing in the case".to_owned(),
        Some(_) => format!("it may speak to {}", joined(reached.into_iter().map(in_backquotes))),
        None => format!(
            "with no `bears_on`, it may speak to what the document is evidence on and to nothing else: {}",
            joined(reached.into_iter().map(in_backquotes))
        ),
    };
    Some(format!("{} is withheld: {what}", degree(document.withheld.get())))
}

/// `supported (established) · case for 0.97 · case against 0.00`
pub(super) fn verdict_words(assessment: Assessment) -> String {
    let [case_for, case_against] = [assessment.degrees.case_for(), assessment.degrees.case_against()].map(degree);
    format!("**{}** · case for {case_for} · case against {case_against}", verdict_with_detail(assessment.detail))
}

impl Found {
    /// The whole as Markdown, with the strongest reasons where an engine is given and has them.
    pub fn markdown(mut self, engine: Option<&Engine<'_>>) -> String {
        let statement =
            self.statement.as_ref().zip(engine).and_then(|(id, engine)| Some((engine.case().statement(id)?, engine)));
        self.paragraphs.extend(statement.and_then(|(statement, engine)| reasons(engine, statement)));
        if !self.paragraphs.is_empty() && !self.pages.is_empty() {
            self.paragraphs.push("---".to_owned());
        }
        self.paragraphs.append(&mut self.pages);
        self.paragraphs.join("\n\n")
    }
}

/// The strongest reasons for and against a statement, a line each.
fn reasons(engine: &Engine<'_>, statement: StatementId) -> Option<String> {
    let case = engine.case();
    let mut grounds = grounds(engine, statement).ok()?;
    grounds.retain(|ground| ground.weight > 0.0);
    grounds.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let lines = grounds.iter().take(MOST_REASONS).map(|ground| {
        let words = ground_words(case, ground, &mut |premise| premise_words(case, premise));
        let side = if ground.effect == Effect::Supports { "for" } else { "against" };
        format!("- {side}, {}: {}", degree(ground.weight), markdown(&words))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};

    #[test]
    fn what_is_withheld_is_said_with_what_it_can_reach() {
        let text = r#"Case(title: "T", documents: {
            "silent": (title: "S", withheld: Partial), "named": (title: "N", withheld: Heavy, bears_on: ["b"]),
            "nothing": (title: "O", withheld: 1.0, bears_on: []), "open": (title: "P"),
        }, claims: {"a": (text: "A", evidence: [Supports(from: ["silent", "named", "nothing", "open"])]), "b": (text: "B")})"#;
        let input = Input::Text { name: "case.ron".to_owned(), text: text.to_owned() };
        let case = load(input).expect("it is read").case.expect("it is sound");
        let said = |id: &str| withheld(&case, case.source(id).expect("it is there"));
        let silent = "0.25 is withheld: with no `bears_on`, it may speak to what the document is evidence on and to nothing \
                      else: `a`";
        assert_eq!(said("silent").as_deref(), Some(silent));
        assert_eq!(said("named").as_deref(), Some("0.60 is withheld: it may speak to `b`"));
        assert_eq!(said("nothing").as_deref(), Some("1.00 is withheld: it may speak to nothing in the case"));
        assert_eq!(said("open"), None);
    }
}

//! What `check` warns of: copies that cannot be read or have changed, and quotations that are not in them.

use crate::authoring::respelled;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::{Case, Document, Evidence, Premise, QuoteState, Source};
use crate::source::Sources;

use super::check::{KeptCopy, Quotations};
use super::kept::CopyTrouble;
use super::quotation::Quotation;
use super::text::Place;

/// So many letters of a passage stand in a message.
const MOST_SHOWN: usize = 240;

/// The warnings about the copies and quotations of a case.
pub fn warnings(case: &Case, sources: &Sources, found: &Quotations) -> Vec<Diagnostic> {
    let mut problems = Diagnostics::new();
    let (unfounded, others): (Vec<&KeptCopy>, _) =
        found.copies.iter().partition(|copy| copy.trouble == Some(CopyTrouble::NoFolder));
    unfounded
        .first()
        .map(|copy| without_folder(&case.documents[copy.document]))
        .into_iter()
        .for_each(|one| problems.push(one));
    others.into_iter().filter_map(|copy| of_copy(case, copy)).for_each(|one| problems.push(one));
    found.all.iter().filter_map(|one| of_quotation(case, sources, one)).for_each(|one| problems.push(one));
    problems.finish()
}

/// One for all documents: the case as a whole has no folder.
fn without_folder(document: &Document) -> Diagnostic {
    let message = "the kept copies of this case are not read, as it is not read from a file";
    Diagnostic::new(Code::CopyUnreadable, document.declared, message)
        .help("give the case as a file: then copies are found in its folder")
        .about(&document.key)
}

fn of_copy(case: &Case, copy: &KeptCopy) -> Option<Diagnostic> {
    let document = &case.documents[copy.document];
    let (id, path) = (&document.key, document.copy.as_deref()?);
    if let Some(trouble) = &copy.trouble {
        let message = format!("`{path}`, the kept copy of `{id}`, is not read: {trouble}");
        let help = match trouble {
            CopyTrouble::Outside | CopyTrouble::LinkOutside => "put it into the folder of the case",
            CopyTrouble::Missing => "a path starts from the folder of the file that it is written in",
            _ => "until it can be read, what is quoted from it is unchecked",
        };
        return Some(Diagnostic::new(Code::CopyUnreadable, document.declared, message).help(help).about(id));
    }
    let hash = copy.sha256.as_ref().filter(|_| copy.is_changed)?;
    let message = format!("`{path}`, the kept copy of `{id}`, is not the file that `sha256` says");
    let help = format!("put the file back that was meant; if this one is right, write `sha256: \"{hash}\"`");
    Some(Diagnostic::new(Code::CopyChanged, document.declared, message).help(help).about(id))
}

fn of_quotation(case: &Case, sources: &Sources, quotation: &Quotation) -> Option<Diagnostic> {
    let statement = &case.statements[quotation.statement];
    let link = &statement.evidence[quotation.index];
    let Premise::Source(source @ Source::Document(_)) = link.from else { return None };
    let id = case.source_key(source);
    let span = link.quote_place.somewhere().unwrap_or(link.span);
    let problem = |code, message: String| Diagnostic::new(code, span, message).about(&statement.key).about(id);
    match quotation.state {
        QuoteState::Missing if quotation.is_out_of_order => {
            let message = format!("the kept copy of `{id}` has the parts of this quotation in another order");
            let help = "quote them in the order of the source, or each for itself";
            Some(problem(Code::QuoteMissing, message).help(help))
        }
        QuoteState::Missing => {
            let help = "copy them again from the source, and write `[…]` for what you leave out";
            Some(problem(Code::QuoteMissing, format!("the kept copy of `{id}` does not have these words")).help(help))
        }
        QuoteState::Near => {
            let passage = quotation.passage.as_ref()?;
            let message = format!("the kept copy of `{id}` does not have quite these words");
            let place = quotation.place.map(place_words).unwrap_or_default();
            let help = format!("the copy has “{}”{place}", shown(&passage.words));
            let repaired = passage.repaired.as_ref().ok();
            let text = repaired.and_then(|repaired| respelled(sources, link.quote_place, repaired));
            let fix = text.map(|(span, text)| Fix::suggested("write the words of the copy", span, text));
            Some(problem(Code::QuoteNear, message).help(help).fix_if(fix))
        }
        _ if quotation.is_elsewhere => Some(elsewhere(problem, id.as_str(), link, quotation.place?)),
        _ => None,
    }
}

fn elsewhere(problem: impl Fn(Code, String) -> Diagnostic, id: &str, link: &Evidence, place: Place) -> Diagnostic {
    let at = link.at.as_deref().unwrap_or_default();
    let message = format!("the kept copy of `{id}` has these words{}, and `at` says `{at}`", place_words(place));
    problem(Code::QuoteElsewhere, message)
        .help("correct `at`; if it counts the pages of another edition, say so, or allow this")
}

/// What became of a quotation, in a sentence: `exact: found in the kept copy on page 3`.
pub fn note(case: &Case, found: &Quotations, quotation: &Quotation) -> String {
    let state = quotation.state;
    let place = quotation.place.map(place_words).unwrap_or_default();
    let why = found.why_unchecked(case, quotation).map(|why| format!(": {why}")).unwrap_or_default();
    format!("Quotation {}: {}{place}{why}", state.name(), state.phrase())
}

/// ` on page 3`, ` on line 12`; empty where the copy has neither.
pub fn place_words(place: Place) -> String {
    match place {
        Place { page: Some(page), .. } => format!(" on page {page}"),
        Place { line: Some(line), .. } => format!(" on line {line}"),
        Place { page: None, line: None } => String::new(),
    }
}

fn shown(words: &str) -> String {
    match words.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

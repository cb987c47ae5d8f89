//! The table of verdicts, wrapped to the terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::engine::{Answer, Engine, Method, QuestionAnswer, StatementAnswer};
use crate::model::{Case, Key, QuestionId};
use crate::verdict::{Assessment, Degrees, Detail, Finding, Verdict};
use crate::words::{
    Prose, account, as_of_phrase, brief, capital, degree, degree_within, detail_phrase, finding_phrase, in_backquotes,
    method_phrase, not_refuted, one_line, quoted, reason_phrase, remarks, too_close, verdict_with_detail,
    verified_only,
};

use super::layout::{BLUE, BOLD, DIM, GREEN, RED, YELLOW, hanging, lines, mark, styled, wrapped};

/// The verdicts as a text for people: questions first, then statements grouped by verdict. Questions that were `asked`
/// by name get their whole account, part by part.
pub fn render(engine: &Engine<'_>, answer: &Answer, asked: &BTreeSet<QuestionId>, width: usize) -> String {
    let case = engine.case();
    let mut text = heading(engine, width);
    for question in &answer.questions {
        text += &finding(engine, question, asked.contains(&question.question), width);
    }
    let columns = Columns::new(width);
    for verdict in [Verdict::Supported, Verdict::Contested, Verdict::Unsupported, Verdict::Undecided] {
        let mut rows: Vec<&StatementAnswer> =
            answer.statements.iter().filter(|answer| answer.assessment.verdict() == verdict).collect();
        rows.sort_by(|one, other| order(case, one).partial_cmp(&order(case, other)).expect("no number is NaN"));
        if !rows.is_empty() {
            text += &columns.group(verdict, rows.len());
            rows.into_iter().for_each(|row| text += &columns.entry(case, row));
        }
    }
    text
}

/// A question with its finding, in brief or in full.
fn finding(engine: &Engine<'_>, question: &QuestionAnswer, in_full: bool, width: usize) -> String {
    let case = engine.case();
    let style = finding_style(question.finding);
    let mut text =
        format!("\n{}\n", styled(BOLD, wrapped(&visible(&case.questions[question.question].text), width, "")));
    let paragraph = |label: Option<&str>, style, body: &Prose| {
        let label = label.map(|label| format!("{}: ", styled(style, label))).unwrap_or_default();
        let body = format!("{label}{}", visible(&body.plain(case, engine.citations())));
        format!("{}\n", wrapped(&body, width - 2, "  "))
    };
    if in_full {
        let account = account(engine, question);
        text += &paragraph(Some(finding_phrase(account.finding)), style, &account.opening.clone().words("."));
        for part in account.mentioned_once() {
            text += &match &part.points[..] {
                [] | [_] => paragraph(Some(part.topic.label()), BOLD, &part.text),
                points => listed(engine, part.topic.label(), points, width),
            };
        }
    } else {
        for (at, part) in brief(engine, question).into_iter().enumerate() {
            let label = (at == 0).then(|| finding_phrase(question.finding));
            text += &paragraph(label, style, &part);
        }
    }
    text
}

/// Points under a label.
fn listed(engine: &Engine<'_>, label: &str, points: &[Prose], width: usize) -> String {
    let mut text = format!("  {}\n", styled(BOLD, format!("{label}:")));
    for point in points {
        let words = point.plain(engine.case(), engine.citations());
        let _ = writeln!(text, "{}", hanging(&visible(&words), width - 2, "  - ", "    "));
    }
    text
}

/// The question whose headline is shown, with its whole account; nothing where a statement was asked for itself.
pub fn question_head(engine: &Engine<'_>, question: Option<&QuestionAnswer>, width: usize) -> String {
    question.map(|question| finding(engine, question, true, width)).unwrap_or_default()
}

/// The title, the standard, and everything that was changed for this answer.
pub fn heading(engine: &Engine<'_>, width: usize) -> String {
    let case = engine.case();
    let standard = engine.scenario().standard.unwrap_or(case.standard);
    let mut text = format!("{}\n", styled(BOLD, wrapped(&visible(&case.title), width, "")));
    let reading = format!("Standard: {} · {}", standard.phrase(), method_phrase(engine));
    let _ = writeln!(text, "{}", styled(DIM, wrapped(&reading, width, "")));
    if let Some(as_of) = as_of_phrase(engine) {
        let _ = writeln!(text, "{}", styled(YELLOW, wrapped(&capital(&as_of), width, "")));
    }
    let changes = changes(engine);
    if !changes.is_empty() {
        let _ = writeln!(text, "{}", styled(YELLOW, wrapped(&format!("What if: {}", changes.join("; ")), width, "")));
    }
    text
}

fn changes(engine: &Engine<'_>) -> Vec<String> {
    let (case, scenario) = (engine.case(), engine.scenario());
    let mut changes: Vec<String> = Vec::new();
    changes.extend(scenario.without.iter().map(|&source| format!("without {}", case.source_key(source))));
    changes.extend(scenario.left_out.iter().map(|&id| format!("without {}", case.inferences[id].key)));
    let only: Vec<String> = scenario.only.iter().map(|selector| visible(&selector.to_string()).into_owned()).collect();
    if !only.is_empty() {
        changes.push(format!("only {}", only.join(" or ")));
    }
    let set = |key: &Key, number: f64| format!("{key} set to {number}");
    changes.extend(scenario.set_sources.iter().map(|&(source, number)| set(case.source_key(source), number.get())));
    changes.extend(scenario.set_inferences.iter().map(|&(id, number)| set(&case.inferences[id].key, number.get())));
    changes.extend(scenario.standard.map(|standard| format!("all held to {}", standard.phrase())));
    changes.extend(scenario.unverified.as_ref().map(|links| verified_only(links.len())));
    if let Method::World { off, off_inferences } = engine.method() {
        changes.extend(off.iter().map(|&source| format!("{} off", case.source_key(source))));
        changes.extend(off_inferences.iter().map(|&id| format!("{} off", case.inferences[id].key)));
    }
    changes
}

fn finding_style(finding: Finding) -> anstyle::Style {
    match finding {
        Finding::Confirmed => GREEN,
        Finding::Nuanced => YELLOW,
        Finding::Refuted => RED,
        Finding::Unresolved | Finding::Undecided => BLUE,
    }
}

/// Claims before relationships, then by detail, then the strongest case for first, then by id.
fn order<'c>(case: &'c Case, answer: &StatementAnswer) -> (bool, Detail, f64, &'c str) {
    let entry = &case.statements[answer.statement];
    let rounded = (answer.assessment.degrees.case_for() * 1e9).round();
    (!entry.is_claim(), answer.assessment.detail, -rounded, entry.key.as_str())
}

/// The widths of the columns.
struct Columns {
    words: usize,
    state: usize,
    /// There is no room for columns: so wide are the lines.
    stacked: Option<usize>,
}

impl Columns {
    const NUMBERS: usize = 18;

    /// Below so many columns numbers stand under the words.
    const NARROW: usize = 72;

    fn new(width: usize) -> Self {
        let state = (width / 3).clamp(16, 38);
        let words = width.saturating_sub(state + Self::NUMBERS + 4).max(12);
        Self { words, state, stacked: (width < Self::NARROW).then_some(width) }
    }

    fn entry(&self, case: &Case, answer: &StatementAnswer) -> String {
        match self.stacked {
            Some(width) => stacked(case, answer, width),
            None => self.row(case, answer),
        }
    }

    fn group(&self, verdict: Verdict, rows: usize) -> String {
        let (name, style) = match verdict {
            Verdict::Supported => ("SUPPORTED", GREEN),
            Verdict::Contested => ("CONTESTED", YELLOW),
            Verdict::Unsupported => ("UNSUPPORTED", BLUE),
            Verdict::Undecided => ("UNDECIDED AT THIS PRECISION", DIM),
        };
        let title = format!("{name} ({rows})");
        if self.stacked.is_some() {
            return format!("\n{}\n", styled(style, title));
        }
        let gap = " ".repeat((self.words + 2).saturating_sub(title.len()));
        let numbers = styled(DIM, format!("{:>8} {:>7}   settled?", "case for", "against"));
        format!("\n{}{gap} {numbers}\n", styled(style, title))
    }

    fn row(&self, case: &Case, answer: &StatementAnswer) -> String {
        let entry = &case.statements[answer.statement];
        let degrees = answer.assessment.degrees;
        let words = lines(&visible(&one_line(&entry.text)), self.words).into_iter().map(|line| (line, false));
        let id = lines(entry.key.as_str(), self.words).into_iter().map(|line| (line, true));
        let remarks =
            remarks(answer).into_iter().flat_map(|remark| lines(&visible(&format!("! {remark}")), self.words));
        let left: Vec<(String, bool)> = words.chain(id).chain(remarks.map(|line| (line, true))).collect();
        let right = lines(&state(case, answer), self.state);
        let mut text = String::new();
        for line in 0..left.len().max(right.len()) {
            let (words, is_id) = left.get(line).cloned().unwrap_or_default();
            let pad = " ".repeat(self.words.saturating_sub(textwrap::core::display_width(&words)));
            let words = if is_id { styled(DIM, words) } else { words };
            let first = line == 0;
            let lead = if first { mark(answer.assessment.detail) } else { " ".to_owned() };
            let numbers = if first {
                format!("{:>8} {:>7}", nearly(degrees.case_for(), degrees), nearly(degrees.case_against(), degrees))
            } else {
                " ".repeat(16)
            };
            let state = right.get(line).map_or("", String::as_str);
            let _ = writeln!(text, "{}", format!("{lead} {words}{pad} {numbers}   {state}").trim_end());
        }
        text
    }
}

/// A statement on a narrow terminal: its words, then its id, its cases and whether it is settled.
fn stacked(case: &Case, answer: &StatementAnswer, width: usize) -> String {
    let entry = &case.statements[answer.statement];
    let degrees = answer.assessment.degrees;
    let lead = format!("{} ", mark(answer.assessment.detail));
    let words = hanging(&visible(&one_line(&entry.text)), width, &lead, "  ");
    let [case_for, case_against] = [degrees.case_for(), degrees.case_against()].map(|one| nearly(one, degrees));
    let numbers = format!("{}: case for {case_for}, against {case_against}", entry.key);
    let remarks: String =
        remarks(answer).iter().map(|one| hanging(&visible(one), width, "  ! ", "    ") + "\n").collect();
    let standing: Vec<String> = [numbers, state(case, answer)].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{words}\n{}\n", styled(DIM, hanging(&standing.join("; "), width, "  ", "  "))) + &remarks
}

/// A case in the table: one that is only known within bounds is not shown as 1 or 0.
fn nearly(case: f64, degrees: Degrees) -> String {
    if degrees.within.is_some() { degree(case.clamp(0.01, 0.99)) } else { degree(case) }
}

/// Settled, or why not, in a few words.
fn state(case: &Case, answer: &StatementAnswer) -> String {
    if let Some(claim) = case.statements[answer.statement].same_as {
        return format!("as {}", case.statements[claim].key);
    }
    let assessment = &answer.assessment;
    let mut parts: Vec<String> = Vec::new();
    if assessment.detail == Detail::Refuted {
        parts.push("refuted".to_owned());
    }
    if assessment.detail == Detail::Undecided {
        parts.push(could_be(assessment));
    }
    match answer.settlement.as_ref().map(|settlement| (settlement.settled, settlement)) {
        None => {}
        Some((Some(true), _)) => parts.push("settled".to_owned()),
        Some((None, settlement)) => {
            parts.extend((assessment.detail != Detail::Undecided).then(|| too_close(case, &settlement.doubts)));
        }
        Some((Some(false), settlement)) => {
            parts.extend(settlement.reasons.iter().map(|reason| reason_phrase(case, reason)));
            if let Some(first) = parts.first_mut().filter(|_| assessment.detail != Detail::Refuted) {
                *first = format!("open: {first}");
            }
        }
    }
    parts.extend(match assessment.verdict() {
        // The rivals stand there already.
        Verdict::Contested if assessment.only_contested => {
            Some("not refuted: nothing else opposes it enough".to_owned())
        }
        _ => not_refuted(case, answer, Key::to_string),
    });
    parts.join("; ")
}

/// The verdicts that an undecided statement can have, with the bounds on its cases.
fn could_be(assessment: &Assessment) -> String {
    let details: Vec<&str> = assessment.possible.iter().map(detail_phrase).collect();
    let cases = assessment.degrees.within.map(|within| {
        let [case_for, case_against] = [within.case_for, within.case_against];
        format!(
            "; for {}, against {}",
            degree_within(case_for.low, Some(case_for)),
            degree_within(case_against.low, Some(case_against))
        )
    });
    format!("{}{}", details.join(" or "), cases.unwrap_or_default())
}

/// One statement with its verdict, as the head of `settled` and `why`.
pub fn statement_head(case: &Case, answer: &StatementAnswer, width: usize) -> String {
    let entry = &case.statements[answer.statement];
    let assessment = &answer.assessment;
    let degrees = assessment.degrees;
    let words = wrapped(&visible(&quoted(&entry.text)), width.saturating_sub(2), "  ");
    let verdict = match assessment.detail {
        Detail::Undecided => format!("undecided at this precision: {}", could_be(assessment)),
        detail => verdict_with_detail(detail),
    };
    let mut text =
        format!("{} {}\n", styled(BOLD, entry.key.as_str()), styled(DIM, format!("({})", kind(case, answer))));
    let _ = writeln!(text, "{words}\n");
    let standard = format!("· standard: {}", assessment.standard.phrase());
    let _ = writeln!(text, "{} {} {}", mark(assessment.detail), styled(BOLD, verdict), styled(DIM, standard));
    let within = degrees.within;
    let case_for = degree_within(degrees.case_for(), within.map(|within| within.case_for));
    let case_against = degree_within(degrees.case_against(), within.map(|within| within.case_against));
    let _ = writeln!(text, "  case for {case_for}   case against {case_against}");
    let in_favour = degree_within(degrees.in_favour, within.map(|within| within.in_favour));
    let against = degree_within(degrees.against, within.map(|within| within.against));
    let conflict = degree_within(degrees.conflict, within.map(|within| within.conflict));
    let ignorance = degree_within(degrees.ignorance, within.map(|within| within.ignorance));
    let parts = format!("only for {in_favour}, only against {against}, conflict {conflict}, ignorance {ignorance}");
    let _ = writeln!(text, "{}", styled(DIM, wrapped(&parts, width.saturating_sub(2), "  ")));
    if let Some(why) = not_refuted(case, answer, in_backquotes) {
        let _ = writeln!(text, "{}", wrapped(&why, width.saturating_sub(2), "  "));
    }
    for remark in remarks(answer) {
        let _ = writeln!(text, "{}", styled(YELLOW, hanging(&visible(&remark), width, "  ! ", "    ")));
    }
    text
}

fn kind(case: &Case, answer: &StatementAnswer) -> String {
    let entry = &case.statements[answer.statement];
    match entry.same_as {
        Some(claim) => format!("relationship, takes the verdict of {}", case.statements[claim].key),
        None if entry.is_claim() => "claim".to_owned(),
        None => "relationship".to_owned(),
    }
}

//! `evigraph compare`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::compare::{
    Bearing, Cause, Comparison, Differences, Edit, Limit, Options, Outcome, QuestionChange, StatementChange, Terms,
    Thoroughness,
};
use crate::diagnostic::visible;
use crate::engine::{MayBeTooLarge as _, Method, StatementAnswer};
use crate::json::{Compared, pretty};
use crate::logic::Budget;
use crate::model::{Case, Key};
use crate::verdict::{Detail, Settlement, Verdict};
use crate::words::{
    capital, count, count_or_no, degree, edit_phrase, edit_sentence, edit_subject, finding_phrase, joined, method_name,
    quoted, read_as_of, reason_phrase, too_close, verdict_phrase,
};

use super::args::{AnswerArgs, Format};
use super::exit::{Exit, Failure};
use super::input;
use super::layout::{BOLD, DIM, YELLOW, hanging, mark, styled, wrapped};
use super::output::Output;
use super::watchdog::Watchdog;

/// How many statements of which only the degrees changed a text lists; JSON has all.
const MOST_MOVED: usize = 10;

/// How many edits of one cause a text lists; JSON has all.
const MOST_EDITS: usize = 8;

/// Which verdicts change between two versions of a case, or under a change of it, and by which edits
///
/// Two cases are compared as they are written; with one case, what is written is compared with the same under
/// `--without`, `--only`, `--as-of`, `--set`, `--standard` and `--verified-quotes-only`. For every verdict and finding that changes it says which
/// edits change it by themselves: the fewest, where all sets of up to three edits could be tried. The order in
/// which anything is written is no change. Exit 0 if no verdict and no finding changes, 1 if one does.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The older version: a case file, a folder with a `case.ron`, or `-` for standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,

    /// The newer version; none: the same case under the changes given below
    #[arg(value_name = "CASE2")]
    pub other: Option<PathBuf>,

    /// Compare degrees and verdicts alone, not what is settled
    #[arg(long)]
    pub no_settled: bool,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

pub fn run(args: &CompareArgs, output: &Output) -> Result<Exit, Failure> {
    let stdin = Path::new("-");
    if args.case == stdin && args.other.as_deref() == Some(stdin) {
        let message = "both cases are standard input".to_owned();
        return Err(Failure::Usage { message, help: Some("write one of them to a file".to_owned()) });
    }
    let watchdog = Watchdog::start(&args.answer.evaluation.ceilings);
    let verifies = args.answer.evaluation.scenario.verified_quotes_only;
    let load = if verifies { input::load_case } else { input::load_without_quotations };
    let old = load(&args.case, output)?;
    let newer = args.other.as_deref().map(|path| load(path, output)).transpose()?;
    let cases: Vec<&Case> = [&old].into_iter().chain(&newer).collect();
    let mut terms = input::terms(&cases, &args.answer.evaluation)?;
    if newer.is_none() && terms.flags.is_empty() {
        let message = "there is nothing to compare with".to_owned();
        let help =
            "name a second case, or a change: --without, --only, --as-of, --set, --standard or --verified-quotes-only"
                .to_owned();
        return Err(Failure::Usage { message, help: Some(help) });
    }
    let options = Options {
        settle: !args.no_settled,
        limit: Limit::default(),
        budget: Budget::seconds(args.answer.evaluation.budget()),
    };
    let differences = newer.as_ref().map(|newer| Differences::new(&old, newer));
    let new = newer.as_ref().unwrap_or(&old);
    let watch = watchdog.watch();
    let compared = |terms: &Terms| match &differences {
        Some(differences) => Comparison::of_versions(&old, new, differences, terms, options, &watch),
        None => Comparison::of_flags(&old, terms, options, &watch),
    };
    let comparison = match compared(&terms) {
        Err(error) if error.is_too_large() && terms.method == Method::Auto => {
            terms.method = Method::Sampled;
            compared(&terms)?
        }
        comparison => comparison?,
    };
    watchdog.hush();
    let text = match args.answer.format {
        Format::Json => pretty(&Compared::new([&old, new], &terms, differences.as_ref(), &comparison)),
        Format::Text => {
            let ends = differences.is_some().then(|| [&args.case, args.other.as_ref().unwrap_or(&args.case)]);
            let ends = ends.map(|ends| ends.map(|path| path.display().to_string()));
            let width = output.width(&args.answer.output);
            Page {
                cases: [&old, new],
                terms: &terms,
                differences: differences.as_ref(),
                comparison: &comparison,
                width,
            }
            .text(ends)
        }
    };
    output.write(&args.answer.output, &text)?;
    if comparison.unanswered > 0 {
        let left_out = format!("{} about the newer case left unanswered", count(comparison.unanswered, "verdict"));
        return Ok(Watchdog::end(Some(&left_out), output));
    }
    if comparison.is_cut_short {
        return Ok(Watchdog::end(Some("not every cause of a change was looked for"), output));
    }
    Ok(if comparison.any_verdict_changed() { Exit::No } else { Exit::Yes })
}

/// The comparison as a text for people.
struct Page<'a> {
    cases: [&'a Case; 2],
    terms: &'a Terms,
    differences: Option<&'a Differences>,
    comparison: &'a Comparison,
    width: usize,
}

impl Page<'_> {
    fn text(&self, ends: Option<[String; 2]>) -> String {
        let mut text = self.heading(ends);
        text += &self.counts();
        self.comparison.questions.iter().for_each(|change| text += &self.question(change));
        let mut verdicts = self.with(Outcome::Verdict);
        // Changes of one kind together, other names of a claim behind it.
        verdicts.sort_by_key(|change| {
            let details = [&change.before, &change.after].map(|answer| answer.assessment.detail);
            (details, change.same_as.is_some(), &change.id)
        });
        text += &self.section("VERDICTS THAT CHANGE", &verdicts, |change| self.verdict(change));
        let settled = self.with(Outcome::Settled);
        text += &self.section("SAME VERDICT, SETTLED OR NO LONGER", &settled, |change| self.settled(change));
        text += &self.moved();
        text += &self.alone("ONLY IN THE OLDER CASE", self.cases[0], &self.comparison.removed);
        text += &self.alone("ONLY IN THE NEWER CASE", self.cases[1], &self.comparison.added);
        text + &self.edits()
    }

    fn heading(&self, ends: Option<[String; 2]>) -> String {
        let [old, new] = self.cases;
        let mut text = format!("{}\n", styled(BOLD, self.wrapped(&new.title, "")));
        let flags: Vec<String> = self.terms.flags.iter().map(ToString::to_string).collect();
        let flags = flags.join(" ");
        let between = match ends {
            Some([before, after]) if flags.is_empty() => format!("{before} → {after}"),
            Some([before, after]) => format!("{before} → {after}, both with {flags}"),
            None => format!("as written → {flags}"),
        };
        let _ = writeln!(text, "{}", styled(YELLOW, self.wrapped(&between, "")));
        for as_of in self.as_of() {
            let _ = writeln!(text, "{}", styled(YELLOW, self.wrapped(&capital(&as_of), "")));
        }
        let standard = |case: &Case| self.terms.scenario(case).standard.unwrap_or(case.standard).phrase();
        let mut standards = vec![standard(old), standard(new)];
        standards.dedup();
        let line = format!("Standard: {} · {}", standards.join(" → "), method_name(&self.terms.method));
        let _ = writeln!(text, "{}", styled(DIM, line));
        text
    }

    /// What `--as-of` leaves out, of both versions where there are two and it is not the same.
    fn as_of(&self) -> Vec<String> {
        let [old, new] = self.cases.map(|case| read_as_of(case, &self.terms.scenario(case)));
        match (old, new) {
            (Some(old), Some(new)) if old != new => {
                vec![format!("the older case {old}"), format!("the newer case {new}")]
            }
            (_, new) => new.into_iter().collect(),
        }
    }

    fn with(&self, outcome: Outcome) -> Vec<&StatementChange> {
        self.comparison.statements.iter().filter(|change| change.outcome == outcome).collect()
    }

    /// How many of each there were, and are.
    fn counts(&self) -> String {
        let all = &self.comparison.statements;
        let verdicts = self.with(Outcome::Verdict).len();
        let findings = self.comparison.questions.iter().filter(|change| change.changed()).count();
        let change = if (verdicts, findings) == (1, 0) { "changes" } else { "change" };
        let said = format!("{} and {} {change}", count_or_no(verdicts, "verdict"), count_or_no(findings, "finding"));
        let said = format!("Of {}, {said}.", count(all.len(), "statement"));
        let mut text = format!("\n{}\n", styled(BOLD, said));
        let rows = Verdict::ALL.map(|verdict| {
            let is = |answer: &StatementAnswer| answer.assessment.verdict() == verdict;
            (
                verdict.name(),
                all.iter().filter(|change| is(&change.before)).count(),
                all.iter().filter(|change| is(&change.after)).count(),
            )
        });
        let settled = |answer: &StatementAnswer| answer.settlement.as_ref().is_some_and(Settlement::is_settled);
        let is_settled = (
            "settled",
            all.iter().filter(|change| settled(&change.before)).count(),
            all.iter().filter(|change| settled(&change.after)).count(),
        );
        let asked = all.iter().any(|change| change.before.settlement.is_some());
        for (name, before, after) in rows.into_iter().chain(asked.then_some(is_settled)) {
            let _ = writeln!(text, "  {name:<12}{before:>4} → {after}");
        }
        text
    }

    fn question(&self, change: &QuestionChange) -> String {
        let words = quoted(&self.cases[1].questions[change.after.question].text);
        let mut text = format!("\n{}\n", styled(BOLD, self.wrapped(&words, "")));
        let [before, after] = [&change.before, &change.after].map(|answer| finding_phrase(answer.finding));
        if change.changed() {
            let _ = writeln!(text, "  {}", styled(YELLOW, format!("{before} → {after}")));
            text += &self.cause(change.cause.as_ref(), "  ");
        } else {
            let _ = writeln!(text, "  {after}, as before");
        }
        text
    }

    fn section<T>(&self, title: &str, entries: &[T], entry: impl Fn(&T) -> String) -> String {
        if entries.is_empty() {
            return String::new();
        }
        let mut text = format!("\n{}\n", styled(BOLD, format!("{title} ({})", entries.len())));
        entries.iter().for_each(|one| text += &entry(one));
        text
    }

    /// The marks, the words and the id of a statement, behind which lines are indented by [`INDENT`].
    fn head(&self, change: &StatementChange) -> String {
        let (before, after) = (change.before.assessment.detail, change.after.assessment.detail);
        let words = &self.cases[1].statements[change.after.statement].text;
        let marks = format!("{} → {} ", mark(before), mark(after));
        let body = hanging(&visible(words.trim_start()), self.width, &marks, INDENT);
        format!("{body}\n{INDENT}{}\n", styled(DIM, change.id.as_str()))
    }

    fn verdict(&self, change: &StatementChange) -> String {
        let text = self.head(change);
        if let Some(claim) = &change.same_as {
            return text + &self.line(&format!("takes the verdict of {claim}"));
        }
        let (before, after) = (&change.before.assessment, &change.after.assessment);
        let verdicts = format!("{} → {}", verdict(before.detail), verdict(after.detail));
        [text, self.line(&verdicts), self.line(&numbers(change)), self.settled_line(change)].concat()
            + &self.cause(change.cause.as_ref(), INDENT)
    }

    fn settled(&self, change: &StatementChange) -> String {
        let line = match &change.same_as {
            Some(claim) => self.line(&format!("takes the verdict of {claim}")),
            None => self.settled_line(change),
        };
        self.head(change) + &line
    }

    /// `settled → open: …`, where that changed.
    fn settled_line(&self, change: &StatementChange) -> String {
        let state = |case: &Case, settlement: &Settlement| {
            let reasons: Vec<String> = settlement.reasons.iter().map(|reason| reason_phrase(case, reason)).collect();
            match settlement.settled {
                Some(true) => "settled".to_owned(),
                Some(false) => format!("open ({})", reasons.join("; ")),
                None => too_close(case, &settlement.doubts),
            }
        };
        match (&change.before.settlement, &change.after.settlement) {
            (Some(before), Some(after)) if before.settled != after.settled => {
                let line = format!("{} → {}", state(self.cases[0], before), state(self.cases[1], after));
                self.line(&line)
            }
            _ => String::new(),
        }
    }

    /// Statements of which only the degrees changed, those that changed most first.
    fn moved(&self) -> String {
        let shift = |change: &&StatementChange| {
            let (before, after) = (change.before.assessment.degrees, change.after.assessment.degrees);
            let apart = [before.case_for() - after.case_for(), before.case_against() - after.case_against()];
            apart.into_iter().fold(0.0f64, |most, apart| most.max(apart.abs()))
        };
        let mut moved = self.with(Outcome::Degrees);
        moved.sort_by(|one, other| shift(other).total_cmp(&shift(one)).then(one.id.cmp(&other.id)));
        if moved.is_empty() {
            return String::new();
        }
        let mut text = format!("\n{}\n", styled(BOLD, format!("SAME VERDICT, OTHER DEGREES ({})", moved.len())));
        for change in moved.iter().take(MOST_MOVED) {
            let mark = mark(change.after.assessment.detail);
            let line = format!("{}: {}", change.id, numbers(change));
            let _ = writeln!(text, "{mark} {}", self.wrapped(&line, "    ").trim_start());
        }
        if moved.len() > MOST_MOVED {
            let more = format!("and {} by less; --format json has them all", moved.len() - MOST_MOVED);
            let _ = writeln!(text, "  {}", styled(DIM, more));
        }
        text
    }

    fn alone(&self, title: &str, case: &Case, answers: &[StatementAnswer]) -> String {
        self.section(title, answers, |answer| {
            let entry = &case.statements[answer.statement];
            let line = format!("{}: {}, {}", entry.key, verdict(answer.assessment.detail), quoted(&entry.text));
            let body = self.wrapped(&line, "    ");
            format!("{} {}\n", mark(answer.assessment.detail), body.trim_start())
        })
    }

    /// What was edited, entry by entry.
    fn edits(&self) -> String {
        let Some(differences) = self.differences else { return String::new() };
        let edits = differences.edits();
        if edits.is_empty() {
            return format!("\n{}\n", styled(BOLD, "No entry differs."));
        }
        let mut text = format!("\n{}\n", styled(BOLD, format!("WHAT WAS EDITED ({})", edits.len())));
        for (at, edit) in edits.iter().enumerate() {
            let entry = |edit: &Edit| (edit.sort, edit.id.clone());
            if at == 0 || entry(&edits[at - 1]) != entry(edit) {
                let _ = writeln!(text, "  {}", edit_subject(edit, Key::to_string));
            }
            let aside = match edit.bearing {
                Bearing::Words => " (words alone)",
                Bearing::Selection | Bearing::Quotation if self.terms.flags.is_empty() => " (words alone)",
                Bearing::Settled => " (bears on what is settled)",
                _ => "",
            };
            let phrase = edit_phrase(edit, Key::to_string);
            let _ = writeln!(text, "{}", self.wrapped(&format!("{phrase}{aside}"), "    "));
        }
        text
    }

    /// The edits that cause the change, and what is known of them.
    fn cause(&self, cause: Option<&Cause>, indent: &str) -> String {
        let Some(cause) = cause else {
            return format!("{}\n", self.wrapped("the cause is too much to compute", indent));
        };
        // A single edit between the two versions needs no saying.
        if self.differences.map_or(self.terms.flags.len(), |differences| differences.edits().len()) == 1 {
            return String::new();
        }
        let others = match cause.others {
            0 => String::new(),
            1 if cause.edits.len() == 1 => "; so does another edit".to_owned(),
            others if cause.edits.len() == 1 => format!("; so does any of {others} other edits"),
            1 => "; so does another set as small".to_owned(),
            others => format!("; so do {others} other sets as small"),
        };
        if let [edit] = cause.edits[..] {
            let needs = self.needs(cause).map(|needs| format!(", {needs}")).unwrap_or_default();
            let line = format!("by itself: {}{needs}{others}", self.edit(edit));
            return format!("{}\n", self.wrapped(&line, indent));
        }
        let known = match cause.thoroughness {
            Thoroughness::Smallest => "no fewer edits do it",
            Thoroughness::Minimal => "none can be left out; not all smaller sets were tried",
            Thoroughness::Sufficient => "some may not be needed: the search was cut short",
        };
        let mut text = format!("{}\n", self.wrapped(&format!("together ({known}{others}):"), indent));
        for &edit in cause.edits.iter().take(MOST_EDITS) {
            let (first, rest) = (format!("{indent}  · "), format!("{indent}    "));
            let _ = writeln!(text, "{}", hanging(&visible(&self.edit(edit)), self.width, &first, &rest));
        }
        if cause.edits.len() > MOST_EDITS {
            let _ = writeln!(text, "{indent}  · and {} more", cause.edits.len() - MOST_EDITS);
        }
        if let Some(needs) = self.needs(cause) {
            let _ = writeln!(text, "{}", self.wrapped(&needs, indent));
        }
        text
    }

    /// `which needs …`, where it needs other edits.
    fn needs(&self, cause: &Cause) -> Option<String> {
        let mut needs: Vec<String> = cause.with.iter().take(MOST_EDITS).map(|&edit| self.edit(edit)).collect();
        if cause.with.len() > MOST_EDITS {
            needs.push(format!("{} more", cause.with.len() - MOST_EDITS));
        }
        (!needs.is_empty()).then(|| format!("which needs {}", joined(needs)))
    }

    fn edit(&self, number: usize) -> String {
        match self.differences {
            Some(differences) => edit_sentence(&differences.edits()[number], Key::to_string),
            None => self.terms.flags[number].to_string(),
        }
    }

    fn line(&self, line: &str) -> String {
        format!("{}\n", self.wrapped(line, INDENT))
    }

    fn wrapped(&self, text: &str, indent: &str) -> String {
        wrapped(&visible(text), self.width, indent)
    }
}

/// As wide as the two marks before a statement.
const INDENT: &str = "      ";

/// As [`verdict_phrase`], but refuted is said without its verdict.
fn verdict(detail: Detail) -> String {
    if detail == Detail::Refuted { "refuted".to_owned() } else { verdict_phrase(detail) }
}

/// Both cases, before and after.
fn numbers(change: &StatementChange) -> String {
    let (before, after) = (change.before.assessment, change.after.assessment);
    let side = |name: &str, before: f64, after: f64| match (degree(before), degree(after)) {
        (before, after) if before == after => format!("{name} {after}"),
        (before, after) => format!("{name} {before} → {after}"),
    };
    let contested = if before.detail.is_same_verdict(after.detail) && before.detail != after.detail {
        format!(", {} → {}", verdict(before.detail), verdict(after.detail))
    } else {
        String::new()
    };
    let cases = [
        side("case for", before.degrees.case_for(), after.degrees.case_for()),
        side("case against", before.degrees.case_against(), after.degrees.case_against()),
    ];
    format!("{}{contested}", cases.join(", "))
}

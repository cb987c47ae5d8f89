//! `evigraph check`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::authoring::Loaded;
use crate::diagnostic::{
    Checked, Diagnostic, Expected, Look, Paths, Safety, github, gitlab, human, json, junit, sarif, short, visible,
};
use crate::lint::check_watched;
use crate::words::count;

use super::args::{CeilingArgs, OutputArgs};
use super::exit::{Exit, Failure};
use super::fix;
use super::input;
use super::layout::{BOLD, GREEN, RED, styled};
use super::output::Output;
use super::watchdog::Watchdog;

/// Is the case well formed, and do its expectations hold?
///
/// Tells every error and warning of each case, with its place and a way out. Exit 0 if there is no
/// error, 1 if there is one, 2 if a case cannot be read, 3 if a ceiling was reached and there is none so far. With --format
/// sarif, github, junit or gitlab a server of continuous integration shows them where they are.
///
/// With --fix, what can have been meant in one way only is fixed in the files: commas, brackets, quotation marks, decimal
/// commas, dates in words, a word or a field that is a slip away from the only one near. What is a judgement, such as
/// another id, is for --unsafe-fixes, or for you. JSON has every fix: its title, its edits, and whether it is `safe`,
/// `unsafe`, or `manual`: one of several ways out, which is never applied with others.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Case files, folders with a `case.ron`, or `-` for standard input
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, help_heading = "Output", default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,

    /// Apply the fixes that have one meaning, until none is left, and say what is left
    ///
    /// The files are written anew, each whole or not at all. The mended text of a case from standard input goes to standard
    /// output, and the report to standard error.
    #[arg(long)]
    pub fix: bool,

    /// Show what would be changed, and write nothing
    #[arg(long, requires = "fix", conflicts_with = "format")]
    pub diff: bool,

    /// Apply those fixes as well that are only likely: look at what comes of them
    #[arg(long, requires = "fix")]
    pub unsafe_fixes: bool,

    #[command(flatten)]
    pub ceilings: CeilingArgs,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A report for people
    Text,
    /// One line a problem: `file:line:column: severity[code]: message`
    Short,
    /// The schema `evigraph/diagnostics/1`
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of a pull request, for a workflow of GitHub
    Github,
    /// JUnit's XML: each file and each expected verdict a test
    Junit,
    /// GitLab's report of code quality
    Gitlab,
}

pub fn run(args: &CheckArgs, output: &Output) -> Result<Exit, Failure> {
    let watchdog = Watchdog::start(&args.ceilings);
    if args.fix {
        return fix_all(args, &watchdog, output);
    }
    let mut checked = Vec::with_capacity(args.cases.len());
    for path in &args.cases {
        let loaded = check_watched(input::load_any(path, output)?, watchdog.watch());
        checked.push((loaded, watchdog.watch().is_stopped()));
    }
    watchdog.hush();
    let checked: Vec<Done<'_>> = checked.iter().map(|(loaded, is_part)| Done { loaded, is_part: *is_part }).collect();
    write(args, &rendered(&checked, args.format, output.look(&args.output)), output)?;
    Ok(end(&checked, output))
}

/// A case that was checked.
struct Done<'l> {
    loaded: &'l Loaded,
    /// Whether a ceiling was reached before that was done. What is reached later leaves nothing out of this case.
    is_part: bool,
}

/// How the command ends: an error is an error, whatever was left out.
fn end(checked: &[Done<'_>], output: &Output) -> Exit {
    let is_part = checked.iter().any(|done| done.is_part);
    let left_out = is_part.then_some("what takes the verdicts was not checked of every statement");
    let end = Watchdog::end(left_out, output);
    if checked.iter().any(|done| has_errors(done.loaded)) { Exit::No } else { end }
}

/// Writes the problems: a report for people by their terminal, what programs read byte for byte.
fn write(args: &CheckArgs, text: &str, output: &Output) -> Result<(), Failure> {
    match args.format {
        CheckFormat::Text => output.write(&args.output, text)?,
        _ => output.write_bytes(&args.output, text.as_bytes())?,
    }
    Ok(())
}

/// The problems of several cases.
fn rendered(checked: &[Done<'_>], format: CheckFormat, look: Look<'_>) -> String {
    let cases = checked.iter().map(|done| done.loaded);
    match format {
        CheckFormat::Text => cases.map(|loaded| report(loaded, look)).collect(),
        CheckFormat::Short => cases.map(|loaded| short(&loaded.diagnostics, &loaded.sources)).collect(),
        CheckFormat::Json => json(cases.map(|loaded| (&loaded.diagnostics[..], &loaded.sources))),
        CheckFormat::Sarif => for_machines(checked, sarif),
        CheckFormat::Github => for_machines(checked, github),
        CheckFormat::Junit => for_machines(checked, junit),
        CheckFormat::Gitlab => for_machines(checked, gitlab),
    }
}

/// What a server of continuous integration reads, with paths from the folder that the check is run in.
fn for_machines(checked: &[Done<'_>], render: impl FnOnce(&[Checked<'_>], Paths<'_>) -> String) -> String {
    let expected: Vec<Vec<Expected>> = checked.iter().map(|done| expectations(done.loaded)).collect();
    let cases = checked.iter().zip(&expected).map(|(&Done { loaded, is_part }, expected)| Checked {
        problems: &loaded.diagnostics,
        sources: &loaded.sources,
        expected,
        is_part,
    });
    // Where the folder is gone, paths are as they were named.
    let root = std::env::current_dir().unwrap_or_default();
    render(&cases.collect::<Vec<_>>(), Paths { root: &root })
}

/// What is expected of the verdicts of a case.
fn expectations(loaded: &Loaded) -> Vec<Expected> {
    let statements = loaded.case.iter().flat_map(|case| case.statements.values());
    let expected = statements.filter_map(|statement| {
        let (expect, span) = statement.expect?;
        Some(Expected { name: format!("{} is {expect:?}", statement.key), span: span.somewhere()? })
    });
    expected.collect()
}

fn has_errors(loaded: &Loaded) -> bool {
    loaded.diagnostics.iter().any(Diagnostic::is_error)
}

fn exit(has_errors: bool) -> Exit {
    if has_errors { Exit::No } else { Exit::Yes }
}

/// Applies fixes case by case, as cases may have files in common.
fn fix_all(args: &CheckArgs, watchdog: &Watchdog, output: &Output) -> Result<Exit, Failure> {
    let least = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let mut all = Vec::with_capacity(args.cases.len());
    for path in &args.cases {
        let mended = fix::fixed(path, least, watchdog.watch(), output)?;
        let is_part = watchdog.watch().is_stopped();
        if !args.diff {
            watchdog.disarm();
            fix::write(&mended, &args.output, output)?;
        }
        all.push((mended, is_part));
    }
    if args.diff {
        let diff: String = all.iter().map(|(mended, _)| fix::diff(&mended.files, &args.output, output)).collect();
        output.write_bytes(&args.output, diff.as_bytes())?;
        all.iter().for_each(|(mended, _)| fix::would_do(mended, output));
        return Ok(exit(all.iter().any(|(mended, _)| mended.had_errors)));
    }
    let checked = all.iter().map(|(mended, is_part)| Done { loaded: &mended.loaded, is_part: *is_part });
    let checked: Vec<Done<'_>> = checked.collect();
    match all.iter().any(|(mended, _)| fix::from_standard_input(mended).is_some()) {
        true => output.report(&rendered(&checked, args.format, output.look_stderr())),
        false => write(args, &rendered(&checked, args.format, output.look(&args.output)), output)?,
    }
    checked.iter().for_each(|done| fix::more(&done.loaded.diagnostics, output));
    Ok(end(&checked, output))
}

/// The problems, and what was read.
fn report(loaded: &Loaded, look: Look<'_>) -> String {
    let mut text = human(&loaded.diagnostics, &loaded.sources, look);
    let errors = loaded.diagnostics.iter().filter(|problem| problem.is_error()).count();
    let warnings = loaded.diagnostics.len() - errors;
    if !text.is_empty() {
        text.push('\n');
    }
    let opened = loaded.sources.iter().next().map_or("the case", |(_, file)| file.name());
    let verdict = match (&loaded.case, errors) {
        (_, 0) => styled(GREEN, "well formed"),
        (None, _) => styled(RED, "not well formed"),
        (Some(_), _) => styled(RED, "well formed, but not as expected"),
    };
    let _ = writeln!(
        text,
        "{}: {verdict}, {}, {}{}",
        styled(BOLD, visible(opened)),
        count(errors, "error"),
        count(warnings, "warning"),
        allowed(loaded)
    );
    if let Some(case) = &loaded.case {
        let claims = case.statements.values().filter(|statement| statement.is_claim()).count();
        let expected = case.statements.values().filter(|statement| statement.expect.is_some()).count();
        let parts = [
            count(claims, "claim"),
            count(case.statements.len() - claims, "relationship"),
            count(case.documents.len(), "document"),
            count(case.actors.len(), "actor"),
            count(case.inferences.len(), "inference"),
            count(case.questions.len(), "question"),
        ];
        let expectations = if errors == 0 && expected > 0 {
            format!("; {} as expected", count(expected, "verdict"))
        } else {
            String::new()
        };
        let _ = writeln!(text, "  {}{expectations}", parts.join(", "));
    }
    text
}

/// `, 2 allowed (1 with no reason)`
fn allowed(loaded: &Loaded) -> String {
    match (loaded.allowances.silenced(), loaded.allowances.unreasoned()) {
        (0, _) => String::new(),
        (silenced, 0) => format!(", {silenced} allowed"),
        (silenced, unreasoned) => format!(", {silenced} allowed ({unreasoned} with no reason)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::{Input, load};
    use crate::lint::check;

    #[test]
    fn what_was_checked_before_a_ceiling_is_not_skipped() {
        let text = "Case(title: \"T\", documents: {\"d\": (title: \"D\", reliability: A)}, claims: {\"c\": (text: \"C\", \
                    evidence: [Supports(from: \"d\", as: Finding)], expect: Supported)})";
        let [before, after] = ["before.ron", "after.ron"].map(|name| {
            check(load(Input::Text { name: name.to_owned(), text: text.to_owned() }).expect("a text can be read"))
        });
        let done = [Done { loaded: &before, is_part: false }, Done { loaded: &after, is_part: true }];
        let xml = for_machines(&done, junit);
        let suites: Vec<&str> = xml.lines().filter(|line| line.contains("<testsuite ")).collect();
        assert_eq!(
            suites,
            [
                "  <testsuite name=\"before.ron\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\">",
                "  <testsuite name=\"after.ron\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\">",
            ]
        );
    }
}

//! What is written once for a case: title, summary, standard, thresholds.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Bar, Case, Thresholds};

use super::super::mirror::{self, WrittenFile};
use super::references::{Resolver, heading, word};

/// A case with its settings and nothing else. Only those of the opened file count.
pub(super) fn settings(files: &[WrittenFile<'_>], resolver: &mut Resolver<'_, '_>) -> Case {
    for file in files.iter().skip(1) {
        report_ignored(file, resolver);
    }
    let Some(written) = files.first().and_then(|file| file.case.as_ref()) else { return Case::default() };
    Case {
        title: heading(&written.title).unwrap_or_default(),
        summary: word(&written.summary),
        standard: written.standard.map(|standard| standard.value).unwrap_or_default(),
        thresholds: thresholds(written.thresholds.as_ref()),
        ..Case::default()
    }
}

fn thresholds(written: Option<&mirror::Thresholds>) -> Thresholds {
    let mut thresholds = Thresholds::default();
    let Some(written) = written else { return thresholds };
    if let Some(serious) = &written.serious {
        thresholds.serious = serious.number;
    }
    for (bar, written) in [
        (&mut thresholds.preponderance, &written.preponderance),
        (&mut thresholds.clear_and_convincing, &written.clear_and_convincing),
        (&mut thresholds.beyond_reasonable_doubt, &written.beyond_reasonable_doubt),
    ] {
        set(bar, written.as_ref());
    }
    thresholds
}

fn set(bar: &mut Bar, written: Option<&mirror::Bar>) {
    let Some(written) = written else { return };
    if let Some(case) = &written.case {
        bar.case = case.number;
    }
    if let Some(margin) = &written.margin {
        bar.margin = margin.number;
    }
}

/// Reports settings of an included file. A title and a summary are fine: the file can be a case of its own.
fn report_ignored(file: &WrittenFile<'_>, resolver: &mut Resolver<'_, '_>) {
    let Some(case) = &file.case else { return };
    let settings = [
        ("standard", case.standard.map(|standard| standard.span)),
        ("thresholds", case.thresholds.as_ref().map(|_| file.head)),
        ("report", case.report.as_ref().map(|_| file.head)),
    ];
    for (field, place) in settings.into_iter().filter_map(|(field, place)| Some((field, place?))) {
        let message = format!("`{field}` counts only in the file that is opened, not in one that it includes");
        let problem = Diagnostic::new(Code::IgnoredField, place, message);
        resolver.problems.push(problem.help("move it to the opened file, or remove it"));
    }
}

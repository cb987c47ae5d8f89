//! The rules of `check`: errors and warnings about what a case says.
//!
//! One rule, one file, its tests inside. A rule looks at the model, and at what is written only to say where.
//! Rules that find errors look at a case with gaps as well; those that warn look at whole cases only, since what
//! is missing there may be what a gap has swallowed.
//!
//! Each rule costs a pass over the case; those that ask about entailment or reachability cost one more for
//! every 64 starts they ask about.

mod archive_evidence;
mod certain_testimony;
mod checked;
mod circular_derivation;
mod circular_inference;
mod claims_out_of_order;
mod derives_from_itself;
mod duplicate_evidence;
mod entailment;
mod entails_itself;
mod kept_copy;
mod no_evidence;
mod not_diagnostic;
mod open_part;
mod own_interest;
mod own_rival;
mod periods_apart;
mod quote_without_locator;
mod reach;
mod record_undercut;
mod ring_of_attacks;
mod rivals_entail;
mod same_inference;
mod same_source;
mod same_statement;
mod same_text;
mod self_impeachment;
mod several_generalisations;
mod several_statements;
mod single_origin;
mod speaks_of_itself;
mod supersedes_itself;
#[cfg(test)]
mod testing;
mod twins;
mod unused;
mod withheld_misses_headline;
mod withheld_reaches_nothing;

use crate::diagnostic::Diagnostics;
use crate::model::Case;

use super::resolve::Entries;
use super::threads::Threads;
use checked::Checked;

type Rule = fn(&Checked<'_>, &mut Diagnostics);

const ERRORS: &[Rule] = &[
    entails_itself::check,
    own_rival::check,
    rivals_entail::check,
    derives_from_itself::check,
    supersedes_itself::check,
    speaks_of_itself::check,
    circular_inference::check,
    kept_copy::check_digits,
];

const WARNINGS: &[Rule] = &[
    unused::check,
    same_statement::check,
    self_impeachment::check,
    several_generalisations::check,
    withheld_misses_headline::check,
    record_undercut::check,
    no_evidence::check,
    single_origin::check,
    certain_testimony::check,
    circular_derivation::check,
    duplicate_evidence::check,
    quote_without_locator::check,
    claims_out_of_order::check,
    archive_evidence::check,
    own_interest::check,
    same_source::check,
    same_inference::check,
    same_text::check,
    not_diagnostic::check,
    periods_apart::check,
    ring_of_attacks::check,
    open_part::check,
    several_statements::check,
    withheld_reaches_nothing::check,
    kept_copy::check_copy,
];

/// Checks a case by every rule.
pub(super) fn check(case: &Case, entries: &Entries<'_>, threads: Threads, problems: &mut Diagnostics) {
    let checked = Checked::new(case, Some(entries));
    apply(ERRORS, &checked, threads, problems);
    if !problems.has_errors() {
        apply(WARNINGS, &checked, threads, problems);
    }
}

/// Looks for errors in a case that was not read from a text: what is found has no place.
#[cfg(feature = "columns")]
pub(super) fn check_unwritten(case: &Case, threads: Threads, problems: &mut Diagnostics) {
    apply(ERRORS, &Checked::new(case, None), threads, problems);
}

/// Applies rules side by side, and keeps what they find in the order of the rules.
fn apply(rules: &[Rule], checked: &Checked<'_>, threads: Threads, problems: &mut Diagnostics) {
    let found = threads.map(rules.len(), |rule| {
        let mut found = Diagnostics::new();
        rules[rule](checked, &mut found);
        found
    });
    found.into_iter().for_each(|found| problems.append(found));
}

//! The options under which a case is read, as the words of the command line: they tell a person how to sample again.

use std::collections::BTreeMap;

use crate::compare::Flag;
use crate::engine::Scenario;
use crate::model::{Case, Key, Period, Probability};
use crate::selector::Selector;

/// A scenario as options, sorted: two scenarios that read a case alike have the same, in whatever order they were given.
pub(super) fn options(case: &Case, scenario: &Scenario) -> Vec<String> {
    let sources = scenario.without.iter().map(|&source| case.source_key(source));
    let without = sources.chain(scenario.left_out.iter().map(|&id| &case.inferences[id].key)).cloned();
    let of_sources = scenario.set_sources.iter().map(|&(source, number)| (case.source_key(source), number));
    let of_inferences = scenario.set_inferences.iter().map(|&(id, number)| (&case.inferences[id].key, number));
    // Of several numbers for one id the last counts.
    let set: BTreeMap<Key, Probability> = of_sources.chain(of_inferences).map(|(key, to)| (key.clone(), to)).collect();
    let flags = without
        .map(Flag::Without)
        .chain(scenario.only.iter().cloned().map(Flag::Only))
        .chain(set.into_iter().map(|(key, number)| Flag::Set(key, number)))
        .chain(scenario.standard.map(Flag::Standard))
        .chain(scenario.as_of.clone().map(Flag::AsOf));
    let mut options: Vec<String> = flags.map(|flag| flag.to_string()).collect();
    options.sort();
    options.dedup();
    options
}

/// One of the options back as a flag; none where it means nothing in the case.
pub(super) fn flag(case: &Case, option: &str) -> Option<Flag> {
    let named = |id: &str| {
        let source = case.source(id).map(|source| case.source_key(source));
        source.or_else(|| case.inference(id).map(|id| &case.inferences[id].key)).cloned()
    };
    match option.split_once(' ')? {
        ("--without", id) => named(id).map(Flag::Without),
        ("--only", selector) => Selector::parse(selector, case).ok().map(Flag::Only),
        ("--set", setting) => {
            let (id, number) = setting.split_once('=')?;
            Some(Flag::Set(named(id)?, Probability::new(number.parse().ok()?).ok()?))
        }
        ("--standard", name) => name.parse().ok().map(Flag::Standard),
        ("--as-of", date) => Period::parse(date).ok().map(Flag::AsOf),
        _ => None,
    }
}

/// Options in a message.
pub(super) fn in_words(options: &[String]) -> String {
    if options.is_empty() { "no options".to_owned() } else { options.join(" ") }
}

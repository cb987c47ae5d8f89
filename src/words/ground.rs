//! Grounds and attacks in words, for every output.

use crate::explain::{AttackKind, Weighed, WeighedAttack};
use crate::logic::{Origin, Step};
use crate::model::{Case, Evidence, Manner, Premise, StatementId};

use super::phrase::{degree, joined};
use super::quotation::quotation_words;

/// How a ground is worded that is no step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelationWords {
    /// Its name in JSON.
    pub name: &'static str,
    /// In a list: before the statements that it starts from and after them; one piece where they are not named.
    pub line: &'static [&'static str],
    /// In running text, for all that are alike: before one statement, before several, and after.
    pub clause: [&'static str; 3],
}

/// How a ground is worded that is no step: a line for each rule of evidence.
///
/// # Panics
///
/// If it is no relation to other statements that the author wrote.
pub fn relation_words(origin: Origin) -> RelationWords {
    let words = |name, line, clause| RelationWords { name, line, clause };
    match origin {
        Origin::EntailedBy(_) => {
            let clause = "what speaks for the stronger ";
            words("entailed_by", &["entailed by the stronger ", ""], [clause, clause, ""])
        }
        Origin::Entails(_) => {
            let clause = "what speaks against the weaker ";
            words("entails", &["it entails the weaker ", ", which is opposed"], [clause, clause, ""])
        }
        Origin::AllOf(_) => {
            words("parts", &["its parts, all together"], ["its parts ", "its parts ", ", taken together"])
        }
        Origin::AnyOf(_) | Origin::OneOf(_) => {
            let clause = "what speaks against each of its parts, ";
            words("parts", &["its parts, all together"], [clause, clause, ", taken together"])
        }
        Origin::Left(_) => {
            words("elimination", &["by elimination, from ", ""], ["elimination, from ", "elimination, from ", ""])
        }
        Origin::Assumed(_) => {
            words("assumption", &["the author's word: it is assumed"], ["the author's word", "the author's word", ""])
        }
        Origin::Rival(_) => {
            words("rival", &["the rival reading ", ""], ["the rival reading ", "the rival readings ", ""])
        }
        Origin::Step(_) | Origin::Passage(_) | Origin::Supposed(_) => unreachable!("it is no relation that is written"),
        Origin::Source(_)
        | Origin::DerivesFrom(_)
        | Origin::Applicable(_)
        | Origin::Draw(_)
        | Origin::Superseded(..)
        | Origin::Undercut(..)
        | Origin::Impeachment(..) => unreachable!("it makes no case"),
    }
}

/// A ground that is no step, in front of the statement that it is [named after](named_after).
pub fn relation_label(origin: Origin) -> String {
    match *relation_words(origin).line {
        [before, after] if !after.is_empty() => format!("{}{after}:", before.trim_end()),
        [before, ..] => before.trim_end().to_owned(),
        [] => String::new(),
    }
}

/// The statement that a ground is named after which is no step; none where its words name none, or several.
pub fn named_after(weighed: &Weighed) -> Option<StatementId> {
    match weighed.statements[..] {
        [one] if relation_words(weighed.origin).line.len() > 1 => Some(one),
        _ => None,
    }
}

/// What a ground is. `name` says how a source or statement is called, for instance [`premise_words`](super::premise_words).
pub fn ground_words(case: &Case, weighed: &Weighed, name: &mut dyn FnMut(Premise) -> String) -> String {
    match weighed.origin {
        Origin::Step(Step::Evidence { statement: to, index }) => {
            let link = &case.statements[to].evidence[index];
            let at = link.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
            let quotation = quotation_words(link).map(|words| format!("; {words}")).unwrap_or_default();
            format!("{}: {}{at}{quotation}", manner(link), name(link.from))
        }
        Origin::Step(Step::Inference(id)) => {
            let inference = &case.inferences[id];
            let key = |&premise: &Premise| case.premise_key(premise).to_string();
            let rejected = |&statement: &StatementId| format!("{} rejected", case.statements[statement].key);
            let given = inference.given.iter().map(key).chain(inference.given_rejected.iter().map(rejected));
            format!("inference: {} from {}", inference.key, joined(given.collect::<Vec<_>>()))
        }
        relation => {
            let line = relation_words(relation).line;
            let &[before, after] = line else { return line.concat() };
            let statements = weighed.statements.iter().map(|&statement| name(Premise::Statement(statement)));
            format!("{before}{}{after}", joined(statements.collect::<Vec<_>>()))
        }
    }
}

pub(super) fn manner(link: &Evidence) -> &'static str {
    link.manner.map_or("evidence", Manner::phrase)
}

/// What an attack is, and how likely it is in force. `name` as in [`ground_words`].
pub fn attack_words(attack: &WeighedAttack, name: &mut dyn FnMut(Premise) -> String) -> String {
    format!("{} {}, in force with {}", attacked_by(attack.kind), name(attack.from), degree(attack.in_force))
}

/// How something is attacked: `impeached by`.
pub fn attacked_by(kind: AttackKind) -> &'static str {
    match kind {
        AttackKind::Undercut => "undercut by",
        AttackKind::Impeachment => "impeached by",
        AttackKind::Supersession => "superseded by",
    }
}

/// What of a step is attacked, in front of [`attacked_by`]: `its source is`. Empty where it is the step itself.
pub fn attacked_part(kind: AttackKind) -> &'static str {
    match kind {
        AttackKind::Undercut => "",
        AttackKind::Impeachment | AttackKind::Supersession => "its source is ",
    }
}

//! A version between two: the older one with some of the edits done.

use std::collections::BTreeMap;

use crate::model::{Attack, Evidence, RareList, Statement, StatementId, TableId};

use super::fields::{self, Field};
use super::names::Entry;
use super::pairs;
use super::side::Side;

/// What an edit does, in the common numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// Takes the whole entry over from the newer version, or takes it away.
    Whole,
    /// Takes the `nth` field of its table over.
    Field(usize),
    /// Adds or removes the evidence link of that pair.
    Link(usize),
    /// Takes the `nth` field of the link of that pair over.
    LinkField(usize, usize),
    /// Takes the `nth` undercut of the link of that pair over.
    Undercut(usize, usize),
    /// Takes the `nth` impeachment of a source, or undercut of an inference, over.
    Attack(usize),
    /// Adds or removes an entailment.
    Entails(StatementId),
    /// Adds or removes a rival.
    Rival(StatementId),
}

/// The older side with what the edits do to each entry.
pub(super) fn between(old: &Side, new: &Side, ops: &BTreeMap<Entry, Vec<Op>>) -> Side {
    let mut side = old.clone();
    for (&entry, ops) in ops {
        match entry {
            Entry::Case => take_fields(&mut side.frame, &new.frame, ops, fields::FRAME),
            Entry::Actor(id) => row(&mut side.actors, &new.actors, id, ops, |one, other| {
                take_fields(one, other, ops, fields::ACTOR);
                one.impeached_by =
                    attacks(&one.impeached_by, &other.impeached_by, |nth| ops.contains(&Op::Attack(nth)));
            }),
            Entry::Document(id) => row(&mut side.documents, &new.documents, id, ops, |one, other| {
                take_fields(one, other, ops, fields::DOCUMENT);
                one.impeached_by =
                    attacks(&one.impeached_by, &other.impeached_by, |nth| ops.contains(&Op::Attack(nth)));
            }),
            Entry::Statement(id) => row(&mut side.statements, &new.statements, id, ops, |one, other| {
                statement(one, other, ops);
            }),
            Entry::Inference(id) => row(&mut side.inferences, &new.inferences, id, ops, |one, other| {
                take_fields(one, other, ops, fields::INFERENCE);
                one.undercut_by = attacks(&one.undercut_by, &other.undercut_by, |nth| ops.contains(&Op::Attack(nth)));
            }),
            Entry::Question(id) => row(&mut side.questions, &new.questions, id, ops, |one, other| {
                take_fields(one, other, ops, fields::QUESTION);
            }),
        }
    }
    side
}

/// Changes one entry, or takes it over as a whole.
fn row<I: TableId, T: Clone>(
    rows: &mut [Option<T>],
    new: &[Option<T>],
    id: I,
    ops: &[Op],
    change: impl Fn(&mut T, &T),
) {
    let at = id.index();
    if ops.contains(&Op::Whole) {
        rows[at].clone_from(&new[at]);
    } else if let (Some(one), Some(other)) = (&mut rows[at], &new[at]) {
        change(one, other);
    }
}

fn take_fields<T>(one: &mut T, other: &T, ops: &[Op], table: &[Field<T>]) {
    for (nth, field) in table.iter().enumerate() {
        if ops.contains(&Op::Field(nth)) {
            (field.take)(one, other);
        }
    }
}

fn attacks(old: &[Attack], new: &[Attack], taken: impl Fn(usize) -> bool) -> RareList<Attack> {
    let pairs = pairs::attacks(old, new).into_iter().enumerate();
    let kept =
        pairs.filter_map(
            |(nth, (one, other))| {
                if taken(nth) { other.map(|at| new[at].clone()) } else { one.map(|at| old[at].clone()) }
            },
        );
    kept.collect()
}

fn statement(one: &mut Statement, other: &Statement, ops: &[Op]) {
    take_fields(one, other, ops, fields::STATEMENT);
    one.evidence = links(&one.evidence, &other.evidence, ops);
    for op in ops {
        match *op {
            Op::Entails(weaker) => toggle(&mut one.entails, weaker),
            Op::Rival(rival) => toggle(&mut one.rivals, rival),
            _ => {}
        }
    }
}

/// Adds what is not there, and takes away what is.
fn toggle(list: &mut RareList<StatementId>, item: StatementId) {
    let before = list.len();
    list.retain(|&other| other != item);
    if list.len() == before {
        list.push(item);
    }
}

fn links(old: &[Evidence], new: &[Evidence], ops: &[Op]) -> Vec<Evidence> {
    let pairs = pairs::links(old, new).into_iter().enumerate();
    let kept = pairs.filter_map(|(nth, pair)| match pair {
        (Some(one), Some(other)) => Some(link(nth, &old[one], &new[other], ops)),
        (_, other) if ops.contains(&Op::Link(nth)) => other.map(|at| new[at].clone()),
        (one, _) => one.map(|at| old[at].clone()),
    });
    kept.collect()
}

fn link(nth: usize, old: &Evidence, new: &Evidence, ops: &[Op]) -> Evidence {
    let mut link = old.clone();
    for (field_nth, field) in fields::LINK.iter().enumerate() {
        if ops.contains(&Op::LinkField(nth, field_nth)) {
            (field.take)(&mut link, new);
        }
    }
    link.undercut_by = attacks(&old.undercut_by, &new.undercut_by, |attack| ops.contains(&Op::Undercut(nth, attack)));
    link
}

//! Which statements bear on which. What is out proves nothing, so that a statement is read in a program of its own where one
//! is out whose rivalry or entailment can reach it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::logic::{AtomId, Out, Program, Users, Variant, Walk, compile};
use crate::model::{Effect, StatementId};

use super::engine::Engine;
use super::method::Result;
use super::model::{Presence, Shape};
use super::strategy::MOST_BEARING;

/// The program with every rule that there could be, whatever is out and whatever is withheld: it shows what can reach what.
#[derive(Debug)]
pub(super) struct Widest {
    pub(super) program: Program,
    users: Users,
}

impl Engine<'_> {
    /// The statements whose rivalry or entailment can reach a statement, and that could be out in programs of a shape.
    pub(crate) fn competing(&self, shape: &Shape, statement: StatementId) -> Arc<BTreeSet<StatementId>> {
        if !self.any_could_be_out(shape) {
            return Arc::default();
        }
        let could_be_out = |&competitor: &StatementId| self.could_be_out(shape, competitor);
        let find = || Arc::new(self.bearing(statement).iter().copied().filter(could_be_out).collect());
        if shape.is_passing() {
            return find();
        }
        self.cache.competing.get_or((shape.supposed.clone(), statement), find)
    }

    /// Finds out which statements compete of many that will be asked about. Where fewer could be out than are asked about,
    /// what these reach is walked, rather than all that each of the others depends on. False where there would be too
    /// much to keep.
    ///
    /// # Errors
    ///
    /// That it was asked to stop.
    pub(super) fn find_competing(&self, shape: &Shape, statements: &[StatementId]) -> Result<bool> {
        let leading = self.relations().leading_on();
        let could_be_out: Vec<StatementId> = leading.filter(|&one| self.could_be_out(shape, one)).collect();
        let mut kept = 0;
        if could_be_out.len() >= statements.len() {
            for &statement in statements {
                self.unless_stopped()?;
                kept += self.competing(shape, statement).len();
                if kept > MOST_BEARING {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let mut competing: Vec<Vec<StatementId>> = vec![Vec::new(); self.case().statements.len()];
        let mut walk = self.widest().users.walk();
        for competitor in could_be_out {
            self.unless_stopped()?;
            for reached in self.reached(&mut walk, [competitor]) {
                kept += 1;
                competing[reached.index()].push(competitor);
            }
            if kept > MOST_BEARING {
                return Ok(false);
            }
        }
        for &statement in statements {
            let competing = Arc::new(BTreeSet::from_iter(std::mem::take(&mut competing[statement.index()])));
            self.cache.competing.keep((shape.supposed.clone(), statement), competing);
        }
        Ok(true)
    }

    /// The statements that some can reach by their rivalry or entailment, of those that could be out in programs of a shape:
    /// those for which one of these is [`competing`](Self::competing). Cost: linear in what is reached.
    pub(super) fn borne_on(&self, shape: &Shape, by: &BTreeSet<StatementId>) -> BTreeSet<StatementId> {
        if by.is_empty() {
            return BTreeSet::new();
        }
        let by = by.iter().copied().filter(|&competitor| self.could_be_out(shape, competitor));
        self.reached(&mut self.widest().users.walk(), by)
    }

    fn reached(&self, walk: &mut Walk<'_>, by: impl IntoIterator<Item = StatementId>) -> BTreeSet<StatementId> {
        let relations = self.relations();
        let first = |competitor: StatementId| -> Vec<AtomId> {
            let entailed = relations.entailed(competitor).map(Program::case_for);
            entailed.chain(relations.rivals(competitor).map(Program::case_against)).collect()
        };
        let reached = walk.from(by.into_iter().flat_map(first)).into_iter();
        reached.filter_map(|atom| Some(self.widest().program.atom(atom).side()?.0)).collect()
    }

    /// Whether any statement that bears on others could be out in programs of a shape. Where none could, it need not be found
    /// out of each statement which others reach it, which is as much as all of them depend on.
    fn any_could_be_out(&self, shape: &Shape) -> bool {
        let any = || self.relations().leading_on().any(|statement| self.could_be_out(shape, statement));
        if shape.is_passing() { any() } else { self.cache.any_out.get_or(shape.supposed.clone(), any) }
    }

    /// The statements whose rivalry or entailment can reach a statement, whatever is out.
    pub(super) fn bearing(&self, statement: StatementId) -> Arc<BTreeSet<StatementId>> {
        let bearing = || Arc::new(self.bearing_over(&|_| Program::sides(statement).to_vec()));
        self.cache.bearing.get_or(statement, bearing)
    }

    /// The statements whose rivalry or entailment can reach some atoms, whatever is out.
    pub(super) fn bearing_over(&self, atoms: &dyn Fn(&Program) -> Vec<AtomId>) -> BTreeSet<StatementId> {
        if !self.core.out_matters {
            return BTreeSet::new();
        }
        let program = &self.widest().program;
        let relations = self.relations();
        let mut found = BTreeSet::new();
        for atom in program.cone(atoms(program)) {
            match program.atom(atom).side() {
                Some((statement, Effect::Supports)) => found.extend(relations.entailing(statement)),
                Some((statement, Effect::Opposes)) => found.extend(relations.rivals(statement)),
                None => {}
            }
        }
        found
    }

    pub(super) fn widest(&self) -> &Widest {
        self.cache.widest.get_or_init(|| {
            let variant = Variant { out: Out::Any, present: &self.present(&Presence::Any), ..Variant::AS_WRITTEN };
            let program = compile(self.case(), self.quantities(), variant);
            Widest { users: Users::new(&program), program }
        })
    }
}

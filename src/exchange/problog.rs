//! A case as a program of ProbLog, for those who want its degrees from another engine, or to ask it what evigraph does not.
//!
//! The rules are those that evigraph evaluates, one for one, and so are the facts: each number of the case is a fact that
//! depends on no other (Sato 1995; De Raedt, Kimmig and Toivonen 2007).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::engine::{Engine, EngineError, what_is_out};
use crate::escape::visible;
use crate::logic::{Atom, AtomId, Literal, Out, Parameter, Program, Step, VariableId, Variant, compile, components};
use crate::model::{Case, Source, StatementId};
use crate::words::count;

use super::exported::Exported;

/// A case as a program of ProbLog, and the loops through negation for which ProbLog refuses it, each with some of its atoms.
#[derive(Debug)]
pub struct ProbLog {
    /// The program, and what it has no place for.
    pub exported: Exported,
    /// The loops.
    pub loops: Vec<String>,
}

/// The rules of a case with its numbers, under the engine's scenario, and questions for the case for and against each
/// statement.
///
/// Cost: linear in the size of the case, and what it takes to find out what is refuted where there is no rivalry.
///
/// # Errors
///
/// As [`what_is_out`].
pub fn export(engine: &Engine<'_>) -> Result<ProbLog, EngineError> {
    let out = what_is_out(engine)?;
    let variant = Variant { out: Out::These(&out), ..Variant::AS_WRITTEN };
    let program = compile(engine.case(), engine.quantities(), variant);
    let writer = Writer { engine, case: engine.case(), program: &program };
    let exported = Exported { text: writer.text(&out), left_out: writer.left_out() };
    Ok(ProbLog { exported, loops: writer.loops() })
}

struct Writer<'a> {
    engine: &'a Engine<'a>,
    case: &'a Case,
    program: &'a Program,
}

impl Writer<'_> {
    fn text(&self, out: &BTreeSet<StatementId>) -> String {
        let mut text = self.head(out);
        let rules = || self.program.atoms().flat_map(|atom| self.program.rules(atom));
        let used: BTreeSet<VariableId> = rules().flatten().filter_map(variable_of).collect();
        for &variable in &used {
            let _ = writeln!(text, "{}::{}.", self.number(variable), self.variable(variable));
        }
        text.push('\n');
        let asked = self.asked();
        let needed = rules().flatten().filter_map(|literal| literal.atom());
        let needed: BTreeSet<AtomId> = needed.chain(asked.iter().flatten().copied()).collect();
        for atom in self.program.atoms() {
            self.rules(&mut text, atom, needed.contains(&atom));
        }
        text += "\n% Where there is a case on both sides.\nconflict(S) :- case_for(S), case_against(S).\n\n";
        for [for_it, against] in asked {
            let [for_it, against] = [for_it, against].map(|atom| self.atom(atom));
            let conflict = for_it.replacen("case_for", "conflict", 1);
            let _ = writeln!(text, "query({for_it}).\nquery({against}).\nquery({conflict}).");
        }
        text
    }

    fn head(&self, out: &BTreeSet<StatementId>) -> String {
        let mut text = format!("% {}\n{INTRODUCTION}", visible(&self.case.title));
        if !out.is_empty() {
            let keys: Vec<&str> = out.iter().map(|&id| self.case.statements[id].key.as_str()).collect();
            let _ = writeln!(text, "% Refuted without rivals, so that nothing follows from them: {}.", keys.join(", "));
        }
        text.push('\n');
        text
    }

    /// The two sides of every statement that is none of another's.
    fn asked(&self) -> Vec<[AtomId; 2]> {
        let own = self.case.statements.ids().filter(|&id| self.case.canonical(id) == id);
        own.map(Program::sides).collect()
    }

    fn number(&self, variable: VariableId) -> f64 {
        self.engine.base().weights().of(variable)
    }

    /// The rules of an atom. ProbLog wants one that has none declared.
    fn rules(&self, text: &mut String, atom: AtomId, is_needed: bool) {
        let head = self.atom(atom);
        for body in self.program.rules(atom) {
            let body: Vec<String> = body.iter().map(|&literal| self.literal(literal)).collect();
            let _ = match body.is_empty() {
                true => writeln!(text, "{head}."),
                false => writeln!(text, "{head} :- {}.", body.join(", ")),
            };
        }
        if is_needed && self.program.rules(atom).len() == 0 {
            let _ = writeln!(text, "{head} :- fail.");
        }
    }

    fn literal(&self, literal: Literal) -> String {
        match literal {
            Literal::Variable(variable) => self.variable(variable),
            Literal::Atom(atom) => self.atom(atom),
            Literal::Not(atom) => format!("\\+ {}", self.atom(atom)),
        }
    }

    fn atom(&self, atom: AtomId) -> String {
        match self.program.atom(atom) {
            Atom::Holds(source) => format!("holds({})", self.source(source)),
            Atom::Origins(source) => format!("some_origin_holds({})", self.source(source)),
            Atom::LinkOrigins(step) => format!("some_origin_holds({})", self.step(step)),
            Atom::CaseFor(statement) => format!("case_for({})", self.statement(statement)),
            Atom::CaseAgainst(statement) => format!("case_against({})", self.statement(statement)),
            Atom::Applicable(step) => format!("applies({})", self.step(step)),
            Atom::Undercut(step, index) => format!("undercut({}, {})", self.step(step), index + 1),
            Atom::Impeachment(source, index) => format!("impeached({}, {})", self.source(source), index + 1),
            Atom::Superseded(document, by) => {
                let [document, by] = [document, by].map(|id| self.source(Source::Document(id)));
                format!("superseded({document}, {by})")
            }
            Atom::Drawn(step) => format!("reached({})", self.step(step)),
            Atom::Asked(_) => unreachable!("nothing else is asked"),
        }
    }

    fn variable(&self, variable: VariableId) -> String {
        match self.engine.quantities().quantity(variable) {
            Parameter::Reliability(source) => format!("reliability({})", self.source(source)),
            Parameter::Strength(step) => format!("strength({})", self.step(step)),
            Parameter::Draw(step) => format!("draw({})", self.step(step)),
            Parameter::Ratio(step) => format!("weaker_draw({})", self.step(step)),
            Parameter::Present(step) => format!("present({})", self.step(step)),
            Parameter::Assumed(statement) => format!("assumed({})", self.statement(statement)),
            Parameter::Undercut(step, index) => format!("undercut_strength({}, {})", self.step(step), index + 1),
            Parameter::Impeachment(source, index) => {
                format!("impeachment_strength({}, {})", self.source(source), index + 1)
            }
            Parameter::Passage(..) | Parameter::Further(_) => unreachable!("the case as written has no such facts"),
        }
    }

    fn step(&self, step: Step) -> String {
        match step {
            Step::Evidence { statement, index } => format!("link({}, {})", self.statement(statement), index + 1),
            Step::Inference(id) => format!("inference({})", quoted(self.case.inferences[id].key.as_str())),
        }
    }

    fn statement(&self, id: StatementId) -> String {
        quoted(self.case.statements[id].key.as_str())
    }

    fn source(&self, source: Source) -> String {
        quoted(self.case.source_key(source).as_str())
    }

    fn left_out(&self) -> Vec<String> {
        let mut left_out = vec!["standards of proof".to_owned()];
        let withheld = self.case.documents.values().filter(|document| document.withheld.get() > 0.0).count();
        left_out.extend((withheld > 0).then(|| format!("what is withheld from {}", count(withheld, "document"))));
        left_out
    }

    fn loops(&self) -> Vec<String> {
        const SHOWN: usize = 4;
        let loops = components(self.program, self.program.atoms()).into_iter().filter(|one| one.negative);
        let some = |atoms: &[AtomId]| {
            let terms: Vec<String> = atoms.iter().take(SHOWN).map(|&atom| self.atom(atom)).collect();
            format!("{}{}", terms.join(", "), if atoms.len() > SHOWN { ", …" } else { "" })
        };
        loops.map(|one| some(&one.atoms)).collect()
    }
}

const INTRODUCTION: &str = "\
% The case as a program of ProbLog: `problog FILE` gives the probability that there is a case for each statement, that there
% is one against it, and that there are both, which are the degrees of `evigraph verdict`. Links are counted from 1.
";

fn variable_of(literal: &Literal) -> Option<VariableId> {
    match literal {
        Literal::Variable(variable) => Some(*variable),
        Literal::Atom(_) | Literal::Not(_) => None,
    }
}

/// A text as an atom.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

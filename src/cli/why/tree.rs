//! The argument as a text: the grounds of a statement, then of each statement below it, every one once.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use crate::diagnostic::visible;
use crate::explain::{Argument, Standing, Weighed};
use crate::model::{Case, Effect, Premise, StatementId};
use crate::words::{attack_words, attacked_part, count, degree, detail_phrase, ground_words, joined, premise_words};

use crate::cli::layout::{BOLD, DIM, lines, styled, wrapped};

/// The argument for a statement, that against it, what lies below, and where its sources come from.
pub fn render(case: &Case, argument: &Argument, depth: usize, width: usize) -> String {
    let mut tree = Tree { case, argument, width, named: BTreeSet::new(), text: String::new() };
    tree.named.insert(Premise::Statement(argument.statement));
    for (effect, title) in [(Effect::Supports, "For it"), (Effect::Opposes, "Against it")] {
        tree.side(effect, title);
    }
    tree.below(depth);
    tree.origins();
    tree.text
}

struct Tree<'a> {
    case: &'a Case,
    argument: &'a Argument,
    width: usize,
    /// What has been called by its words already.
    named: BTreeSet<Premise>,
    text: String,
}

impl Tree<'_> {
    fn side(&mut self, effect: Effect, title: &str) {
        let _ = write!(self.text, "\n{}", styled(BOLD, title));
        let branch = &self.argument.branches[&self.argument.statement];
        let grounds: Vec<&Weighed> = branch.grounds.iter().filter(|weighed| weighed.effect == effect).collect();
        if grounds.is_empty() {
            self.text += "\n  nothing\n";
            return;
        }
        self.text += "\n";
        self.legend("how likely it is to make a case; what the case would lose without it");
        for weighed in grounds {
            self.ground(weighed, "  ");
        }
    }

    fn legend(&mut self, legend: &str) {
        let _ = writeln!(self.text, "{}", styled(DIM, wrapped(legend, self.width.saturating_sub(2), "  ")));
    }

    /// A ground, and what attacks it.
    fn ground(&mut self, weighed: &Weighed, first: &str) {
        let loss = match weighed.loss {
            Some(loss) if loss > 0.0 => format!("-{}", degree(loss)),
            _ => " ".repeat(5),
        };
        let numbers = format!("{first}{}  {}  ", degree(weighed.weight), styled(DIM, loss));
        let indent = first.len() + 13;
        let words = ground_words(self.case, weighed, &mut |premise| self.named.name(self.case, premise));
        self.lines(&numbers, &words, indent);
        for attack in &weighed.attacks {
            let words = attack_words(attack, &mut |premise| self.named.name(self.case, premise));
            self.lines(&" ".repeat(indent), &format!("{}{words}", attacked_part(attack.kind)), indent);
        }
    }

    /// Words behind what their first line starts with, further lines set in as far.
    fn lines(&mut self, first: &str, words: &str, indent: usize) {
        let room = self.width.saturating_sub(indent).max(30);
        let mut lines = lines(&visible(words), room).into_iter();
        let _ = writeln!(self.text, "{first}{}", lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(self.text, "{:indent$}{line}", "");
        }
    }

    /// The statements below, level by level, each with its verdict and its grounds.
    fn below(&mut self, depth: usize) {
        let mut waiting = VecDeque::from([self.argument.statement]);
        let mut seen = BTreeSet::from([self.argument.statement]);
        let (mut deeper, mut first) = (0, true);
        while let Some(statement) = waiting.pop_front() {
            for next in self.starts(statement) {
                if !seen.insert(next) {
                    continue;
                }
                if self.argument.branches.contains_key(&next) {
                    if first {
                        let _ = writeln!(self.text, "\n{}", styled(BOLD, "Below it"));
                    }
                    self.statement(next, std::mem::take(&mut first));
                    waiting.push_back(next);
                } else if self.case.statements[next].has_grounds() {
                    deeper += 1;
                }
            }
        }
        if deeper > 0 {
            let hint = format!("{} further down: --depth {} goes on", count(deeper, "statement"), depth + 1);
            let _ = writeln!(self.text, "  {}", styled(DIM, hint));
        }
    }

    fn statement(&mut self, statement: StatementId, first: bool) {
        if !first {
            self.text += "\n";
        }
        let branch = &self.argument.branches[&statement];
        let degrees = branch.assessment.degrees;
        let [case_for, case_against] = [degrees.case_for(), degrees.case_against()].map(degree);
        let name = self.named.name(self.case, Premise::Statement(statement));
        let verdict = detail_phrase(branch.assessment.detail);
        self.lines("  ", &format!("{name}: {verdict}, case for {case_for}, case against {case_against}"), 6);
        for weighed in &branch.grounds {
            self.ground(weighed, if weighed.effect == Effect::Supports { "    + " } else { "    - " });
        }
    }

    /// The statements that the grounds of a statement start from, or are attacked from.
    fn starts(&self, of: StatementId) -> Vec<StatementId> {
        let grounds = self.argument.branches.get(&of).map(|branch| branch.grounds.as_slice()).unwrap_or_default();
        grounds.iter().flat_map(|weighed| weighed.below(self.case)).collect()
    }

    /// The sources that others stand behind, or that are impeached.
    fn origins(&mut self) {
        let telling = |standing: &Standing| !standing.origins.is_empty() || !standing.impeachments.is_empty();
        let sources: Vec<_> = self.argument.sources.iter().filter(|(_, standing)| telling(standing)).collect();
        if sources.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "\n{}", styled(BOLD, "Where its sources come from"));
        self.legend("how likely the source is to hold, with what stands behind it");
        for (&source, standing) in sources {
            let mut words = self.named.name(self.case, Premise::Source(source));
            if !standing.origins.is_empty() {
                let origins = standing.origins.iter().map(|&origin| self.case.source_key(origin).as_str());
                words += &format!(", from {}", joined(origins));
            }
            for attack in &standing.impeachments {
                let attack = attack_words(attack, &mut |premise| self.named.name(self.case, premise));
                words += &format!("; {attack}");
            }
            self.lines(&format!("  {}  ", degree(standing.holds)), &words, 8);
        }
    }
}

/// Calls things by their ids, and the first time by their words besides.
trait Name {
    fn name(&mut self, case: &Case, premise: Premise) -> String;
}

impl Name for BTreeSet<Premise> {
    fn name(&mut self, case: &Case, premise: Premise) -> String {
        if self.insert(premise) { premise_words(case, premise) } else { case.premise_key(premise).to_string() }
    }
}

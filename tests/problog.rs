//! Cases as programs of ProbLog: the text is read back and evaluated here, world by world, and gives the degrees of the engine.
//! Nothing here knows how it was written.

use std::collections::{BTreeMap, BTreeSet};

use evigraph::internals::exchange::export_problog;
use evigraph::{Case, Engine, Scenario};

use crate::support::random::{self, Profile};
use crate::support::shipped;

/// With more facts that are neither certain nor impossible there are too many worlds.
const MOST_FACTS: usize = 12;

#[derive(Debug, Default)]
struct Program {
    facts: Vec<(f64, String)>,
    clauses: Vec<(String, Vec<(bool, String)>)>,
    queries: BTreeSet<String>,
}

/// The parts of a body, which have commas between them that are in no brackets.
fn parts(body: &str) -> Vec<String> {
    let (mut parts, mut depth, mut is_quoted) = (vec![String::new()], 0, false);
    for letter in body.chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth -= 1,
            ',' if !is_quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is one").push(letter);
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

impl Program {
    fn read(text: &str) -> Self {
        let mut program = Self::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(['%', ' '])) {
            let line = line.strip_suffix('.').unwrap_or_else(|| panic!("a clause ends with a point: {line}"));
            if line.starts_with("conflict(S)") {
                assert_eq!(line, "conflict(S) :- case_for(S), case_against(S)");
            } else if let Some(asked) = line.strip_prefix("query(").and_then(|line| line.strip_suffix(')')) {
                program.queries.insert(asked.to_owned());
            } else if let Some((number, fact)) = line.split_once("::") {
                program.facts.push((number.parse().expect("a probability"), fact.to_owned()));
            } else {
                let (head, body) = line.split_once(" :- ").unwrap_or((line, ""));
                let literal = |part: String| match part.strip_prefix("\\+ ") {
                    Some(denied) => (false, denied.to_owned()),
                    None => (true, part),
                };
                let body = parts(body).into_iter().filter(|part| !part.is_empty()).map(literal).collect();
                program.clauses.push((head.to_owned(), body));
            }
        }
        program
    }

    /// Everything that is used is a fact, or has a clause: ProbLog refuses what has neither.
    fn assert_complete(&self) {
        let heads = self.clauses.iter().map(|(head, _)| head.as_str());
        let known: BTreeSet<&str> =
            heads.chain(self.facts.iter().map(|(_, fact)| fact.as_str())).chain(["fail"]).collect();
        for (_, used) in self.clauses.iter().flat_map(|(_, body)| body) {
            assert!(known.contains(used.as_str()), "{used} is nowhere");
        }
    }

    /// What follows in a world where something is taken as true by those who deny it.
    fn follows<'p>(&'p self, world: &BTreeSet<&'p str>, denied: &BTreeSet<&'p str>) -> BTreeSet<&'p str> {
        let mut known = world.clone();
        loop {
            let holds = |(is_so, atom): &(bool, String)| {
                known.contains(atom.as_str()) && *is_so || !is_so && !denied.contains(atom.as_str())
            };
            let new: Vec<&str> = self
                .clauses
                .iter()
                .filter(|(head, body)| !known.contains(head.as_str()) && body.iter().all(holds))
                .map(|(head, _)| head.as_str())
                .collect();
            if new.is_empty() {
                return known;
            }
            known.extend(new);
        }
    }

    /// What is true in a world: the well-founded model, in which nothing is undecided here.
    fn model<'p>(&'p self, world: &BTreeSet<&'p str>) -> BTreeSet<&'p str> {
        let (mut least, mut most) = (BTreeSet::new(), self.follows(world, &BTreeSet::new()));
        loop {
            let next = self.follows(world, &most);
            if next == least {
                assert_eq!(least, most, "it loops through no negation");
                return least;
            }
            least = next;
            most = self.follows(world, &least);
        }
    }

    /// The probability of each query; none where there are too many worlds.
    fn answers(&self) -> Option<BTreeMap<String, f64>> {
        let (open, fixed): (Vec<_>, Vec<_>) = self.facts.iter().partition(|(number, _)| *number > 0.0 && *number < 1.0);
        let certain = fixed.iter().filter(|(number, _)| *number == 1.0).map(|(_, fact)| fact.as_str());
        let certain: BTreeSet<&str> = certain.collect();
        let mut answers: BTreeMap<String, f64> = self.queries.iter().map(|asked| (asked.clone(), 0.0)).collect();
        for world in 0..(open.len() <= MOST_FACTS).then(|| 1_u32 << open.len())? {
            let (mut facts, mut weight) = (certain.clone(), 1.0);
            for (at, (number, fact)) in open.iter().enumerate() {
                let is_on = world >> at & 1 == 1;
                weight *= if is_on { *number } else { 1.0 - number };
                facts.extend(is_on.then_some(fact.as_str()));
            }
            let model = self.model(&facts);
            for (asked, answer) in &mut answers {
                let is_so = match asked.strip_prefix("conflict") {
                    Some(of) => ["case_for", "case_against"].iter().all(|side| model.contains(&*format!("{side}{of}"))),
                    None => model.contains(asked.as_str()),
                };
                *answer += if is_so { weight } else { 0.0 };
            }
        }
        Some(answers)
    }
}

/// Whether the degrees of a case are those of its program, as far as they can be compared.
fn is_compared(name: &str, case: &Case, scenario: Scenario) -> bool {
    let engine = Engine::new(case, scenario);
    let made = export_problog(&engine).expect("it is small");
    if !made.loops.is_empty() {
        return false;
    }
    let program = Program::read(&made.exported.text);
    program.assert_complete();
    let Some(answers) = program.answers() else { return false };
    let own = case.statements.ids().filter(|&id| case.canonical(id) == id);
    for id in own {
        let degrees = engine.degrees(engine.base(), id).expect("it is small");
        let key = case.statements[id].key.as_str();
        for (asked, expected) in
            [("case_for", degrees.case_for()), ("case_against", degrees.case_against()), ("conflict", degrees.conflict)]
        {
            let found = answers[&format!("{asked}('{key}')")];
            assert!(
                (found - expected).abs() < 1e-9,
                "{name}: {asked}('{key}') is {found}, and not {expected}\n{}",
                made.exported.text
            );
        }
    }
    true
}

#[test]
fn shipped_cases_have_the_degrees_of_their_programs() {
    let compared: Vec<String> = shipped()
        .into_iter()
        .filter(|(name, case)| is_compared(name, case, Scenario::default()))
        .map(|(name, _)| name)
        .collect();
    assert!(compared.len() >= 6, "{compared:?}");
}

#[test]
fn what_is_left_out_is_left_out_of_the_program() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name.contains("two-sources")).expect("it is shipped");
    let scenario = Scenario { without: case.sources().take(1).collect(), ..Scenario::default() };
    assert!(is_compared("two-sources", &case, scenario));
}

#[test]
fn random_cases_have_the_degrees_of_their_programs() {
    let profiles = [Profile::flat(), Profile::competing(), Profile::exhaustive(), Profile::broad()];
    let cases = (0..40).flat_map(|seed| profiles.iter().map(move |profile| random::case(profile, seed).build()));
    let compared = cases.filter(|case| is_compared("a random case", case, Scenario::default())).count();
    assert!(compared >= 40, "{compared} were compared");
}

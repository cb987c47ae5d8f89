//! Random small cases, the same every time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use evigraph::{Bar, Effect, Standard, Thresholds};

use super::sketch::{Attacks, InferenceSketch, LinkSketch, Sketch, SourceSketch, StatementSketch, probability};

/// A generator of numbers (SplitMix64; Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).expect("below a usize")
    }

    pub fn within(&mut self, range: &RangeInclusive<usize>) -> usize {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    /// Whether something of so many percent happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A number from `low` to below `high`, on a grid of a millionth, so that it reads well.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let share = self.below(1_000_000) as f64 / 1e6;
        ((low + (high - low) * share) * 1e6).round() / 1e6
    }
}

/// What sort of cases to make.
#[derive(Debug, Clone)]
pub struct Profile {
    pub documents: RangeInclusive<usize>,
    pub actors: RangeInclusive<usize>,
    pub claims: RangeInclusive<usize>,
    pub relationships: RangeInclusive<usize>,
    pub links: RangeInclusive<usize>,
    pub inferences: RangeInclusive<usize>,
    pub undercuts: RangeInclusive<usize>,
    pub impeachments: RangeInclusive<usize>,
    pub origins: RangeInclusive<usize>,
    pub entailments: RangeInclusive<usize>,
    /// Statements that are all, any or one of others.
    pub wholes: RangeInclusive<usize>,
    /// Statements that are one of others of which all but one are spoken against.
    pub lists: RangeInclusive<usize>,
    pub needs: RangeInclusive<usize>,
    pub supersessions: RangeInclusive<usize>,
    pub assumptions: RangeInclusive<usize>,
    /// Percent of links that repeat the account of one that is there already.
    pub repeated: usize,
    pub rivals: RangeInclusive<usize>,
    /// Percent of premises that are statements.
    pub statement_premises: usize,
    /// About so many numbers are neither 0 nor 1, and never more than this.
    pub uncertain: usize,
    /// At most so many passages.
    pub passages: RangeInclusive<usize>,
    /// Percent of withheld shares that are 1.
    pub fully_withheld: usize,
}

impl Profile {
    /// Something of everything.
    pub fn broad() -> Self {
        Self {
            documents: 1..=4,
            actors: 0..=2,
            claims: 2..=5,
            relationships: 0..=2,
            links: 2..=8,
            inferences: 0..=2,
            undercuts: 0..=3,
            impeachments: 0..=2,
            origins: 0..=4,
            entailments: 0..=2,
            wholes: 0..=1,
            lists: 0..=0,
            needs: 0..=2,
            supersessions: 0..=1,
            assumptions: 0..=1,
            repeated: 20,
            rivals: 0..=2,
            statement_premises: 30,
            uncertain: 11,
            passages: 0..=0,
            fully_withheld: 0,
        }
    }

    /// Loops through negation: attacks and rejections that depend on what they attack.
    pub fn tangled() -> Self {
        Self {
            documents: 1..=3,
            claims: 2..=4,
            relationships: 0..=0,
            links: 3..=9,
            inferences: 1..=3,
            undercuts: 1..=4,
            impeachments: 1..=4,
            origins: 1..=5,
            supersessions: 0..=2,
            statement_premises: 55,
            uncertain: 8,
            ..Self::broad()
        }
    }

    /// Readings that compete.
    pub fn competing() -> Self {
        Self {
            documents: 2..=5,
            claims: 3..=5,
            links: 4..=9,
            inferences: 0..=1,
            undercuts: 0..=1,
            impeachments: 0..=1,
            origins: 0..=2,
            entailments: 0..=3,
            wholes: 0..=2,
            rivals: 1..=4,
            statement_premises: 10,
            ..Self::broad()
        }
    }

    /// Lists of which all members but one may fall.
    pub fn exhaustive() -> Self {
        Self { claims: 4..=5, links: 1..=4, entailments: 0..=1, rivals: 0..=1, lists: 1..=1, ..Self::competing() }
    }

    /// No premise is a statement, so that no case is ever left undecided.
    pub fn flat() -> Self {
        Self { statement_premises: 0, entailments: 1..=4, rivals: 0..=2, wholes: 0..=2, ..Self::broad() }
    }

    /// With so many passages withheld, and few uncertain numbers besides.
    pub fn withheld(passages: RangeInclusive<usize>, uncertain: usize, fully_withheld: usize) -> Self {
        Self {
            documents: 2..=4,
            claims: 2..=4,
            relationships: 0..=1,
            links: 3..=7,
            rivals: 0..=2,
            statement_premises: 20,
            uncertain,
            passages,
            fully_withheld,
            ..Self::broad()
        }
    }
}

/// A case of that sort, the same for the same seed.
pub fn case(profile: &Profile, seed: u64) -> Sketch {
    let mut maker = Maker { dice: Dice::new(seed), profile, sketch: Sketch::new() };
    maker.declare();
    maker.connect_sources();
    maker.connect_statements();
    maker.links();
    maker.inferences();
    maker.attacks();
    maker.withhold();
    maker.standards();
    maker.question();
    maker.numbers();
    maker.sketch
}

struct Maker<'a> {
    dice: Dice,
    profile: &'a Profile,
    sketch: Sketch,
}

impl Maker<'_> {
    fn declare(&mut self) {
        for at in 0..self.dice.within(&self.profile.documents) {
            let tags = if self.dice.chance(50) { vec!["seen".to_owned()] } else { Vec::new() };
            let source = SourceSketch { reliability: Some(1.0), tags, ..SourceSketch::default() };
            self.sketch.documents.insert(format!("d{at}"), source);
        }
        for at in 0..self.dice.within(&self.profile.actors) {
            let reliability = self.dice.chance(60).then_some(1.0);
            self.sketch.actors.insert(format!("a{at}"), SourceSketch { reliability, ..SourceSketch::default() });
        }
        for at in 0..self.dice.within(&self.profile.claims) {
            self.sketch.claims.insert(format!("c{at}"), StatementSketch::default());
        }
        for at in 0..self.dice.within(&self.profile.relationships) {
            let same_as = self.dice.chance(40).then(|| "c0".to_owned());
            let statement = StatementSketch { same_as, ..StatementSketch::default() };
            self.sketch.relationships.insert(format!("r{at}"), statement);
        }
    }

    fn sources(&self) -> Vec<String> {
        self.sketch.documents.keys().chain(self.sketch.actors.keys()).cloned().collect()
    }

    fn documents(&self) -> Vec<String> {
        self.sketch.documents.keys().cloned().collect()
    }

    /// Every statement, other names of claims among them.
    fn statements(&self) -> Vec<String> {
        self.sketch.claims.keys().chain(self.sketch.relationships.keys()).cloned().collect()
    }

    /// Statements that have entries of their own.
    fn originals(&self) -> Vec<String> {
        self.statements().into_iter().filter(|name| self.canonical(name) == name).collect()
    }

    fn canonical<'n>(&'n self, name: &'n str) -> &'n str {
        self.sketch.relationships.get(name).and_then(|entry| entry.same_as.as_deref()).unwrap_or(name)
    }

    fn entry(&mut self, name: &str) -> &mut StatementSketch {
        self.sketch.claims.get_mut(name).or(self.sketch.relationships.get_mut(name)).expect("declared")
    }

    fn any_statement(&mut self) -> String {
        let all = self.statements();
        self.dice.pick(&all).clone()
    }

    fn original(&mut self) -> String {
        let all = self.originals();
        self.dice.pick(&all).clone()
    }

    fn source(&mut self) -> String {
        let all = self.sources();
        self.dice.pick(&all).clone()
    }

    fn document(&mut self) -> String {
        let all = self.documents();
        self.dice.pick(&all).clone()
    }

    fn premise(&mut self) -> String {
        if self.dice.chance(self.profile.statement_premises) { self.any_statement() } else { self.source() }
    }

    fn effect(&mut self) -> Effect {
        if self.dice.chance(72) { Effect::Supports } else { Effect::Opposes }
    }

    fn connect_sources(&mut self) {
        for _ in 0..self.dice.within(&self.profile.origins) {
            let (document, origin) = (self.document(), self.source());
            let origins = &mut self.sketch.documents.get_mut(&document).expect("declared").derives_from;
            if origin != document && !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        for _ in 0..self.dice.within(&self.profile.needs) {
            let (document, needed) = (self.document(), self.source());
            let needs = &mut self.sketch.documents.get_mut(&document).expect("declared").rests_on;
            if needed != document && !needs.contains(&needed) {
                needs.push(needed);
            }
        }
        for _ in 0..self.dice.within(&self.profile.supersessions) {
            let (document, other) = (self.document(), self.document());
            if document != other && !self.goes_back_to(&document, &other) {
                self.sketch.documents.get_mut(&document).expect("declared").supersedes.push(other);
            }
        }
    }

    /// Whether a document derives from another or rests on it, by whatever path.
    fn goes_back_to(&self, document: &str, other: &str) -> bool {
        let (mut waiting, mut seen) = (vec![document], BTreeSet::new());
        while let Some(name) = waiting.pop() {
            let entry = self.sketch.documents.get(name).filter(|_| seen.insert(name));
            waiting.extend(
                entry
                    .into_iter()
                    .flat_map(|entry| entry.derives_from.iter().chain(&entry.rests_on))
                    .map(String::as_str),
            );
        }
        seen.contains(other)
    }

    fn connect_statements(&mut self) {
        for _ in 0..self.dice.within(&self.profile.entailments) {
            let (strong, weak) = (self.original(), self.any_statement());
            if self.canonical(&weak) != strong && !self.entry(&strong).entails.contains(&weak) {
                self.entry(&strong).entails.push(weak);
            }
        }
        for _ in 0..self.dice.within(&self.profile.wholes) {
            let (whole, sort) = (self.original(), self.dice.below(4));
            let mut parts = BTreeMap::new();
            for _ in 0..self.dice.within(&(1..=3)) {
                let part = self.any_statement();
                if self.canonical(&part) != whole {
                    parts.insert(self.canonical(&part).to_owned(), part);
                }
            }
            let parts: Vec<String> = parts.into_values().collect();
            let entry = self.entry(&whole);
            match sort {
                0 => entry.all_of = parts,
                1 => entry.any_of = parts,
                _ => entry.one_of = parts,
            }
        }
        for _ in 0..self.dice.within(&self.profile.lists) {
            self.list();
        }
        self.keep_members_apart();
        for _ in 0..self.dice.within(&self.profile.assumptions) {
            let assumed = self.original();
            self.entry(&assumed).assumed = Some(1.0);
        }
        for _ in 0..self.dice.within(&self.profile.rivals) {
            let (one, other) = (self.original(), self.any_statement());
            let to = self.canonical(&other).to_owned();
            let related = one == to || self.entails(&one, &to) || self.entails(&to, &one);
            if !related && !self.entry(&one).rivals.contains(&other) {
                self.entry(&one).rivals.push(other);
            }
        }
    }

    /// An exhaustive list, assumed, with evidence against all of its members but the last.
    fn list(&mut self) {
        let mut members = self.originals();
        let whole = members.swap_remove(self.dice.below(members.len()));
        while members.len() > 2 + self.dice.below(2) {
            members.swap_remove(self.dice.below(members.len()));
        }
        for member in members.iter().rev().skip(1) {
            let from = self.document();
            let entry = self.entry(member);
            let (effect, undercut_by) = (Effect::Opposes, Vec::new());
            entry.evidence.push(LinkSketch {
                effect,
                from,
                strength: 1.0,
                exhibit: true,
                relies_on: Vec::new(),
                undercut_by,
            });
        }
        let entry = self.entry(&whole);
        (entry.one_of, entry.assumed) = (members, Some(1.0));
    }

    /// Of members of which only one can be so none may entail another.
    fn keep_members_apart(&mut self) {
        for name in self.originals() {
            let members = self.entry(&name).one_of.clone();
            let related = |one: &String, other: &String| self.entails(self.canonical(one), self.canonical(other));
            if members.iter().any(|one| members.iter().any(|other| one != other && related(one, other))) {
                self.entry(&name).one_of.clear();
            }
        }
    }

    /// Whether one statement entails another, by whatever path.
    fn entails(&self, strong: &str, weak: &str) -> bool {
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (name, entry) in self.sketch.claims.iter().chain(&self.sketch.relationships) {
            pairs.extend(entry.entails.iter().chain(&entry.all_of).map(|to| (name.as_str(), self.canonical(to))));
            let members = entry.any_of.iter().chain(&entry.one_of);
            pairs.extend(members.map(|from| (self.canonical(from), name.as_str())));
        }
        let mut reached = BTreeSet::from([strong]);
        loop {
            let more: BTreeSet<&str> =
                pairs.iter().filter(|(from, _)| reached.contains(from)).map(|&(_, to)| to).collect();
            if more.is_subset(&reached) {
                return reached.contains(weak);
            }
            reached.extend(more);
        }
    }

    fn links(&mut self) {
        for _ in 0..self.dice.within(&self.profile.links) {
            let (to, from, effect) = (self.original(), self.premise(), self.effect());
            if self.canonical(&from) == to {
                continue;
            }
            if self.dice.chance(self.profile.repeated) && self.repeat() {
                continue;
            }
            let is_document = self.sketch.documents.contains_key(&from);
            let exhibit = is_document && self.dice.chance(12);
            let count = if is_document && self.dice.chance(15) { self.dice.within(&(1..=2)) } else { 0 };
            let relies_on: BTreeSet<String> = (0..count).map(|_| self.source()).filter(|name| *name != from).collect();
            let relies_on = relies_on.into_iter().collect();
            let link = LinkSketch { effect, from, strength: 1.0, exhibit, relies_on, undercut_by: Vec::new() };
            self.entry(&to).evidence.push(link);
        }
    }

    /// One more link like one that is there, from its source or from what goes back to that.
    fn repeat(&mut self) -> bool {
        let to = self.original();
        let links = self.entry(&to).evidence.clone();
        if links.is_empty() {
            return false;
        }
        let mut link = LinkSketch { exhibit: false, undercut_by: Vec::new(), ..self.dice.pick(&links).clone() };
        let behind =
            |entry: &&SourceSketch| entry.derives_from.contains(&link.from) || entry.rests_on.contains(&link.from);
        let repeats = self.sketch.documents.iter().find(|(_, entry)| behind(entry)).map(|(name, _)| name.clone());
        link.from = repeats.unwrap_or(link.from);
        self.entry(&to).evidence.push(link);
        true
    }

    fn inferences(&mut self) {
        for at in 0..self.dice.within(&self.profile.inferences) {
            let (to, effect) = (self.any_statement(), self.effect());
            let mut given = BTreeSet::new();
            for _ in 0..self.dice.within(&(1..=2)) {
                given.insert(self.premise());
            }
            let mut given_rejected = BTreeSet::new();
            if self.profile.statement_premises > 0 && self.dice.chance(35) {
                given_rejected.insert(self.any_statement());
            }
            let conclusion = self.canonical(&to).to_owned();
            let kept = |names: BTreeSet<String>| -> Vec<String> {
                names.into_iter().filter(|name| self.canonical(name) != conclusion).collect()
            };
            let (given, given_rejected) = (kept(given), kept(given_rejected));
            if !given.is_empty() || !given_rejected.is_empty() {
                let step =
                    InferenceSketch { given, given_rejected, to, effect, strength: 1.0, undercut_by: Vec::new() };
                self.sketch.inferences.insert(format!("i{at}"), step);
            }
        }
    }

    fn attacks(&mut self) {
        for _ in 0..self.dice.within(&self.profile.undercuts) {
            let from = self.premise();
            let mut steps: Vec<&mut Attacks> = Vec::new();
            let statements = self.sketch.claims.values_mut().chain(self.sketch.relationships.values_mut());
            steps.extend(statements.flat_map(|entry| &mut entry.evidence).map(|link| &mut link.undercut_by));
            steps.extend(self.sketch.inferences.values_mut().map(|step| &mut step.undercut_by));
            if !steps.is_empty() {
                let at = self.dice.below(steps.len());
                steps[at].push((from, 1.0));
            }
        }
        for _ in 0..self.dice.within(&self.profile.impeachments) {
            let source = self.source();
            // Now and then by what derives from it.
            let derived = |(_, entry): &(&String, &SourceSketch)| entry.derives_from.contains(&source);
            let from = self.sketch.documents.iter().find(derived).map(|(name, _)| name.clone());
            let from = match from {
                Some(from) if self.dice.chance(35) => from,
                _ => self.premise(),
            };
            if from != source {
                let entry = self.sketch.documents.get_mut(&source).or(self.sketch.actors.get_mut(&source));
                entry.expect("declared").impeached_by.push((from, 1.0));
            }
        }
    }

    fn withhold(&mut self) {
        let most = *self.profile.passages.end();
        let wanted = if most == 0 { 0 } else { self.dice.within(&self.profile.passages) };
        let mut documents = self.documents();
        for at in (1..documents.len()).rev() {
            documents.swap(at, self.dice.below(at + 1));
        }
        for document in documents {
            let missing = wanted.saturating_sub(passages(&self.sketch));
            if missing == 0 {
                break;
            }
            let before = self.sketch.documents[&document].clone();
            let share = if self.dice.chance(self.profile.fully_withheld) { 1.0 } else { self.dice.between(0.2, 0.97) };
            let listed = self.dice.chance(70);
            let count = self.dice.within(&(missing.div_ceil(3)..=missing.min(4).max(missing.div_ceil(3))));
            let list: BTreeSet<String> = (0..count).map(|_| self.any_statement()).collect();
            let entry = self.sketch.documents.get_mut(&document).expect("declared");
            entry.withheld = share;
            entry.bears_on = listed.then(|| list.into_iter().collect());
            if passages(&self.sketch) > most {
                self.sketch.documents.insert(document, before);
            }
        }
    }

    fn standards(&mut self) {
        self.sketch.standard = *self.dice.pick(&Standard::ALL);
        // The standard of another name of a claim is of no account.
        for name in self.statements() {
            if self.dice.chance(20) {
                self.entry(&name).standard = Some(*self.dice.pick(&Standard::ALL));
            }
        }
        if self.dice.chance(20) {
            let dice = &mut self.dice;
            let mut number = |low, high| {
                let extreme = dice.chance(10).then(|| *dice.pick(&[0.0, 1.0]));
                probability(extreme.unwrap_or_else(|| dice.between(low, high)))
            };
            let mut bar = || Bar { case: number(0.1, 0.9), margin: number(0.0, 0.6) };
            let bars = (bar(), bar(), bar());
            self.sketch.thresholds = Thresholds {
                serious: number(0.05, 0.6),
                preponderance: bars.0,
                clear_and_convincing: bars.1,
                beyond_reasonable_doubt: bars.2,
            };
        }
    }

    fn question(&mut self) {
        let all = self.statements();
        let claims: BTreeSet<String> = (0..self.dice.within(&(1..=3))).map(|_| self.dice.pick(&all).clone()).collect();
        let claims: Vec<String> = claims.into_iter().collect();
        let headline = self.dice.pick(&claims).clone();
        self.sketch.questions.insert("q".to_owned(), (claims, headline));
    }

    /// Gives every number of the case a value: 1, now and then 0, else something uneven between.
    fn numbers(&mut self) {
        let mut sketch = std::mem::take(&mut self.sketch);
        let mut all = numbers(&mut sketch);
        let mut order: Vec<usize> = (0..all.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, self.dice.below(at + 1));
        }
        for (rank, &at) in order.iter().enumerate() {
            *all[at] = if self.dice.chance(4) {
                0.0
            } else if rank >= self.profile.uncertain || self.dice.chance(10) {
                1.0
            } else if self.dice.chance(55) {
                self.dice.between(0.75, 0.995)
            } else {
                self.dice.between(0.05, 0.95)
            };
        }
        self.sketch = sketch;
    }
}

/// Every number of a case that has one, but the withheld shares.
pub fn numbers(sketch: &mut Sketch) -> Vec<&mut f64> {
    fn strengths(attacks: &mut Attacks) -> impl Iterator<Item = &mut f64> {
        attacks.iter_mut().map(|(_, strength)| strength)
    }
    let mut all = Vec::new();
    for source in sketch.documents.values_mut().chain(sketch.actors.values_mut()) {
        all.extend(&mut source.reliability);
        all.extend(strengths(&mut source.impeached_by));
    }
    for entry in sketch.claims.values_mut().chain(sketch.relationships.values_mut()) {
        for link in &mut entry.evidence {
            all.push(&mut link.strength);
            all.extend(strengths(&mut link.undercut_by));
        }
        all.extend(&mut entry.assumed);
    }
    for step in sketch.inferences.values_mut() {
        all.push(&mut step.strength);
        all.extend(strengths(&mut step.undercut_by));
    }
    all
}

/// How many passages a case has; at most, where some go by two names.
pub fn passages(sketch: &Sketch) -> usize {
    let statements: BTreeMap<&String, &StatementSketch> = sketch.claims.iter().chain(&sketch.relationships).collect();
    let speaks = |document: &String, entry: &StatementSketch| entry.evidence.iter().any(|link| link.from == *document);
    let of = |(name, entry): (&String, &SourceSketch)| match &entry.bears_on {
        _ if entry.withheld == 0.0 => 0,
        Some(list) => list.len(),
        None => statements.values().filter(|statement| speaks(name, statement)).count(),
    };
    sketch.documents.iter().map(of).sum()
}

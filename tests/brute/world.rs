//! One world after another: the rules of a case as a list, its components, and the model of one world.
//!
//! Written from the definition alone, plain rather than fast, and sharing no code with the engine. Sets of
//! nodes, of variables and of targets are bits of a word, which is all the speed that small cases need.

use std::collections::{BTreeMap, BTreeSet};

use evigraph::{Attack, Case, DocumentId, Effect, Evidence, InferenceId, Manner, Premise, Source, StatementId};

use super::Passage;

/// A set of nodes, of variables or of targets.
pub type Set = u128;

/// What comes true or not on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    Source(Source),
    /// The strength of a link that is a step of its own.
    Link(StatementId, usize),
    /// Whether a link that is one step with others plays a part at all.
    Present(StatementId, usize),
    /// The draw of a step of several links, by the first of the strongest.
    Draw(StatementId, usize),
    /// That the draw reaches weaker links, given that it reaches the next stronger, by the first of them.
    Ratio(StatementId, usize),
    Inference(InferenceId),
    LinkUndercut(StatementId, usize, usize),
    InferenceUndercut(InferenceId, usize),
    Impeachment(Source, usize),
    Assumed(StatementId),
    /// By its place in the list of passages.
    Passage(usize),
}

impl Variable {
    /// Whether its number is one of those that weaker weights move.
    pub fn is_weight(self) -> bool {
        !matches!(self, Self::Present(..) | Self::Ratio(..) | Self::Passage(_))
    }
}

/// What has an equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Holds(Source),
    For(StatementId),
    Against(StatementId),
    LinkUndercut(StatementId, usize, usize),
    InferenceUndercut(InferenceId, usize),
    Impeachment(Source, usize),
    /// The first holds and takes the place of the second.
    Supersession(DocumentId, DocumentId),
}

/// What an undercut or an impeachment attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Source(Source),
    Link(StatementId, usize),
    Inference(InferenceId),
}

/// Numbers the things of one sort, a bit each.
#[derive(Debug, Clone)]
pub struct Bits<T>(BTreeMap<T, u32>);

impl<T: Ord + Copy> Bits<T> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn bit(&mut self, thing: T) -> Set {
        let next = u32::try_from(self.0.len()).expect("few");
        assert!(next < Set::BITS, "the oracle is for small cases");
        1 << *self.0.entry(thing).or_insert(next)
    }

    /// The bit of a thing that has one.
    pub fn find(&self, thing: T) -> Option<Set> {
        self.0.get(&thing).map(|&bit| 1 << bit)
    }

    /// Everything that has a bit.
    pub fn things(&self) -> impl Iterator<Item = (T, Set)> + '_ {
        self.0.iter().map(|(&thing, &bit)| (thing, 1 << bit))
    }
}

/// `head` is so when every variable is on, no target has fallen, every node of `all` is so, none of `none`
/// is, and one of `any` is, where there is an `any`.
#[derive(Debug, Clone, Default)]
struct Rule {
    head: Set,
    /// The cases of statements that a step or a rule of entailment leads on from.
    needs: Vec<Need>,
    variables: Set,
    targets: Set,
    all: Set,
    none: Set,
    any: Option<Set>,
}

impl Rule {
    fn fires(&self, on: Set, fallen: Set, so: Set, negated: Set) -> bool {
        self.variables & !on == 0
            && self.targets & fallen == 0
            && self.all & !so == 0
            && self.none & negated == 0
            && self.any.is_none_or(|any| any & so != 0)
    }
}

/// What is so in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    /// Nodes that are certainly so.
    pub certain: Set,
    /// Nodes that are possibly so.
    pub possible: Set,
    /// How often something undecided silenced what it attacks.
    pub silenced: u32,
    /// Targets that are dropped or silenced.
    fallen: Set,
}

/// A case of a statement that something leads on from: the case for it, or the case against it.
pub type Need = (StatementId, Effect);

/// Which of the rules on rivals and on what is out are taken.
#[derive(Debug, Clone, Copy)]
pub enum Model<'a> {
    /// No rivals, and nothing is out.
    NothingOut,
    /// No rivals, and what is out proves nothing.
    NoRivals(&'a BTreeSet<StatementId>),
    /// All rules, with this out.
    Full(&'a BTreeSet<StatementId>),
    /// Every rule that there is, whatever is out: it shows what can reach what.
    Widest,
}

impl Model<'_> {
    fn is_out(self, statement: StatementId) -> bool {
        match self {
            Self::NothingOut | Self::Widest => false,
            Self::NoRivals(out) | Self::Full(out) => out.contains(&statement),
        }
    }

    fn has_rivals(self) -> bool {
        matches!(self, Self::Full(_) | Self::Widest)
    }
}

/// What a program is made of besides the case.
#[derive(Debug)]
pub struct Making<'a> {
    pub model: Model<'a>,
    pub passages: Vec<(usize, Passage, Effect)>,
    /// Of what is taken as decided there is always the case on that side, and never the other.
    pub decided: &'a [Need],
    /// Steps and rules of entailment that need one of these are dropped.
    pub unproven: &'a BTreeSet<Need>,
}

/// The rules of a case.
#[derive(Debug, Clone)]
pub struct Program {
    pub variables: Bits<Variable>,
    pub nodes: Bits<Node>,
    targets: Bits<Target>,
    rules: Vec<Rule>,
    /// Undercuts and impeachments, with what they attack.
    attacks: Vec<(Set, Set)>,
    /// Each after those that it depends on.
    components: Vec<Component>,
}

#[derive(Debug, Clone)]
struct Component {
    rules: Vec<Rule>,
    attacks: Vec<(Set, Set)>,
}

impl Program {
    pub fn new(case: &Case, making: &Making<'_>) -> Self {
        let mut program = Self {
            variables: Bits::new(),
            nodes: Bits::new(),
            targets: Bits::new(),
            rules: Vec::new(),
            attacks: Vec::new(),
            components: Vec::new(),
        };
        program.sources(case);
        program.evidence(case);
        for &(index, passage, effect) in &making.passages {
            program.passage(index, passage, effect);
        }
        program.inferences(case);
        program.entailment(case, making.model);
        program.rivals(case, making.model);
        program.assumptions(case);
        program.rules.retain(|rule| !rule.needs.iter().any(|need| making.unproven.contains(need)));
        for &(statement, effect) in making.decided {
            let sides = [Effect::Supports, Effect::Opposes].map(|side| program.side(side, statement));
            program.rules.retain(|rule| !sides.contains(&rule.head));
            let head = program.side(effect, statement);
            program.rules.push(Rule { head, ..Rule::default() });
        }
        program.components = program.components();
        program
    }

    // The rules, one paragraph of the definition after another.

    fn sources(&mut self, case: &Case) {
        for source in case.sources() {
            let mut rule = Rule { head: self.nodes.bit(Node::Holds(source)), ..Rule::default() };
            rule.variables = self.variables.bit(Variable::Source(source));
            self.not_impeached(case, source, &mut rule);
            if let Source::Document(document) = source {
                let entry = &case.documents[document];
                self.one_of_the_origins(&entry.derives_from, &mut rule);
                for &needed in &entry.rests_on {
                    rule.all |= self.nodes.bit(Node::Holds(needed));
                }
                for superseded in BTreeSet::from_iter(&entry.supersedes) {
                    self.supersession(document, *superseded);
                }
            }
            self.rules.push(rule);
            for (index, attack) in case.impeachments(source).iter().enumerate() {
                let node = Node::Impeachment(source, index);
                self.attack(case, attack, node, Variable::Impeachment(source, index), Target::Source(source));
            }
        }
    }

    /// No impeachment of the source is in force, and none has silenced it.
    fn not_impeached(&mut self, case: &Case, source: Source, rule: &mut Rule) {
        rule.targets |= self.targets.bit(Target::Source(source));
        for index in 0..case.impeachments(source).len() {
            rule.none |= self.nodes.bit(Node::Impeachment(source, index));
        }
        for (other, entry) in case.documents.iter() {
            for &superseded in entry.supersedes.iter().filter(|&&superseded| Source::Document(superseded) == source) {
                rule.none |= self.nodes.bit(Node::Supersession(other, superseded));
            }
        }
    }

    fn supersession(&mut self, document: DocumentId, superseded: DocumentId) {
        let rule = Rule {
            head: self.nodes.bit(Node::Supersession(document, superseded)),
            all: self.nodes.bit(Node::Holds(Source::Document(document))),
            ..Rule::default()
        };
        self.attacks.push((rule.head, self.targets.bit(Target::Source(Source::Document(superseded)))));
        self.rules.push(rule);
    }

    /// One of the origins holds, where there are any.
    fn one_of_the_origins(&mut self, origins: &[Source], rule: &mut Rule) {
        if !origins.is_empty() {
            rule.any = Some(origins.iter().fold(0, |any, &origin| any | self.nodes.bit(Node::Holds(origin))));
        }
    }

    fn attack(&mut self, case: &Case, attack: &Attack, node: Node, variable: Variable, target: Target) {
        let mut rule = Rule { head: self.nodes.bit(node), ..Rule::default() };
        rule.variables = self.variables.bit(variable);
        self.given(case, attack.from, &mut rule);
        self.attacks.push((rule.head, self.targets.bit(target)));
        self.rules.push(rule);
    }

    /// The premise holds or is accepted.
    fn given(&mut self, case: &Case, premise: Premise, rule: &mut Rule) {
        match premise {
            Premise::Source(source) => rule.all |= self.nodes.bit(Node::Holds(source)),
            Premise::Statement(statement) => {
                rule.all |= self.nodes.bit(Node::For(case.canonical(statement)));
                rule.none |= self.nodes.bit(Node::Against(case.canonical(statement)));
            }
        }
    }

    fn side(&mut self, effect: Effect, statement: StatementId) -> Set {
        match effect {
            Effect::Supports => self.nodes.bit(Node::For(statement)),
            Effect::Opposes => self.nodes.bit(Node::Against(statement)),
        }
    }

    fn evidence(&mut self, case: &Case) {
        let draws = draws(case);
        for (id, statement) in case.statements.iter() {
            self.nodes.bit(Node::For(id));
            self.nodes.bit(Node::Against(id));
            for (index, link) in statement.evidence.iter().enumerate() {
                let mut rule = Rule { head: self.side(link.effect, id), ..Rule::default() };
                for &variable in draws.get(&(id, index)).unwrap_or(&vec![Variable::Link(id, index)]) {
                    rule.variables |= self.variables.bit(variable);
                }
                rule.targets = self.targets.bit(Target::Link(id, index));
                if let Premise::Statement(from) = link.from {
                    rule.needs.push((case.canonical(from), Effect::Supports));
                }
                match link.from {
                    Premise::Source(source @ Source::Document(_)) if link.manner == Some(Manner::Exhibit) => {
                        self.not_impeached(case, source, &mut rule);
                    }
                    Premise::Source(source @ Source::Document(_)) if !link.relies_on.is_empty() => {
                        rule.variables |= self.variables.bit(Variable::Source(source));
                        self.not_impeached(case, source, &mut rule);
                        self.one_of_the_origins(&link.relies_on, &mut rule);
                    }
                    premise => self.given(case, premise, &mut rule),
                }
                for (place, attack) in link.undercut_by.iter().enumerate() {
                    let node = Node::LinkUndercut(id, index, place);
                    rule.none |= self.nodes.bit(node);
                    let variable = Variable::LinkUndercut(id, index, place);
                    self.attack(case, attack, node, variable, Target::Link(id, index));
                }
                self.rules.push(rule);
            }
        }
    }

    fn passage(&mut self, index: usize, passage: Passage, effect: Effect) {
        let rule = Rule {
            head: self.side(effect, passage.statement),
            variables: self.variables.bit(Variable::Passage(index)),
            all: self.nodes.bit(Node::Holds(Source::Document(passage.document))),
            ..Rule::default()
        };
        self.rules.push(rule);
    }

    fn inferences(&mut self, case: &Case) {
        for (id, inference) in case.inferences.iter() {
            let mut rule = Rule { head: self.side(inference.effect, case.canonical(inference.to)), ..Rule::default() };
            rule.variables = self.variables.bit(Variable::Inference(id));
            rule.targets = self.targets.bit(Target::Inference(id));
            for &premise in &inference.given {
                self.given(case, premise, &mut rule);
                if let Premise::Statement(given) = premise {
                    rule.needs.push((case.canonical(given), Effect::Supports));
                }
            }
            for &premise in &inference.given_rejected {
                rule.needs.push((case.canonical(premise), Effect::Opposes));
                rule.all |= self.nodes.bit(Node::Against(case.canonical(premise)));
                rule.none |= self.nodes.bit(Node::For(case.canonical(premise)));
            }
            for (place, attack) in inference.undercut_by.iter().enumerate() {
                let node = Node::InferenceUndercut(id, place);
                rule.none |= self.nodes.bit(node);
                self.attack(case, attack, node, Variable::InferenceUndercut(id, place), Target::Inference(id));
            }
            self.rules.push(rule);
        }
    }

    fn entailment(&mut self, case: &Case, model: Model<'_>) {
        for (strong, weak) in entailments(case) {
            if !model.is_out(strong) {
                self.rule_from(&[(strong, Effect::Supports)], (weak, Effect::Supports));
            }
            self.rule_from(&[(weak, Effect::Opposes)], (strong, Effect::Opposes));
        }
        for (id, statement) in case.statements.iter() {
            let lists = [
                (&statement.all_of, Effect::Supports),
                (&statement.any_of, Effect::Opposes),
                (&statement.one_of, Effect::Opposes),
            ];
            for (parts, effect) in lists {
                if !parts.is_empty() {
                    let needs: Vec<Need> = parts.iter().map(|&part| (case.canonical(part), effect)).collect();
                    self.rule_from(&needs, (id, effect));
                }
            }
            self.the_one_that_is_left(case, id, model);
        }
    }

    /// These cases together are a case.
    fn rule_from(&mut self, needs: &[Need], (statement, effect): Need) {
        let mut rule = Rule { head: self.side(effect, statement), needs: needs.to_vec(), ..Rule::default() };
        for &(need, side) in needs {
            rule.all |= self.side(side, need);
        }
        self.rules.push(rule);
    }

    /// Where all members but one are out, a case for the whole and cases against them are a case for that one.
    fn the_one_that_is_left(&mut self, case: &Case, whole: StatementId, model: Model<'_>) {
        let members: BTreeSet<StatementId> =
            case.statements[whole].one_of.iter().map(|&member| case.canonical(member)).collect();
        for &left in &members {
            let others = || members.iter().copied().filter(|&member| member != left);
            let is_left = !model.is_out(left) && others().all(|other| model.is_out(other));
            if is_left || matches!(model, Model::Widest) {
                let mut needs = vec![(whole, Effect::Supports)];
                needs.extend(others().map(|other| (other, Effect::Opposes)));
                self.rule_from(&needs, (left, Effect::Supports));
            }
        }
    }

    fn rivals(&mut self, case: &Case, model: Model<'_>) {
        if !model.has_rivals() {
            return;
        }
        for (one, other) in rivals(case).into_iter().filter(|&(one, _)| !model.is_out(one)) {
            let rule = Rule {
                head: self.nodes.bit(Node::Against(other)),
                all: self.nodes.bit(Node::For(one)),
                ..Rule::default()
            };
            self.rules.push(rule);
        }
    }

    fn assumptions(&mut self, case: &Case) {
        for (id, _) in case.statements.iter().filter(|(_, statement)| statement.assumed.is_some()) {
            let head = self.nodes.bit(Node::For(case.canonical(id)));
            let variables = self.variables.bit(Variable::Assumed(id));
            self.rules.push(Rule { head, variables, ..Rule::default() });
        }
    }

    // Components.

    /// Nodes that depend on each other in a loop, each group after those that it depends on.
    fn components(&self) -> Vec<Component> {
        let below: Vec<(Set, Set)> = self.nodes.things().map(|(_, node)| (node, self.depends_on(node))).collect();
        let mut groups: Vec<(u32, Set)> = Vec::new();
        for &(node, reached) in &below {
            if groups.iter().all(|(_, group)| group & node == 0) {
                let mutual = below.iter().filter(|(other, back)| reached & other != 0 && back & node != 0);
                groups.push((reached.count_ones(), mutual.fold(0, |group, (other, _)| group | other)));
            }
        }
        // What a group depends on depends on strictly less.
        groups.sort_unstable();
        let component = |(_, nodes): (u32, Set)| Component {
            rules: self.rules.iter().filter(|rule| rule.head & nodes != 0).cloned().collect(),
            attacks: self.attacks.iter().filter(|(attack, _)| attack & nodes != 0).copied().collect(),
        };
        groups.into_iter().map(component).collect()
    }

    /// Every node that the node depends on, at whatever remove, and itself.
    fn depends_on(&self, node: Set) -> Set {
        let mut reached = node;
        loop {
            let below = |rule: &Rule| rule.all | rule.none | rule.any.unwrap_or(0);
            let more = self.rules.iter().filter(|rule| rule.head & reached != 0).fold(reached, |all, r| all | below(r));
            if more == reached {
                return reached;
            }
            reached = more;
        }
    }

    /// Whether a node depends on another, at whatever remove.
    pub fn reaches(&self, from: Node, to: Node) -> bool {
        let bit = |node| self.nodes.find(node).expect("every statement has both cases");
        self.depends_on(bit(to)) & bit(from) != 0
    }

    /// What could be so, if everything came true and nothing were denied, without anything that makes one node so.
    pub fn attainable_without(&self, node: Node) -> Set {
        let node = self.nodes.find(node).expect("every statement has both cases");
        let rules = self.rules.iter().filter(|rule| rule.head & node == 0).cloned().collect();
        Component { rules, attacks: Vec::new() }.least(Set::MAX, 0, 0, 0)
    }

    /// Whether a step could make a case where these nodes are so, if everything came true and nothing were denied.
    pub fn could_apply(&self, step: Variable, so: Set) -> bool {
        self.rule_of(step).fires(Set::MAX, 0, so, 0)
    }

    fn rule_of(&self, step: Variable) -> &Rule {
        let strength = self.variables.find(step).expect("every step has a variable");
        self.rules.iter().find(|rule| rule.variables & strength != 0).expect("and a rule")
    }

    // One world.

    /// Whether, in a world, the step that this is the strength of certainly makes a case.
    pub fn applies(&self, step: Variable, on: Set, world: &World) -> bool {
        self.rule_of(step).fires(on, world.fallen, world.certain, world.possible)
    }

    /// The model of the world in which exactly the variables `on` are on and the sources `dropped` never hold.
    pub fn world(&self, on: Set, dropped: &BTreeSet<Source>) -> World {
        let fallen = dropped.iter().filter_map(|&source| self.targets.find(Target::Source(source))).sum();
        let mut world = World { certain: 0, possible: 0, silenced: 0, fallen };
        for component in &self.components {
            let before = world;
            loop {
                (world.certain, world.possible) = component.model(on, world.fallen, before);
                let undecided = world.possible & !world.certain;
                let attacked = component.attacks.iter().filter(|(attack, _)| attack & undecided != 0);
                let silenced = attacked.fold(0, |all, (_, target)| all | target) & !world.fallen;
                if silenced == 0 {
                    break;
                }
                world.fallen |= silenced;
                world.silenced += 1;
            }
        }
        world
    }
}

impl Component {
    /// Its well-founded model, by alternating fixpoint, on top of those of the components before.
    fn model(&self, on: Set, fallen: Set, before: World) -> (Set, Set) {
        let mut certain = before.certain;
        loop {
            let possible = self.least(on, fallen, before.possible, certain);
            let more = self.least(on, fallen, before.certain, possible);
            if more == certain {
                return (certain, possible);
            }
            certain = more;
        }
    }

    /// The least set that holds `base` and is closed under the rules, where what is absent is read off `negated`.
    fn least(&self, on: Set, fallen: Set, base: Set, negated: Set) -> Set {
        let mut so = base;
        loop {
            let before = so;
            for rule in &self.rules {
                if rule.fires(on, fallen, so, negated) {
                    so |= rule.head;
                }
            }
            if so == before {
                return so;
            }
        }
    }
}

/// Every pair of a statement and one that it directly entails: as written, a whole each of its parts, each
/// alternative the whole.
pub fn entailments(case: &Case) -> BTreeSet<(StatementId, StatementId)> {
    let mut pairs = BTreeSet::new();
    for (id, statement) in case.statements.iter() {
        pairs.extend(statement.entails.iter().chain(&statement.all_of).map(|&weak| (id, case.canonical(weak))));
        let members = statement.any_of.iter().chain(&statement.one_of);
        pairs.extend(members.map(|&strong| (case.canonical(strong), id)));
    }
    pairs
}

/// Every pair of rivals, both ways round.
pub fn rivals(case: &Case) -> BTreeSet<(StatementId, StatementId)> {
    let mut pairs = BTreeSet::new();
    for (id, statement) in case.statements.iter() {
        for &rival in &statement.rivals {
            pairs.insert((id, case.canonical(rival)));
            pairs.insert((case.canonical(rival), id));
        }
        let members = || statement.one_of.iter().map(|&member| case.canonical(member));
        pairs.extend(members().flat_map(|one| members().map(move |other| (one, other))));
    }
    pairs.retain(|(one, other)| one != other);
    pairs
}

// Steps of several links.

/// Links that are one step, by strength, the strongest first; each as the places of the links of that strength.
type Levels = Vec<(f64, Vec<usize>)>;

/// Every step of several links, with the statement that it leads to.
pub fn shared_steps(case: &Case) -> Vec<(StatementId, Levels)> {
    let mut steps = Vec::new();
    for (id, statement) in case.statements.iter() {
        let mut accounts: BTreeMap<(bool, BTreeSet<Source>), Vec<usize>> = BTreeMap::new();
        for (index, link) in statement.evidence.iter().enumerate().filter(|(_, link)| link.strength.get() > 0.0) {
            if let Some(roots) = roots(case, link) {
                accounts.entry((link.effect == Effect::Supports, roots)).or_default().push(index);
            }
        }
        let several = accounts.into_values().filter(|links| links.len() > 1);
        steps.extend(several.map(|links| (id, levels(&statement.evidence, links))));
    }
    steps
}

fn levels(evidence: &[Evidence], mut links: Vec<usize>) -> Levels {
    let strength = |index: usize| evidence[index].strength.get();
    links.sort_by(|&one, &other| strength(other).total_cmp(&strength(one)).then(one.cmp(&other)));
    let mut levels = Levels::new();
    for index in links {
        match levels.last_mut() {
            Some((level, equal)) if *level == strength(index) => equal.push(index),
            _ => levels.push((strength(index), vec![index])),
        }
    }
    levels
}

/// For each link that is one step with others, what has to be on for it.
fn draws(case: &Case) -> BTreeMap<(StatementId, usize), Vec<Variable>> {
    let mut draws = BTreeMap::new();
    for (id, levels) in shared_steps(case) {
        let mut reached = Vec::new();
        for (_, links) in levels {
            let next = if reached.is_empty() { Variable::Draw } else { Variable::Ratio };
            reached.push(next(id, links[0]));
            for index in links {
                draws.insert((id, index), [reached.clone(), vec![Variable::Present(id, index)]].concat());
            }
        }
    }
    draws
}

/// What the account of a link goes back to; none where it comes from a statement.
fn roots(case: &Case, link: &Evidence) -> Option<BTreeSet<Source>> {
    let Premise::Source(source) = link.from else { return None };
    let own = BTreeSet::from([source]);
    let mut waiting = match source {
        Source::Document(_) if link.manner == Some(Manner::Exhibit) => return Some(own),
        Source::Document(_) if !link.relies_on.is_empty() => link.relies_on.to_vec(),
        source => behind(case, source),
    };
    let (mut reached, mut roots) = (BTreeSet::new(), BTreeSet::new());
    while let Some(source) = waiting.pop() {
        if reached.insert(source) {
            let further = behind(case, source);
            if further.is_empty() {
                roots.insert(source);
            }
            waiting.extend(further);
        }
    }
    Some(if roots.is_empty() { own } else { roots })
}

/// What a source derives from or rests on.
fn behind(case: &Case, source: Source) -> Vec<Source> {
    match source {
        Source::Document(document) => {
            let entry = &case.documents[document];
            [&*entry.derives_from, &*entry.rests_on].concat()
        }
        Source::Actor(_) => Vec::new(),
    }
}

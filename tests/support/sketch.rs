//! A case in a few words: everything by name, and nothing that the semantics does not look at.

use std::collections::BTreeMap;

use evigraph::{
    Actor, ActorId, ActorKind, Attack, Case, ClaimKind, Document, DocumentId, DocumentKind, Effect, Evidence,
    Inference, InferenceId, Key, Manner, Nature, Premise, Probability, Question, RareList, RelationshipKind, Source,
    Standard, Statement, StatementId, Table, Thresholds,
};
use evigraph::{Sources, Span};

/// An undercut or an impeachment: what it comes from, and its strength.
pub type Attacks = Vec<(String, f64)>;

/// A document or an actor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceSketch {
    /// None on an actor: it gives none. Documents always have one here.
    pub reliability: Option<f64>,
    pub impeached_by: Attacks,
    pub derives_from: Vec<String>,
    pub rests_on: Vec<String>,
    pub supersedes: Vec<String>,
    pub withheld: f64,
    pub bears_on: Option<Vec<String>>,
    pub tags: Vec<String>,
}

/// An evidence link.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkSketch {
    pub effect: Effect,
    pub from: String,
    pub strength: f64,
    pub exhibit: bool,
    pub relies_on: Vec<String>,
    pub undercut_by: Attacks,
}

/// A claim or a relationship.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatementSketch {
    pub standard: Option<Standard>,
    pub evidence: Vec<LinkSketch>,
    pub entails: Vec<String>,
    pub rivals: Vec<String>,
    pub all_of: Vec<String>,
    pub any_of: Vec<String>,
    pub one_of: Vec<String>,
    pub assumed: Option<f64>,
    pub same_as: Option<String>,
}

/// An inference.
#[derive(Debug, Clone, PartialEq)]
pub struct InferenceSketch {
    pub given: Vec<String>,
    pub given_rejected: Vec<String>,
    pub to: String,
    pub effect: Effect,
    pub strength: f64,
    pub undercut_by: Attacks,
}

/// A whole case, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    pub standard: Standard,
    pub thresholds: Thresholds,
    pub documents: BTreeMap<String, SourceSketch>,
    pub actors: BTreeMap<String, SourceSketch>,
    pub claims: BTreeMap<String, StatementSketch>,
    pub relationships: BTreeMap<String, StatementSketch>,
    pub inferences: BTreeMap<String, InferenceSketch>,
    /// Claims and headline.
    pub questions: BTreeMap<String, (Vec<String>, String)>,
}

/// A number as a probability.
pub fn probability(number: f64) -> Probability {
    Probability::new(number).expect("tests write probabilities")
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

/// Short hand for examples. Whatever is named has to be declared by the time of [`Sketch::build`].
impl Sketch {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn document(mut self, name: &str, reliability: f64) -> Self {
        let source = SourceSketch { reliability: Some(reliability), ..SourceSketch::default() };
        self.documents.insert(name.to_owned(), source);
        self
    }

    /// An actor with no reliability.
    pub fn actor(mut self, name: &str) -> Self {
        self.actors.insert(name.to_owned(), SourceSketch::default());
        self
    }

    pub fn actor_of(mut self, name: &str, reliability: f64) -> Self {
        let source = SourceSketch { reliability: Some(reliability), ..SourceSketch::default() };
        self.actors.insert(name.to_owned(), source);
        self
    }

    pub fn derives(mut self, document: &str, from: &[&str]) -> Self {
        self.documents.get_mut(document).expect("declared").derives_from = names(from);
        self
    }

    pub fn rests(mut self, document: &str, on: &[&str]) -> Self {
        self.documents.get_mut(document).expect("declared").rests_on = names(on);
        self
    }

    pub fn supersedes(mut self, document: &str, other: &str) -> Self {
        self.documents.get_mut(document).expect("declared").supersedes.push(other.to_owned());
        self
    }

    pub fn impeached(mut self, source: &str, from: &str, strength: f64) -> Self {
        let entry = self.documents.get_mut(source).or(self.actors.get_mut(source)).expect("declared");
        entry.impeached_by.push((from.to_owned(), strength));
        self
    }

    pub fn withheld(mut self, document: &str, share: f64, bears_on: Option<&[&str]>) -> Self {
        let entry = self.documents.get_mut(document).expect("declared");
        entry.withheld = share;
        entry.bears_on = bears_on.map(names);
        self
    }

    pub fn claim(mut self, name: &str) -> Self {
        self.claims.insert(name.to_owned(), StatementSketch::default());
        self
    }

    pub fn claims(mut self, list: &[&str]) -> Self {
        for name in list {
            self = self.claim(name);
        }
        self
    }

    pub fn relationship(mut self, name: &str) -> Self {
        self.relationships.insert(name.to_owned(), StatementSketch::default());
        self
    }

    pub fn same_as(mut self, name: &str, claim: &str) -> Self {
        self = self.relationship(name);
        self.of(name).same_as = Some(claim.to_owned());
        self
    }

    pub fn held_to(mut self, statement: &str, standard: Standard) -> Self {
        self.of(statement).standard = Some(standard);
        self
    }

    fn of(&mut self, statement: &str) -> &mut StatementSketch {
        self.claims.get_mut(statement).or(self.relationships.get_mut(statement)).expect("declared")
    }

    pub fn link(mut self, effect: Effect, to: &str, from: &str, strength: f64) -> Self {
        let link = LinkSketch {
            effect,
            from: from.to_owned(),
            strength,
            exhibit: false,
            relies_on: Vec::new(),
            undercut_by: Vec::new(),
        };
        self.of(to).evidence.push(link);
        self
    }

    pub fn supports(self, from: &str, to: &str, strength: f64) -> Self {
        self.link(Effect::Supports, to, from, strength)
    }

    pub fn opposes(self, from: &str, to: &str, strength: f64) -> Self {
        self.link(Effect::Opposes, to, from, strength)
    }

    /// The last link of a statement is an exhibit.
    pub fn shown_by_exhibit(mut self, statement: &str) -> Self {
        self.of(statement).evidence.last_mut().expect("declared").exhibit = true;
        self
    }

    /// The last link of a statement has origins of its own.
    pub fn relying_on(mut self, statement: &str, origins: &[&str]) -> Self {
        self.of(statement).evidence.last_mut().expect("declared").relies_on = names(origins);
        self
    }

    /// An undercut of an inference, or of the last link of a statement.
    pub fn undercut(mut self, step: &str, from: &str, strength: f64) -> Self {
        let attack = (from.to_owned(), strength);
        match self.inferences.get_mut(step) {
            Some(inference) => inference.undercut_by.push(attack),
            None => self.of(step).evidence.last_mut().expect("declared").undercut_by.push(attack),
        }
        self
    }

    pub fn entails(mut self, strong: &str, weak: &str) -> Self {
        self.of(strong).entails.push(weak.to_owned());
        self
    }

    pub fn rivals(mut self, one: &str, other: &str) -> Self {
        self.of(one).rivals.push(other.to_owned());
        self
    }

    pub fn all_of(mut self, whole: &str, parts: &[&str]) -> Self {
        self.of(whole).all_of = names(parts);
        self
    }

    pub fn any_of(mut self, whole: &str, parts: &[&str]) -> Self {
        self.of(whole).any_of = names(parts);
        self
    }

    pub fn one_of(mut self, whole: &str, members: &[&str]) -> Self {
        self.of(whole).one_of = names(members);
        self
    }

    pub fn assumed(mut self, statement: &str, number: f64) -> Self {
        self.of(statement).assumed = Some(number);
        self
    }

    pub fn inference(
        mut self,
        name: &str,
        given: &[&str],
        given_rejected: &[&str],
        effect: Effect,
        to: &str,
        strength: f64,
    ) -> Self {
        let inference = InferenceSketch {
            given: names(given),
            given_rejected: names(given_rejected),
            to: to.to_owned(),
            effect,
            strength,
            undercut_by: Vec::new(),
        };
        self.inferences.insert(name.to_owned(), inference);
        self
    }

    pub fn question(mut self, name: &str, claims: &[&str], headline: &str) -> Self {
        self.questions.insert(name.to_owned(), (names(claims), headline.to_owned()));
        self
    }
}

/// What a case needs besides: the actors that every relationship is between.
const ENDS: [&str; 2] = ["zz-one", "zz-other"];

impl Sketch {
    /// The case.
    ///
    /// # Panics
    ///
    /// If a name is not declared, or a number is no probability.
    pub fn build(&self) -> Case {
        let mut sketch = self.clone();
        if !sketch.relationships.is_empty() {
            for end in ENDS {
                sketch.actors.insert(end.to_owned(), SourceSketch::default());
            }
        }
        Builder::new(&sketch).case()
    }
}

struct Builder<'a> {
    sketch: &'a Sketch,
    span: Span,
}

impl<'a> Builder<'a> {
    fn new(sketch: &'a Sketch) -> Self {
        let file = Sources::new().add("sketch", None, String::new());
        Self { sketch, span: Span::new(file, 0..0) }
    }

    fn case(&self) -> Case {
        let sketch = self.sketch;
        let statements = sketch
            .claims
            .iter()
            .map(|(name, entry)| self.statement(name, entry, true))
            .chain(sketch.relationships.iter().map(|(name, entry)| self.statement(name, entry, false)));
        Case {
            title: "sketch".to_owned(),
            standard: sketch.standard,
            thresholds: sketch.thresholds,
            actors: Table::from_entries(sketch.actors.iter().map(|(name, entry)| self.actor(name, entry)).collect()),
            documents: Table::from_entries(
                sketch.documents.iter().map(|(name, entry)| self.document(name, entry)).collect(),
            ),
            statements: Table::from_entries(statements.collect()),
            inferences: Table::from_entries(
                sketch.inferences.iter().map(|(name, entry)| self.inference(name, entry)).collect(),
            ),
            questions: Table::from_entries(
                sketch.questions.iter().map(|(name, entry)| self.question(name, entry)).collect(),
            ),
            ..Case::default()
        }
    }

    fn actor(&self, name: &str, entry: &SourceSketch) -> Actor {
        Actor {
            key: key(name),
            name: name.to_owned(),
            kind: ActorKind::Person,
            aliases: RareList::NONE,
            part_of: None,
            reliability: entry.reliability.map(probability),
            impeached_by: self.attacks(&entry.impeached_by),
            tags: entry.tags.clone().into(),
            note: None,
            declared: self.span,
        }
    }

    fn document(&self, name: &str, entry: &SourceSketch) -> Document {
        Document {
            key: key(name),
            title: name.to_owned(),
            kind: DocumentKind::Memorandum,
            by: RareList::NONE,
            authors: RareList::NONE,
            date: None,
            released: None,
            reliability: probability(entry.reliability.expect("documents have a reliability")),
            reliability_given: true,
            impeached_by: self.attacks(&entry.impeached_by),
            derives_from: self.sources(&entry.derives_from),
            rests_on: self.sources(&entry.rests_on),
            supersedes: entry.supersedes.iter().map(|name| self.superseded(name)).collect(),
            withheld: probability(entry.withheld),
            bears_on: entry.bears_on.as_ref().map(|list| self.statements(list)),
            cite: None,
            collection: None,
            url: None,
            archived: None,
            accessed: None,
            copy: None,
            sha256: None,
            locator: None,
            mentions: RareList::NONE,
            places: RareList::NONE,
            period: None,
            tags: entry.tags.clone().into(),
            note: None,
            declared: self.span,
        }
    }

    fn statement(&self, name: &str, entry: &StatementSketch, is_claim: bool) -> Statement {
        let actor = |name| actor_at(position(&self.sketch.actors, name).expect("added by build"));
        let nature = if is_claim {
            Nature::Claim { kind: ClaimKind::Fact, about: RareList::NONE }
        } else {
            Nature::Relationship { from: actor(ENDS[0]), to: actor(ENDS[1]), kind: RelationshipKind::WorkedWith }
        };
        Statement {
            key: key(name),
            text: name.to_owned(),
            nature,
            standard: entry.standard,
            evidence: entry.evidence.iter().map(|link| self.link(link)).collect(),
            entails: self.statements(&entry.entails),
            rivals: self.statements(&entry.rivals),
            all_of: self.statements(&entry.all_of),
            any_of: self.statements(&entry.any_of),
            one_of: self.statements(&entry.one_of),
            assumed: entry.assumed.map(probability),
            same_as: entry.same_as.as_deref().map(|name| self.known(name)),
            places: RareList::NONE,
            period: None,
            tags: RareList::NONE,
            note: None,
            expect: None,
            declared: self.span,
        }
    }

    fn link(&self, link: &LinkSketch) -> Evidence {
        Evidence {
            effect: link.effect,
            from: self.premise(&link.from),
            strength: probability(link.strength),
            strength_given: true,
            manner: link.exhibit.then_some(Manner::Exhibit),
            relies_on: self.sources(&link.relies_on),
            undercut_by: self.attacks(&link.undercut_by),
            at: None,
            quote: None,
            quote_place: self.span,
            quote_state: None,
            span: self.span,
        }
    }

    fn inference(&self, name: &str, entry: &InferenceSketch) -> Inference {
        Inference {
            key: key(name),
            given: entry.given.iter().map(|name| self.premise(name)).collect(),
            given_rejected: self.statements(&entry.given_rejected),
            to: self.known(&entry.to),
            effect: entry.effect,
            strength: probability(entry.strength),
            strength_given: true,
            scheme: None,
            undercut_by: self.attacks(&entry.undercut_by),
            note: None,
            declared: self.span,
        }
    }

    fn question(&self, name: &str, (claims, headline): &(Vec<String>, String)) -> Question {
        Question {
            key: key(name),
            text: name.to_owned(),
            claims: self.statements(claims),
            headline: self.known(headline),
            declared: self.span,
        }
    }

    fn attacks(&self, list: &Attacks) -> RareList<Attack> {
        let attack = |(from, strength): &(String, f64)| Attack {
            from: self.premise(from),
            strength: probability(*strength),
            strength_given: true,
            span: self.span,
        };
        list.iter().map(attack).collect()
    }

    fn sources(&self, list: &[String]) -> RareList<Source> {
        let source = |name: &String| match self.premise(name) {
            Premise::Source(source) => source,
            Premise::Statement(_) => panic!("{name} is no source"),
        };
        list.iter().map(source).collect()
    }

    fn superseded(&self, name: &str) -> DocumentId {
        match self.premise(name) {
            Premise::Source(Source::Document(document)) => document,
            _ => panic!("{name} is no document"),
        }
    }

    fn statements<L: FromIterator<StatementId>>(&self, list: &[String]) -> L {
        list.iter().map(|name| self.known(name)).collect()
    }

    fn known(&self, name: &str) -> StatementId {
        self.sketch.statement(name).unwrap_or_else(|| panic!("{name} is no statement"))
    }

    fn premise(&self, name: &str) -> Premise {
        match self.sketch.source(name) {
            Some(source) => Premise::Source(source),
            None => Premise::Statement(self.known(name)),
        }
    }
}

/// Ids by name, in the order of the tables that [`Sketch::build`] makes.
impl Sketch {
    /// The id of a document or of an actor.
    pub fn source(&self, name: &str) -> Option<Source> {
        let document = position(&self.documents, name).map(|at| Source::Document(document_at(at)));
        document.or_else(|| position(&self.actors, name).map(|at| Source::Actor(actor_at(at))))
    }

    /// The id of a claim or of a relationship.
    pub fn statement(&self, name: &str) -> Option<StatementId> {
        let later = self.claims.len();
        position(&self.claims, name).or_else(|| Some(later + position(&self.relationships, name)?)).map(statement_at)
    }
}

macro_rules! ids_at {
    ($($(#[$doc:meta])* $name:ident -> $id:ident)*) => {$(
        $(#[$doc])*
        pub fn $name(at: usize) -> $id {
            Table::<$id, ()>::from_entries(vec![(); at + 1]).ids().next_back().expect("not empty")
        }
    )*};
}

ids_at! {
    /// The document at a place of its table.
    document_at -> DocumentId
    /// The actor at a place of its table.
    actor_at -> ActorId
    /// The statement at a place of its table.
    statement_at -> StatementId
    /// The inference at a place of its table.
    inference_at -> InferenceId
}

/// The place of a name among the keys.
pub fn position<T>(entries: &BTreeMap<String, T>, name: &str) -> Option<usize> {
    entries.keys().position(|key| key == name)
}

fn key(name: &str) -> Key {
    Key::new(name).expect("tests write keys")
}

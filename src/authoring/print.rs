//! From a case back to what its author wrote.

use crate::model::{self, Case, Nature, Period, Premise, Probability, Source, StatementId};

use super::build::{Actor, Attack, Builder, Claim, Document, Evidence, Inference, Question, Relationship, Section};

/// A case as one case file: fields in the order of the reference, entries in that of their ids, words for numbers that
/// have one, and nothing that is the same when left out.
///
/// Loading it gives the same case again, places apart. What a case does not keep of its files is not in it: comments,
/// allowed warnings, and which file said what.
///
/// ```
/// use evigraph::build::Claim;
/// use evigraph::print;
/// use evigraph::Case;
/// let case = Case::builder("Rain").claim("rain", Claim::new("It \"rained\".")).build()?;
/// let printed = "Case(\n    title: \"Rain\",\n\n    claims: {\n        \"rain\": (text: \"It \\\"rained\\\".\"),\n    },\n)\n";
/// assert_eq!(print(&case), printed);
/// # Ok::<(), evigraph::build::BuildError>(())
/// ```
pub fn print(case: &Case) -> String {
    Builder::from(case).to_string()
}

/// To change a case in code: what it says, entry by entry.
impl From<&Case> for Builder {
    fn from(case: &Case) -> Self {
        let printer = Printer { case };
        let mut builder = set(Self::new(&case.title), &case.summary, Self::summary).thresholds(case.thresholds);
        if case.standard != model::Standard::default() {
            builder = builder.standard(case.standard);
        }
        for actor in case.actors.values() {
            builder = builder.actor(actor.key.as_str(), printer.actor(actor));
        }
        for document in case.documents.values() {
            builder = builder.document(document.key.as_str(), printer.document(document));
        }
        for statement in case.statements.values() {
            builder = printer.statement(builder, statement);
        }
        for inference in case.inferences.values() {
            builder = builder.inference(inference.key.as_str(), printer.inference(inference));
        }
        for question in case.questions.values() {
            builder = builder.question(question.key.as_str(), printer.question(question));
        }
        case.report.sections.iter().fold(builder, |builder, section| builder.section(printer.section(section)))
    }
}

/// Sets what is given.
fn set<T, V: Clone>(part: T, value: &Option<V>, set: impl FnOnce(T, V) -> T) -> T {
    match value {
        Some(value) => set(part, value.clone()),
        None => part,
    }
}

fn date(period: &Option<Period>) -> Option<String> {
    period.as_ref().map(|period| period.as_str().to_owned())
}

/// A strength, where leaving it out would not say the same.
fn strength(strength: Probability, given: bool, default: Probability) -> Option<Probability> {
    (given || strength != default).then_some(strength)
}

/// Sets the fields that claims and relationships share.
macro_rules! statement {
    ($printer:ident, $part:expr, $statement:ident) => {{
        let part = $statement.evidence.iter().fold($part, |part, link| part.evidence($printer.evidence(link)));
        let part = part.entails($printer.statements(&$statement.entails));
        let part = part.rivals($printer.statements(&$statement.rivals));
        let part = part.all_of($printer.statements(&$statement.all_of));
        let part = part.any_of($printer.statements(&$statement.any_of));
        let part = part.one_of($printer.statements(&$statement.one_of));
        let part = set(part, &$statement.assumed, |part, assumed| part.assumed(assumed));
        let part = set(part, &$statement.standard, |part, standard| part.standard(standard));
        let part = set(part, &$statement.expect, |part, (expect, _)| part.expect(expect));
        let part = set(part.places(&$statement.places), &date(&$statement.period), |part, date| part.period(date));
        set(part.tags(&$statement.tags), &$statement.note, |part, note| part.note(note))
    }};
}

struct Printer<'c> {
    case: &'c Case,
}

impl<'c> Printer<'c> {
    fn source(&self, source: Source) -> &'c str {
        self.case.source_key(source).as_str()
    }

    fn sources(&self, sources: &[Source]) -> Vec<&'c str> {
        sources.iter().map(|&source| self.source(source)).collect()
    }

    fn documents(&self, documents: &[model::DocumentId]) -> Vec<&'c str> {
        documents.iter().map(|&document| self.source(Source::Document(document))).collect()
    }

    fn actors(&self, actors: &[model::ActorId]) -> Vec<&'c str> {
        actors.iter().map(|&actor| self.source(Source::Actor(actor))).collect()
    }

    fn key(&self, statement: StatementId) -> &'c str {
        self.case.statements[statement].key.as_str()
    }

    fn statements(&self, statements: &[StatementId]) -> Vec<&'c str> {
        statements.iter().map(|&statement| self.key(statement)).collect()
    }

    fn premise(&self, premise: Premise) -> &'c str {
        self.case.premise_key(premise).as_str()
    }

    fn attacks<T>(&self, part: T, attacks: &[model::Attack], add: impl Fn(T, Attack) -> T) -> T {
        let attack = |attack: &model::Attack| {
            let given = strength(attack.strength, attack.strength_given, Probability::MODERATE);
            set(Attack::new(self.premise(attack.from)), &given, Attack::strength)
        };
        attacks.iter().map(attack).fold(part, add)
    }

    fn actor(&self, actor: &model::Actor) -> Actor {
        let kind = (actor.kind != model::ActorKind::Other("other".to_owned())).then(|| actor.kind.clone());
        let part = set(Actor::new(&actor.name), &kind, Actor::kind);
        let part = set(part, &actor.reliability, Actor::reliability);
        let part = self.attacks(part, &actor.impeached_by, Actor::impeached_by).aliases(&actor.aliases);
        let whole = actor.part_of.map(|whole| self.source(Source::Actor(whole)));
        set(set(part, &whole, Actor::part_of).tags(&actor.tags), &actor.note, Actor::note)
    }

    fn document(&self, document: &model::Document) -> Document {
        let kind = (document.kind != model::DocumentKind::Other("other".to_owned())).then(|| document.kind.clone());
        let given = strength(document.reliability, document.reliability_given, Probability::UNRATED);
        let withheld = (document.withheld != Probability::ZERO).then_some(document.withheld);
        let bears_on = document.bears_on.as_ref().map(|list| self.statements(list));
        let collection = document.collection.map(|collection| self.source(collection));
        let part = set(Document::new(&document.title), &kind, Document::kind);
        let part = set(part, &given, Document::reliability).derives_from(self.sources(&document.derives_from));
        let part = part.rests_on(self.sources(&document.rests_on)).supersedes(self.documents(&document.supersedes));
        let part = self.attacks(part, &document.impeached_by, Document::impeached_by);
        let part = set(set(part, &withheld, Document::withheld), &bears_on, Document::bears_on);
        let part =
            part.by(self.actors(&document.by)).authors(&document.authors).mentions(self.actors(&document.mentions));
        let part = set(set(part, &date(&document.date), Document::date), &date(&document.period), Document::period);
        let part =
            set(set(part, &date(&document.released), Document::released), &document.archived, Document::archived);
        let part = set(set(part, &date(&document.accessed), Document::accessed), &document.copy, Document::copy);
        let part = set(part, &document.sha256, Document::sha256);
        let part = set(set(part, &collection, Document::collection), &document.locator, Document::locator);
        let part = set(set(part, &document.url, Document::url), &document.cite, Document::cite);
        set(part.places(&document.places).tags(&document.tags), &document.note, Document::note)
    }

    fn statement(&self, builder: Builder, statement: &model::Statement) -> Builder {
        let id = statement.key.as_str();
        match &statement.nature {
            Nature::Claim { kind, about } => {
                let kind = (*kind != model::ClaimKind::default()).then_some(*kind);
                let part = set(Claim::new(&statement.text), &kind, Claim::kind).about(self.sources(about));
                builder.claim(id, statement!(self, part, statement))
            }
            Nature::Relationship { from, to, kind } => {
                let [from, to] = [from, to].map(|&actor| self.source(Source::Actor(actor)));
                let same_as = statement.same_as.map(|claim| self.key(claim));
                let part = set(Relationship::new(from, kind.clone(), to), &same_as, Relationship::same_as);
                builder.relationship(id, statement!(self, part, statement))
            }
        }
    }

    fn evidence(&self, link: &model::Evidence) -> Evidence {
        let default = link.manner.map_or(Probability::MODERATE, model::Manner::strength);
        let given = strength(link.strength, link.strength_given, default);
        let part = set(Evidence::new(link.effect, self.premise(link.from)), &given, Evidence::strength);
        let part = set(set(part, &link.manner, Evidence::manner), &link.at, Evidence::at);
        let part = set(part, &link.quote, Evidence::quote).relies_on(self.sources(&link.relies_on));
        self.attacks(part, &link.undercut_by, Evidence::undercut_by)
    }

    fn inference(&self, inference: &model::Inference) -> Inference {
        let given = inference.given.iter().map(|&premise| self.premise(premise));
        let strength = strength(inference.strength, inference.strength_given, Probability::MODERATE);
        let part = Inference::new(given, inference.effect, self.key(inference.to));
        let part = set(part.given_rejected(self.statements(&inference.given_rejected)), &strength, Inference::strength);
        let part = set(part, &inference.scheme, Inference::scheme);
        set(self.attacks(part, &inference.undercut_by, Inference::undercut_by), &inference.note, Inference::note)
    }

    fn question(&self, question: &model::Question) -> Question {
        let part = Question::new(&question.text).claims(self.statements(&question.claims));
        let headline = (question.claims.last() != Some(&question.headline)).then(|| self.key(question.headline));
        set(part, &headline, Question::headline)
    }

    fn section(&self, section: &model::Section) -> Section {
        let part = Section::new(&section.title).claims(self.statements(&section.claims));
        set(part, &section.text, Section::text)
    }
}

//! Settled or open, with every reason and its witnesses, by trying everything.

use std::collections::{BTreeMap, BTreeSet};

use evigraph::{DocumentId, Effect, Premise, Source, StatementId};

use super::judgement::{Circumstances, Judgement, Oracle, TOLERANCE, Worlds};
use super::world::{self, Making, Model, Need, Node, Program, Variable};
use super::{Assessment, Degrees, Detail, Reason, Search, Settlement};

/// Up to this many passages every completion is tried.
const EXHAUSTIVE: usize = 6;

/// What one case has in common for the settlement of all of its statements.
pub struct Settling<'a> {
    oracle: &'a Oracle<'a>,
    base: &'a Judgement,
    /// The judgement with one source less.
    without: Vec<(Source, Judgement)>,
    /// The judgement with one assumption less.
    unassumed: Vec<(StatementId, Judgement)>,
    /// Cases that steps and rules of entailment lead on from although their statements are not decided that way.
    unproven: BTreeSet<Need>,
    /// The judgement without what leads on from those.
    proven: Judgement,
    /// The derivatives with what is out held fixed, and those without rivals.
    derivatives: Derivatives,
    derivatives_without_rivals: Derivatives,
    /// The model of the base, and the same with one source less, and with the same rivals out.
    worlds: Worlds<'a>,
    worlds_without: Vec<(Source, Worlds<'a>)>,
}

/// For each number above 0, (case for less case against) at 1 less the same at 0, for every statement.
type Derivatives = Vec<(Variable, BTreeMap<StatementId, f64>)>;

/// Where numbers go that act on nothing but what is out.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Others {
    Stay,
    MoreOut,
    LessOut,
}

impl<'a> Settling<'a> {
    pub fn new(oracle: &'a Oracle<'a>, base: &'a Judgement) -> Self {
        let less = |source| {
            let mut circumstances = oracle.base.clone();
            circumstances.dropped.insert(source);
            circumstances
        };
        let unassumed = |id| {
            let mut circumstances = oracle.base.clone();
            circumstances.numbers.insert(Variable::Assumed(id), 0.0);
            oracle.judge(&circumstances)
        };
        let worlds = Worlds::new(oracle, &oracle.base, Model::Full(&base.out));
        let unproven = unproven(oracle, base);
        let assumed = oracle.case.statements.iter().filter(|(_, statement)| statement.assumed.is_some());
        Self {
            oracle,
            base,
            without: oracle.case.sources().map(|source| (source, oracle.judge(&less(source)))).collect(),
            unassumed: assumed.map(|(id, _)| (id, unassumed(id))).collect(),
            proven: oracle.judge(&Circumstances { unproven: unproven.clone(), ..oracle.base.clone() }),
            unproven,
            derivatives: derivatives(oracle, &worlds),
            derivatives_without_rivals: derivatives(oracle, &Worlds::new(oracle, &oracle.base, Model::NothingOut)),
            worlds,
            worlds_without: (oracle.case.sources())
                .map(|source| (source, Worlds::new(oracle, &less(source), Model::Full(&base.out))))
                .collect(),
        }
    }

    /// Whether a statement is settled, and why not.
    pub fn settle(&self, id: StatementId) -> Settlement {
        let id = self.oracle.case.canonical(id);
        let detail = self.base.assessments[&id].detail;
        let decided = matches!(detail, Detail::Established | Detail::Refuted);
        let mut reasons = Vec::new();
        match detail {
            Detail::RivalReadings | Detail::ConflictingEvidence => reasons.push(self.contested(id)),
            Detail::Insufficient => reasons.push(Reason::Insufficient),
            Detail::NoEvidence => reasons.push(Reason::NoEvidence),
            Detail::Established | Detail::Refuted => {}
        }
        reasons.extend(self.open_premises(id));
        if decided {
            reasons.extend(self.assumption(id));
            reasons.extend(self.single_source(id));
        }
        reasons.extend(self.withheld(id));
        if decided {
            reasons.extend(self.weights(id));
        }
        Settlement { settled: decided && reasons.is_empty(), reasons }
    }

    fn contested(&self, id: StatementId) -> Reason {
        let competes = |rival: &StatementId| {
            let assessment = &self.base.assessments[rival];
            !assessment.out && self.oracle.serious(assessment.degrees.case_for())
        };
        let rivals = self.oracle.rivals(id).into_iter().filter(competes).collect();
        let shared = self.worlds_without.iter().filter(|(_, without)| {
            let draws_on = |node| self.worlds.gains_on(without, node, &self.oracle.base.numbers);
            draws_on(Node::For(id)) && draws_on(Node::Against(id))
        });
        Reason::Contested { rivals, shared: shared.map(|&(source, _)| source).collect() }
    }

    /// What is not decided and bears a decided statement; or else premises that would change the verdict if they were
    /// decided as they are needed.
    fn open_premises(&self, id: StatementId) -> Option<Reason> {
        let detail = self.base.assessments[&id].detail;
        let decided = matches!(detail, Detail::Established | Detail::Refuted);
        if decided && self.proven.assessments[&id].detail != detail {
            return Some(Reason::RestsOnOpenPremise { premises: self.bearing(id) });
        }
        let changes = |&need: &Need| {
            let decided = vec![need];
            let supposed = self.oracle.judge(&Circumstances { decided, ..self.oracle.base.clone() });
            is_other_verdict(supposed.assessments[&id].detail, detail)
        };
        let premises: BTreeSet<StatementId> = self.premises(id).into_iter().filter(changes).map(|(id, _)| id).collect();
        let premises: Vec<StatementId> = premises.into_iter().collect();
        (!premises.is_empty()).then_some(Reason::RestsOnOpenPremise { premises })
    }

    /// The statements that are not decided as needed and whose own steps and rules, dropped alone, change the verdict;
    /// where there are none, those that change the degrees; else those that do so where they alone are kept.
    fn bearing(&self, id: StatementId) -> Vec<StatementId> {
        let own = |statement| move |&(of, _): &Need| of == statement;
        let judged = |unproven: BTreeSet<Need>| {
            self.oracle.judge(&Circumstances { unproven, ..self.oracle.base.clone() }).assessments[&id]
        };
        let without = |statement| judged(self.unproven.iter().copied().filter(own(statement)).collect());
        let only = |statement| judged(self.unproven.iter().copied().filter(|need| !own(statement)(need)).collect());
        let those = |is_one: &dyn Fn(StatementId) -> bool| -> Vec<StatementId> {
            self.oracle.statements().filter(|&statement| is_one(statement)).collect()
        };
        let (base, proven) = (self.base.assessments[&id], self.proven.assessments[&id]);
        let turning = those(&|statement| without(statement).detail != base.detail);
        let moving = || those(&|statement| self.moves(base, without(statement)));
        let bearing = || those(&|statement| self.moves(proven, only(statement)));
        [turning].into_iter().chain([moving()]).find(|found| !found.is_empty()).unwrap_or_else(bearing)
    }

    /// Whether the degrees differ by more than rounding.
    fn moves(&self, one: Assessment, other: Assessment) -> bool {
        let of = |Degrees { in_favour, against, conflict, ignorance }| [in_favour, against, conflict, ignorance];
        let differences = of(one.degrees).into_iter().zip(of(other.degrees)).map(|(one, other)| (one - other).abs());
        self.oracle.decide(differences.fold(0.0, f64::max), TOLERANCE)
    }

    /// Premises of steps that lead directly to a statement, as far as they are not decided as they are needed.
    fn premises(&self, id: StatementId) -> BTreeSet<Need> {
        let case = self.oracle.case;
        let links = case.statements[id].evidence.iter().map(|link| link.from);
        let takes = |step| self.oracle.situation.takes(case, step);
        let steps = case.inferences.iter().filter(|(step, entry)| takes(*step) && case.canonical(entry.to) == id);
        let steps: Vec<_> = steps.map(|(_, entry)| entry).collect();
        let given = links.chain(steps.iter().flat_map(|step| step.given.iter().copied()));
        let given = given.filter_map(|premise| match premise {
            Premise::Statement(statement) => Some((case.canonical(statement), Effect::Supports)),
            Premise::Source(_) => None,
        });
        let rejected = steps.iter().flat_map(|step| &step.given_rejected);
        let rejected = rejected.map(|&premise| (case.canonical(premise), Effect::Opposes));
        given.chain(rejected).filter(|need| !is_proven(self.base, need)).collect()
    }

    fn assumption(&self, id: StatementId) -> Option<Reason> {
        let detail = self.base.assessments[&id].detail;
        let decisive = self.unassumed.iter().filter(|(_, judgement)| judgement.assessments[&id].detail != detail);
        let statements: Vec<StatementId> = decisive.map(|&(statement, _)| statement).collect();
        (!statements.is_empty()).then_some(Reason::Assumption { statements })
    }

    fn single_source(&self, id: StatementId) -> Option<Reason> {
        let detail = self.base.assessments[&id].detail;
        let decisive = self.without.iter().filter(|(_, judgement)| judgement.assessments[&id].detail != detail);
        let sources: Vec<Source> = decisive.map(|&(source, _)| source).collect();
        (!sources.is_empty()).then_some(Reason::SingleSource { sources })
    }

    fn weights(&self, id: StatementId) -> Option<Reason> {
        let detail = self.base.assessments[&id].detail;
        let tried = [Others::Stay, Others::MoreOut, Others::LessOut].into_iter().map(|others| self.weaker(id, others));
        let falls_to = tried.into_iter().find(|&weaker| weaker != detail);
        falls_to.map(|falls_to| Reason::Weights { falls_to })
    }

    /// The verdict with every number a tenth less favourable.
    fn weaker(&self, id: StatementId, others: Others) -> Detail {
        let decide = |number, bar| self.oracle.decide(number, bar);
        let winning = if self.base.assessments[&id].detail == Detail::Established { 1.0 } else { -1.0 };
        let contesting = self.contesting(id);
        let mut weaker = self.oracle.base.clone();
        for ((variable, derivatives), (_, without_rivals)) in
            self.derivatives.iter().zip(&self.derivatives_without_rivals)
        {
            let helps = winning * derivatives[&id];
            let out: f64 = -contesting.iter().map(|statement| without_rivals[statement]).sum::<f64>();
            let (lower, raise) = match others {
                _ if helps.abs() > TOLERANCE => (helps, -helps),
                Others::Stay => (0.0, 0.0),
                Others::MoreOut => (-out, out),
                Others::LessOut => (out, -out),
            };
            // Notes where rounding decides which.
            decide(helps.abs(), TOLERANCE);
            let number = weaker.numbers.get_mut(variable).expect("listed");
            if decide(lower, TOLERANCE) {
                *number *= 0.9;
            } else if decide(raise, TOLERANCE) {
                *number = (*number * 1.1).min(1.0);
            }
        }
        self.oracle.judge(&weaker).assessments[&id].detail
    }

    /// The statements whose rivalry or entailment can reach a statement.
    fn contesting(&self, id: StatementId) -> BTreeSet<StatementId> {
        let case = self.oracle.case;
        let widest = self.widest();
        let reaches = |node| widest.reaches(node, Node::For(id)) || widest.reaches(node, Node::Against(id));
        let contested = world::rivals(case).into_iter().filter(|&(_, rival)| reaches(Node::Against(rival)));
        let entailing = world::entailments(case).into_iter().filter(|&(_, weak)| reaches(Node::For(weak)));
        contested.chain(entailing).map(|(from, _)| from).collect()
    }

    /// Every rule that there could be.
    fn widest(&self) -> Program {
        let passages = self.oracle.passages.iter().enumerate();
        let both = |(at, &passage)| [Effect::Supports, Effect::Opposes].map(|effect| (at, passage, effect));
        let passages = passages.flat_map(both).collect();
        let unproven = &BTreeSet::new();
        Program::new(self.oracle.case, &Making { model: Model::Widest, passages, decided: &[], unproven })
    }

    fn withheld(&self, id: StatementId) -> Option<Reason> {
        let reaching = self.reaching(id);
        if reaching.is_empty() {
            return None;
        }
        let search = Completions { settling: self, id, reaching };
        if search.reaching.len() <= EXHAUSTIVE { search.exhaustive() } else { search.greedy() }
    }

    /// What becomes of a statement without each of the sources.
    pub fn without(&self, id: StatementId) -> impl Iterator<Item = (Source, Assessment)> {
        self.without.iter().map(move |(source, judgement)| (*source, judgement.assessments[&id]))
    }

    /// Whether a statement depends on more passages than can all be tried.
    pub fn is_beyond_trying(&self, id: StatementId) -> bool {
        self.reaching(id).len() > EXHAUSTIVE
    }

    /// The passages, by their place, whose statement reaches this one.
    fn reaching(&self, id: StatementId) -> Vec<usize> {
        let passages = &self.oracle.passages;
        let reaches = reaching(self.oracle, id);
        (0..passages.len()).filter(|&at| reaches.contains(&Premise::Statement(passages[at].statement))).collect()
    }
}

/// The sign of each is what weaker weights go by. What is out is held fixed.
fn derivatives(oracle: &Oracle<'_>, worlds: &Worlds<'_>) -> Derivatives {
    let numbers = &oracle.base.numbers;
    let moved = numbers.iter().filter(|(variable, number)| **number > 0.0 && variable.is_weight());
    let lead = |variable: Variable, number: f64| {
        let mut numbers = numbers.clone();
        numbers.insert(variable, number);
        worlds
            .degrees(&numbers)
            .into_iter()
            .map(|(id, weighed)| (id, weighed.degrees.lead()))
            .collect::<BTreeMap<_, _>>()
    };
    moved
        .map(|(&variable, _)| {
            let (one, zero) = (lead(variable, 1.0), lead(variable, 0.0));
            (variable, one.into_iter().map(|(id, lead)| (id, lead - zero[&id])).collect())
        })
        .collect()
}

/// Every case that a step or a rule of entailment needs, of a statement that is not decided that way.
fn unproven(oracle: &Oracle<'_>, base: &Judgement) -> BTreeSet<Need> {
    let sides = |id| [(id, Effect::Supports), (id, Effect::Opposes)];
    oracle.statements().flat_map(sides).filter(|need| !is_proven(base, need)).collect()
}

/// Whether a statement is decided in the way that is needed.
fn is_proven(base: &Judgement, &(statement, side): &Need) -> bool {
    let detail = if side == Effect::Supports { Detail::Established } else { Detail::Refuted };
    base.assessments[&statement].detail == detail
}

/// Whether a verdict has changed; the two details of contested are one.
fn is_other_verdict(one: Detail, other: Detail) -> bool {
    let merged = |detail| if detail == Detail::ConflictingEvidence { Detail::RivalReadings } else { detail };
    merged(one) != merged(other)
}

/// Every source and statement that reaches a statement through evidence, premises, undercuts, impeachments,
/// origins, entailment or rivalry; a withheld passage is evidence.
fn reaching(oracle: &Oracle<'_>, id: StatementId) -> BTreeSet<Premise> {
    let case = oracle.case;
    let one = |premise: Premise| match premise {
        Premise::Statement(statement) => Premise::Statement(case.canonical(statement)),
        source @ Premise::Source(_) => source,
    };
    let said = |statement: StatementId| one(Premise::Statement(statement));
    let mut edges: BTreeSet<(Premise, Premise)> = BTreeSet::new();
    for source in case.sources() {
        edges.extend(case.impeachments(source).iter().map(|attack| (one(attack.from), Premise::Source(source))));
        if let Source::Document(document) = source {
            let entry = &case.documents[document];
            let origins = entry.derives_from.iter().chain(&entry.rests_on);
            edges.extend(origins.map(|&origin| (Premise::Source(origin), Premise::Source(source))));
            let superseded = entry.supersedes.iter().map(|&other| Premise::Source(Source::Document(other)));
            edges.extend(superseded.map(|superseded| (Premise::Source(source), superseded)));
        }
    }
    for (to, statement) in case.statements.iter() {
        for link in &statement.evidence {
            edges.insert((one(link.from), said(to)));
            edges.extend(link.relies_on.iter().map(|&origin| (Premise::Source(origin), said(to))));
            edges.extend(link.undercut_by.iter().map(|attack| (one(attack.from), said(to))));
        }
    }
    for inference in case.inferences.values() {
        let to = said(inference.to);
        edges.extend(inference.given.iter().map(|&premise| (one(premise), to)));
        edges.extend(inference.given_rejected.iter().map(|&premise| (said(premise), to)));
        edges.extend(inference.undercut_by.iter().map(|attack| (one(attack.from), to)));
    }
    for (strong, weak) in world::entailments(case).into_iter().chain(world::rivals(case)) {
        edges.extend([(said(strong), said(weak)), (said(weak), said(strong))]);
    }
    for passage in &oracle.passages {
        edges.insert((Premise::Source(Source::Document(passage.document)), said(passage.statement)));
    }
    let mut reached = BTreeSet::from([said(id)]);
    loop {
        let more = edges.iter().filter(|(_, to)| reached.contains(to)).map(|&(from, _)| from).collect::<BTreeSet<_>>();
        if more.is_subset(&reached) {
            return reached;
        }
        reached.extend(more);
    }
}

/// The search through what the withheld passages may say.
struct Completions<'a> {
    settling: &'a Settling<'a>,
    id: StatementId,
    reaching: Vec<usize>,
}

/// What each passage of those that matter says.
type Completion = Vec<Option<Effect>>;

/// File order; supporting, opposing, absent.
const SAYINGS: [Option<Effect>; 3] = [Some(Effect::Supports), Some(Effect::Opposes), None];

impl Completions<'_> {
    fn judge(&self, completion: &Completion) -> Assessment {
        let oracle = self.settling.oracle;
        let mut circumstances: Circumstances = oracle.base.clone();
        for (&passage, &said) in self.reaching.iter().zip(completion) {
            circumstances.completion[passage] = said;
        }
        oracle.judge(&circumstances).assessments[&self.id]
    }

    /// Whether the verdict is another one: the two of contested are one, and the two of too little.
    fn differs(&self, detail: Detail) -> bool {
        class(detail) != class(self.settling.base.assessments[&self.id].detail)
    }

    fn exhaustive(&self) -> Option<Reason> {
        let mut completions: Vec<Completion> = vec![Vec::new()];
        for _ in &self.reaching {
            let longer = |start: Completion| SAYINGS.map(|said| [start.clone(), vec![said]].concat());
            completions = completions.into_iter().flat_map(longer).collect();
        }
        let judged = completions.into_iter().map(|completion| (self.judge(&completion).detail, completion));
        let changing: Vec<(Detail, Completion)> = judged.filter(|&(detail, _)| self.differs(detail)).collect();
        let is_minimal = |completion: &Completion| {
            !changing.iter().any(|(_, other)| other != completion && is_within(other, completion))
        };
        let minimal = changing.iter().map(|(_, completion)| completion).filter(|completion| is_minimal(completion));
        let documents = self.documents(minimal);
        self.reason(documents, changing.iter().map(|(detail, _)| *detail).collect(), Search::Exhaustive)
    }

    fn greedy(&self) -> Option<Reason> {
        let mut found: Vec<(Detail, Completion)> = Vec::new();
        for goal in [Class::Established, Class::Refuted, Class::Contested] {
            if goal == class(self.settling.base.assessments[&self.id].detail) {
                continue;
            }
            let mut state: Completion = vec![None; self.reaching.len()];
            let mut score = goal.score(&self.judge(&state));
            while let Some((next, assessment)) = self.best_change(&state, goal, score) {
                score = goal.score(&assessment);
                if self.differs(assessment.detail) {
                    found.push((assessment.detail, next.clone()));
                }
                state = next;
            }
        }
        let documents = self.documents(found.iter().map(|(_, completion)| completion));
        self.reason(documents, found.iter().map(|(detail, _)| *detail).collect(), Search::Greedy)
    }

    /// The single change that most raises the score, the first of equals, if one raises it.
    fn best_change(&self, state: &Completion, goal: Class, score: f64) -> Option<(Completion, Assessment)> {
        let mut changes = Vec::new();
        for at in 0..state.len() {
            for said in SAYINGS.into_iter().filter(|&said| said != state[at]) {
                let mut next = state.clone();
                next[at] = said;
                let assessment = self.judge(&next);
                changes.push((goal.score(&assessment) - score, next, assessment));
            }
        }
        let most = changes.iter().fold(0.0, |most: f64, (gain, ..)| most.max(*gain));
        if !self.settling.oracle.decide(most, TOLERANCE) {
            return None;
        }
        // Equal but for rounding.
        changes.into_iter().find(|(gain, ..)| most - gain < 1e-10).map(|(_, next, assessment)| (next, assessment))
    }

    fn documents<'c>(&self, completions: impl Iterator<Item = &'c Completion>) -> BTreeSet<DocumentId> {
        let passages = &self.settling.oracle.passages;
        let speaking =
            completions.flat_map(|completion| self.reaching.iter().zip(completion).filter(|(_, said)| said.is_some()));
        speaking.map(|(&at, _)| passages[at].document).collect()
    }

    fn reason(&self, documents: BTreeSet<DocumentId>, verdicts: BTreeSet<Detail>, search: Search) -> Option<Reason> {
        let documents = documents.into_iter().collect();
        (!verdicts.is_empty()).then_some(Reason::Withheld { documents, verdicts, search })
    }
}

/// Whether all that `inner` says is said by `outer` too.
fn is_within(inner: &Completion, outer: &Completion) -> bool {
    inner.iter().zip(outer).all(|(inner, outer)| inner.is_none() || inner == outer)
}

/// Details that are one verdict as far as withheld material goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Established,
    Refuted,
    Contested,
    TooLittle,
}

fn class(detail: Detail) -> Class {
    match detail {
        Detail::Established => Class::Established,
        Detail::Refuted => Class::Refuted,
        Detail::RivalReadings | Detail::ConflictingEvidence => Class::Contested,
        Detail::NoEvidence | Detail::Insufficient => Class::TooLittle,
    }
}

impl Class {
    fn score(self, assessment: &Assessment) -> f64 {
        let degrees = assessment.degrees;
        match self {
            Self::Established => degrees.lead(),
            Self::Refuted => -degrees.lead(),
            Self::Contested => degrees.case_for().min(degrees.case_against()),
            Self::TooLittle => unreachable!("no search goes there"),
        }
    }
}

//! Where to dig: the reasons that statements are open, turned into what to look for.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Answer, Engine, EngineError, MayBeTooLarge as _, StatementAnswer};
use crate::explain::{self, FurtherEvidence};
use crate::model::{DocumentId, Effect, Source, StatementId};
use crate::verdict::{Detail, Reason, Verdict};
use crate::words::amounts;
use crate::words::reason_clause;
use crate::words::{Mentioned, Prose};
use crate::words::{detail_phrase, joined_by, would_be};

use super::contest;
use super::document::{Dig, Line};
use super::source_list::share_words;
use super::writer::{Writer, chain, words};

/// How much further evidence would decide a claim, as a clause.
type Further = BTreeMap<StatementId, String>;

/// What is open, gathered by what would settle it.
#[derive(Default)]
struct Gaps {
    withheld: BTreeMap<DocumentId, BTreeMap<StatementId, BTreeSet<Detail>>>,
    premises: BTreeMap<StatementId, Vec<StatementId>>,
    assumed: BTreeMap<StatementId, Vec<StatementId>>,
    single: BTreeMap<Source, Vec<StatementId>>,
    short: Vec<StatementId>,
    nothing: Vec<StatementId>,
    weights: BTreeMap<Detail, Vec<StatementId>>,
}

impl Gaps {
    fn add(&mut self, statement: StatementId, reason: &Reason) {
        match reason {
            Reason::Contested { .. } => {}
            Reason::Insufficient(_) => self.short.push(statement),
            Reason::NoEvidence(_) => self.nothing.push(statement),
            Reason::RestsOnOpenPremise { premises } => {
                premises.iter().for_each(|&premise| self.premises.entry(premise).or_default().push(statement));
            }
            Reason::Assumption { statements } => {
                statements.iter().for_each(|&assumed| self.assumed.entry(assumed).or_default().push(statement));
            }
            Reason::SingleSource { sources } => {
                sources.iter().for_each(|&source| self.single.entry(source).or_default().push(statement));
            }
            Reason::Withheld { documents, verdicts, .. } => {
                for &document in documents {
                    let within_reach = self.withheld.entry(document).or_default().entry(statement).or_default();
                    within_reach.extend(verdicts);
                }
            }
            Reason::Weights { falls_to } => self.weights.entry(*falls_to).or_default().push(statement),
        }
    }
}

/// What to look for, by kind; nothing where nothing is open.
pub(super) fn digging(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Result<Vec<Dig>, EngineError> {
    let further = further_evidence(writer, engine, answer)?;
    let mut gaps = Gaps::default();
    for one in with_own_verdict(writer, answer) {
        for reason in one.settlement.iter().flat_map(|settlement| &settlement.reasons) {
            gaps.add(one.statement, reason);
        }
    }
    let digs = [
        Dig {
            heading: "Withheld material",
            lead: "Papers of which a part is kept back, and what that part could change.",
            items: withheld(writer, &gaps),
        },
        Dig {
            heading: "Evidence that tells rival readings apart",
            lead: "Something that bears on one reading and not on the other; what both draw on cannot decide.",
            items: apart(writer, answer, &further),
        },
        Dig {
            heading: "Premises to establish",
            lead: "Steps are there, and wait for what they start from.",
            items: premises(writer, answer, &gaps),
        },
        Dig {
            heading: "Assumptions to prove",
            lead: "These verdicts stand on the author's word.",
            items: assumed(writer, &gaps),
        },
        Dig {
            heading: "Evidence that is missing",
            lead: "The nearest to being established come first.",
            items: missing(writer, engine, answer, &gaps, &further),
        },
        Dig {
            heading: "A second, independent source",
            lead: "One source less would change these verdicts. What merely repeats that source does not help.",
            items: second_sources(writer, &gaps),
        },
        Dig {
            heading: "Grades to look at again",
            lead: "Were every number a tenth less favourable, these verdicts would be others.",
            items: grades(writer, &gaps),
        },
    ];
    Ok(digs.into_iter().filter(|dig| !dig.items.is_empty()).collect())
}

/// How much further evidence would decide the claims of the questions that are not decided, in words.
fn further_evidence(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer) -> Result<Further, EngineError> {
    let asked: BTreeSet<StatementId> = (answer.questions.iter())
        .flat_map(|question| &writer.case.questions[question.question].claims)
        .map(|&claim| writer.case.canonical(claim))
        .collect();
    let mut further = Further::new();
    for claim in asked {
        match explain::deciding_evidence(engine, claim) {
            Ok(kinds) if !kinds.is_empty() => drop(further.insert(claim, further_clause(&kinds))),
            // What is too much to work out is not worth giving up exact degrees for.
            Err(error) if !error.is_too_large() => return Err(error),
            _ => {}
        }
    }
    Ok(further)
}

/// The answers on statements that have a verdict of their own.
pub(super) fn with_own_verdict<'a>(
    writer: &'a Writer<'_>,
    answer: &'a Answer,
) -> impl Iterator<Item = &'a StatementAnswer> {
    answer.statements.iter().filter(|one| writer.case.statements[one.statement].same_as.is_none())
}

fn withheld(writer: &Writer<'_>, gaps: &Gaps) -> Vec<Line> {
    let mut documents: Vec<_> = gaps.withheld.iter().collect();
    documents.sort_by_key(|(document, statements)| {
        (std::cmp::Reverse(statements.len()), writer.layout.source_number(Source::Document(**document)))
    });
    let items = documents.into_iter().map(|(&document, statements)| {
        let share = share_words(writer.case.documents[document].withheld.get());
        let head = Prose::source(Source::Document(document)).words(format!(", withheld {share}: it could make "));
        let mut by_reach: BTreeMap<&BTreeSet<Detail>, Vec<StatementId>> = BTreeMap::new();
        for (&statement, reach) in statements {
            by_reach.entry(reach).or_default().push(statement);
        }
        let reaches = by_reach.into_iter().map(|(reach, statements)| {
            let phrases = reach.iter().map(|&detail| detail_phrase(detail));
            chain([writer.claim_numbers(&statements), words(format!(" {}", joined_by(phrases, "or")))])
        });
        let reaches: Vec<Line> = reaches.collect();
        chain([writer.line(&head), super::writer::separated(reaches, "; "), words(".")])
    });
    items.collect()
}

fn apart(writer: &Writer<'_>, answer: &Answer, further: &Further) -> Vec<Line> {
    let contested =
        |statement: StatementId| answer.statements[statement.index()].assessment.verdict() == Verdict::Contested;
    let pairs = contest::rivals(writer).into_iter().filter(|pair| pair.iter().any(|&statement| contested(statement)));
    let items = pairs.map(|[first, second]| {
        let prose = Prose::claim(first).words(" or ").then(Prose::claim(second)).words(".");
        let more = [first, second].into_iter().filter_map(|reading| {
            let clause = further.get(&reading)?;
            Some(Prose::of(" For ").then(Prose::claim(reading)).words(format!(" alone: {clause}.")))
        });
        let more = more.fold(prose, Prose::then);
        writer.line(&more.mentioning_once(&mut Mentioned::default()))
    });
    items.collect()
}

fn premises(writer: &Writer<'_>, answer: &Answer, gaps: &Gaps) -> Vec<Line> {
    let mut premises: Vec<_> = gaps.premises.iter().collect();
    premises.sort_by_key(|(premise, rest)| (std::cmp::Reverse(rest.len()), writer.layout.place(**premise)));
    let items = premises.into_iter().map(|(&premise, rest)| {
        let detail = answer.statements[premise.index()].assessment.detail;
        let head = Prose::claim(premise).words(format!(", now {}: ", detail_phrase(detail)));
        let verb = if rest.len() == 1 { " rests on it." } else { " rest on it." };
        chain([writer.line(&head), writer.claim_numbers(rest), words(verb)])
    });
    items.collect()
}

fn missing(writer: &Writer<'_>, engine: &Engine<'_>, answer: &Answer, gaps: &Gaps, further: &Further) -> Vec<Line> {
    let reason_of = |statement: StatementId| {
        let settlement = answer.statements[statement.index()].settlement.as_ref();
        settlement.and_then(|settlement| settlement.reasons.first())
    };
    let lacks = |statement: &StatementId| match reason_of(*statement) {
        Some(Reason::Insufficient(short)) => short.case.max(short.margin),
        _ => 2.0,
    };
    let mut statements = gaps.short.clone();
    statements.sort_by(|one, other| {
        lacks(one).total_cmp(&lacks(other)).then(writer.layout.place(*one).cmp(&writer.layout.place(*other)))
    });
    let short = statements.into_iter().filter_map(|statement| {
        let clause = reason_clause(engine, statement, reason_of(statement)?);
        let further = further.get(&statement).map(|further| format!("; {further}")).unwrap_or_default();
        Some(writer.line(&Prose::claim(statement).words(": ").then(clause).words(further).words(".")))
    });
    let mut nothing = gaps.nothing.clone();
    nothing.sort_by_key(|&statement| writer.layout.place(statement));
    let nothing = nothing.into_iter().map(|statement| {
        writer.line(&Prose::claim(statement).words(": nothing that is written makes a case for it or against it."))
    });
    short.chain(nothing).collect()
}

fn assumed(writer: &Writer<'_>, gaps: &Gaps) -> Vec<Line> {
    let items = gaps.assumed.iter().map(|(&assumed, statements)| {
        let verb = if statements.len() == 1 { " hangs on " } else { " hang on " };
        chain([writer.claim_numbers(statements), words(verb), writer.line(&Prose::claim(assumed)), words(".")])
    });
    items.collect()
}

fn second_sources(writer: &Writer<'_>, gaps: &Gaps) -> Vec<Line> {
    let mut groups: BTreeMap<&[StatementId], Vec<Source>> = BTreeMap::new();
    for (&source, statements) in &gaps.single {
        groups.entry(statements).or_default().push(source);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(statements, sources)| {
        let first = sources.iter().filter_map(|&source| writer.layout.source_number(source)).min();
        (std::cmp::Reverse(statements.len()), first)
    });
    let items = groups.into_iter().map(|(statements, sources)| {
        let verb = if statements.len() == 1 { " hangs on " } else { " hang on " };
        let each = match sources.len() {
            1 => "",
            2 => "both ",
            _ => "each of ",
        };
        let sources = writer.line(&Prose::sources(&sources));
        chain([writer.claim_numbers(statements), words(verb), words(each), sources, words(".")])
    });
    items.collect()
}

fn grades(writer: &Writer<'_>, gaps: &Gaps) -> Vec<Line> {
    let items = gaps.weights.iter().map(|(&detail, statements)| {
        chain([writer.claim_numbers(statements), words(format!(" {}.", would_be(detail)))])
    });
    items.collect()
}

/// How much further evidence would establish a statement, and how much refute it.
fn further_clause(evidence: &[FurtherEvidence]) -> String {
    let side = |effect: Effect| {
        let kinds: Vec<&FurtherEvidence> = evidence.iter().filter(|kind| kind.effect == effect).collect();
        amounts(&kinds, |kind| kind.decides.filter(|&number| number > 0))
    };
    let sides = [(side(Effect::Supports), "establish it"), (side(Effect::Opposes), "refute it")];
    let clauses = sides.into_iter().filter(|(amounts, _)| !amounts.is_empty());
    let clauses: Vec<String> = clauses.map(|(amounts, verb)| format!("{amounts} would {verb}")).collect();
    if clauses.is_empty() {
        return "not even five further documents on one side would decide it by themselves".to_owned();
    }
    clauses.join("; ")
}

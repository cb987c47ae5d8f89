//! Which parts of an argument are drawn where it is larger than a person can take in: those that are near to a headline and
//! decide most about it. The rest is folded into the boxes that it leads to.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::engine::Engine;
use crate::explain;
use crate::model::{Case, EvidenceGraph, Node, Source, StatementId};

use super::chosen::{Folded, neighbours};
use super::group::FEW_QUESTIONS;
use super::options::{Request, Size, Subject};

/// The most boxes of an argument, unless more are asked for.
const READABLE: usize = 60;
/// The most questions whose headlines decide what is kept.
const MOST_HEADLINES: usize = 60;
/// What something without any influence is worth: among such things the nearest come first.
const LEAST: f64 = 0.01;

/// The most boxes of a request's argument.
pub(super) fn most(request: &Request) -> usize {
    match request.size {
        Size::Readable => READABLE,
        Size::Most(boxes) => boxes.max(1),
        Size::Full => usize::MAX,
    }
}

/// Folds all but `most` of these parts: it keeps the roots, few questions each with its headline, and of what is next to something
/// kept always what decides most for the square of its distance from the roots, so that no single chain fills the picture. The other
/// parts remain in `subjects` no longer.
///
/// Cost: the influence of the sources of every headline, and one traversal of the case for each part.
pub(super) fn fold(
    engine: &Engine<'_>,
    graph: &EvidenceGraph,
    request: &Request,
    roots: &BTreeSet<Subject>,
    subjects: &mut BTreeSet<Subject>,
) -> Folded {
    let most = most(request);
    if subjects.len() <= most {
        return Folded::new();
    }
    let case = engine.case();
    let influence = influence(engine);
    let worth = |subject: Subject, hops: usize| {
        let decides = decides(case, graph, &influence, subject);
        Worth((decides + LEAST) / ((1 + hops) as f64).powi(2))
    };
    let mut kept: BTreeSet<Subject> = BTreeSet::new();
    let mut seen: BTreeSet<Subject> = roots.intersection(subjects).copied().collect();
    let next = |subject: Subject| neighbours(case, graph, request.view, subject);
    // What is equally worth comes in the order of the case.
    let mut waiting: BinaryHeap<(Worth, std::cmp::Reverse<(usize, Subject)>)> =
        seen.iter().map(|&root| (Worth(f64::MAX), std::cmp::Reverse((0, root)))).collect();
    let mut questions = FEW_QUESTIONS.min(most / 2).max(1);
    while let Some((_, std::cmp::Reverse((hops, subject)))) = waiting.pop()
        && kept.len() < most
    {
        if let Subject::Question(question) = subject {
            let Some(left) = questions.checked_sub(1) else { continue };
            questions = left;
            let headline = Subject::Node(Node::Statement(case.canonical(case.questions[question].headline)));
            if subjects.contains(&headline) && seen.insert(headline) {
                waiting.push((Worth(f64::MAX), std::cmp::Reverse((hops, headline))));
            }
        }
        kept.insert(subject);
        for found in next(subject).into_iter().filter(|found| subjects.contains(found)) {
            if seen.insert(found) {
                waiting.push((worth(found, hops + 1), std::cmp::Reverse((hops + 1, found))));
            }
        }
    }
    let folded = hosts(&kept, subjects, next);
    *subjects = kept;
    folded
}

/// The drawn part that is nearest to each folded one. What nothing leads to is folded into none.
fn hosts(kept: &BTreeSet<Subject>, all: &BTreeSet<Subject>, next: impl Fn(Subject) -> Vec<Subject>) -> Folded {
    let mut folded = Folded::new();
    let mut border: Vec<(Subject, Subject)> = kept.iter().map(|&subject| (subject, subject)).collect();
    while !border.is_empty() {
        let mut found = Vec::new();
        for (subject, hosts) in border {
            for neighbour in next(subject) {
                if all.contains(&neighbour) && !kept.contains(&neighbour) && !folded.contains_key(&neighbour) {
                    folded.insert(neighbour, hosts);
                    found.push((neighbour, hosts));
                }
            }
        }
        border = found;
    }
    folded
}

/// How much the loss of each source moves a headline, the most for any of them. A picture does not fail where that is too much
/// to compute, nor wait for samples: the distance alone decides then.
pub(super) fn influence(engine: &Engine<'_>) -> BTreeMap<Source, f64> {
    let mut influence: BTreeMap<Source, f64> = BTreeMap::new();
    let case = engine.case();
    let headlines: BTreeSet<StatementId> =
        case.questions.values().map(|question| case.canonical(question.headline)).take(MOST_HEADLINES).collect();
    for headline in headlines.into_iter().filter(|_| engine.is_exact()) {
        for one in explain::influence(engine, headline).unwrap_or_default() {
            let known = influence.entry(one.source).or_default();
            *known = known.max(one.shift.abs());
        }
    }
    influence
}

/// How much what a part rests on decides about a headline.
fn decides(case: &Case, graph: &EvidenceGraph, influence: &BTreeMap<Source, f64>, subject: Subject) -> f64 {
    let Subject::Node(node) = subject else { return f64::from(u8::from(!case.questions.is_empty())) };
    let sources = graph.depends_on(node).into_iter().filter_map(Node::source);
    sources.filter_map(|source| influence.get(&source)).copied().fold(0.0, f64::max)
}

/// A number by which parts are ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Worth(f64);

impl Eq for Worth {}

impl Ord for Worth {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

//! Assigns each node a level of the picture: sources at the bottom, conclusions above what they rest on.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::scene::{Figure, Scene, SceneEdge, Sign};

/// Whether a figure stands for one or several sources.
pub(super) fn is_source(figure: Figure) -> bool {
    band_of(figure) == Band::Sources
}

/// The lower and the upper node of an edge; none for an edge that does not order its ends.
pub(super) fn lower_and_upper(edge: &SceneEdge) -> Option<(usize, usize)> {
    match edge.sign {
        Sign::Entails | Sign::Asks | Sign::Headline | Sign::Mentions | Sign::Acted => Some((edge.to, edge.from)),
        Sign::Rivals | Sign::Impeaches | Sign::InContextOf => None,
        _ => Some((edge.from, edge.to)),
    }
}

/// Where sources stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sources {
    /// Below all that is not a source.
    Below,
    /// Below what rests on them.
    Among,
    /// The same, with lines as short as possible.
    Near,
    /// The same, with everything as high as what rests on it allows: the parts of a whole stand in one row.
    Hung,
}

impl Sources {
    pub(super) const EVERY: [Self; 4] = [Self::Below, Self::Among, Self::Near, Self::Hung];
}

/// The level of each node, from 0 at the bottom.
///
/// Cost: linear in the nodes and edges.
pub(super) fn levels(scene: &Scene, sources: Sources) -> Vec<usize> {
    let ladder = Ladder::new(scene);
    let mut levels = vec![0; scene.nodes.len()];
    let mut base = 0;
    let bands: &[&[Band]] = match sources {
        Sources::Below => &[&[Band::Sources], &[Band::Reasons], &[Band::Questions]],
        Sources::Among | Sources::Near | Sources::Hung => &[&[Band::Sources, Band::Reasons], &[Band::Questions]],
    };
    for band in bands {
        let members: BTreeSet<usize> =
            (0..scene.nodes.len()).filter(|&node| band.contains(&band_of(scene.nodes[node].figure))).collect();
        if !members.is_empty() {
            base = ladder.fill(scene, (&members, sources), base, &mut levels) + 1;
        }
    }
    match sources {
        Sources::Below | Sources::Among => {}
        Sources::Near => ladder.shorten(scene, &mut levels),
        Sources::Hung => ladder.hang(scene, &mut levels),
    }
    meet_rivals(scene, &ladder, &mut levels);
    let beside: &[Sign] = match sources {
        Sources::Below | Sources::Among => &[Sign::InContextOf],
        Sources::Near | Sources::Hung => &[Sign::InContextOf, Sign::Impeaches],
    };
    stand_beside(scene, &ladder, beside, &mut levels);
    levels
}

/// Rounds in which lines are shortened.
const ROUNDS: usize = 8;

/// A horizontal band of the page: every level of one lies above every level of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Band {
    Sources,
    Reasons,
    Questions,
}

fn band_of(figure: Figure) -> Band {
    match figure {
        Figure::Question => Band::Questions,
        Figure::Fact
        | Figure::Interpretation
        | Figure::Generalisation
        | Figure::Record
        | Figure::Relationship
        | Figure::Inference
        | Figure::Junction
        | Figure::Goal
        | Figure::UndevelopedGoal
        | Figure::Strategy
        | Figure::Context
        | Figure::Assumption
        | Figure::Justification => Band::Reasons,
        _ => Band::Sources,
    }
}

/// Which node stands above which, as an acyclic graph.
struct Ladder {
    uppers: Vec<Vec<usize>>,
    lowers: Vec<Vec<usize>>,
    /// A topological order: every node after all that stand below it.
    order: Vec<usize>,
}

impl Ladder {
    fn new(scene: &Scene) -> Self {
        let count = scene.nodes.len();
        let mut uppers = vec![Vec::new(); count];
        for (lower, upper) in scene.edges.iter().filter_map(lower_and_upper) {
            uppers[lower].push(upper);
        }
        let (order, back) = depth_first(&uppers);
        let mut ladder = Self { uppers: vec![Vec::new(); count], lowers: vec![Vec::new(); count], order };
        for (lower, above) in uppers.iter().enumerate() {
            for &upper in above.iter().filter(|&&upper| !back.contains(&(lower, upper))) {
                ladder.uppers[lower].push(upper);
                ladder.lowers[upper].push(lower);
            }
        }
        ladder
    }

    /// Puts the members on levels from `base` upwards. Returns the highest level used.
    fn fill(
        &self,
        scene: &Scene,
        (members, sources): (&BTreeSet<usize>, Sources),
        base: usize,
        levels: &mut [usize],
    ) -> usize {
        for &node in self.order.iter().filter(|node| members.contains(node)) {
            let below =
                self.lowers[node].iter().filter(|lower| members.contains(lower)).map(|&lower| levels[lower] + 1);
            levels[node] = below.max().unwrap_or(base);
        }
        let top = members.iter().map(|&node| levels[node]).max().unwrap_or(base);
        // A node that rests on nothing here moves up to just below its lowest dependent, as does a junction, which is a part of
        // the line to it; sources rise to the top of their band.
        for &node in self.order.iter().rev().filter(|node| members.contains(node)) {
            let above =
                self.uppers[node].iter().filter(|upper| members.contains(upper)).map(|&upper| levels[upper] - 1);
            let (figure, lowers) = (scene.nodes[node].figure, &self.lowers[node]);
            let band = band_of(figure);
            let grounded = band == Band::Reasons && figure != Figure::Junction && !lowers.is_empty();
            match above.min() {
                Some(below) if !grounded => levels[node] = below,
                None if band == Band::Sources && sources == Sources::Below => levels[node] = top,
                _ => {}
            }
        }
        top
    }
}

impl Ladder {
    /// All but questions, the highest first.
    fn free(&self, scene: &Scene) -> Vec<usize> {
        let is_free = |node: usize| band_of(scene.nodes[node].figure) != Band::Questions;
        self.order.iter().rev().copied().filter(|&node| is_free(node)).collect()
    }

    /// Moves each node as high as possible: what rests on the same comes to stand side by side. A source on which nothing rests
    /// stays where it is.
    fn hang(&self, scene: &Scene, levels: &mut [usize]) {
        let free = self.free(scene);
        let top = free.iter().map(|&node| levels[node]).max().unwrap_or_default();
        for &node in &free {
            let highest = if is_source(scene.nodes[node].figure) { levels[node] } else { top };
            levels[node] = self.uppers[node].iter().map(|&upper| levels[upper] - 1).min().unwrap_or(highest).min(top);
        }
    }

    /// Moves each node to the side to which more of its lines lead, as far as these allow.
    fn shorten(&self, scene: &Scene, levels: &mut [usize]) {
        self.hang(scene, levels);
        let free = self.free(scene);
        for round in 0..ROUNDS {
            let mut order = free.clone();
            if round % 2 == 0 {
                order.reverse();
            }
            for node in order {
                let (uppers, lowers) = (&self.uppers[node], &self.lowers[node]);
                let high = uppers.iter().map(|&upper| levels[upper] - 1).min();
                let low = lowers.iter().map(|&lower| levels[lower] + 1).max();
                match uppers.len().cmp(&lowers.len()) {
                    Ordering::Greater => levels[node] = high.unwrap_or(levels[node]),
                    Ordering::Less => levels[node] = low.unwrap_or(levels[node]),
                    Ordering::Equal => {}
                }
            }
        }
    }
}

/// Puts what has no other lines than such to others on the level of the highest of these.
fn stand_beside(scene: &Scene, ladder: &Ladder, signs: &[Sign], levels: &mut [usize]) {
    let mut highest: BTreeMap<usize, usize> = BTreeMap::new();
    for edge in scene.edges.iter().filter(|edge| signs.contains(&edge.sign)) {
        let level = highest.entry(edge.from).or_default();
        *level = levels[edge.to].max(*level);
    }
    for (node, level) in highest {
        if ladder.uppers[node].is_empty() && ladder.lowers[node].is_empty() {
            levels[node] = level;
        }
    }
}

/// A topological order of the nodes, and the back edges that had to be left out for it.
fn depth_first(uppers: &[Vec<usize>]) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; uppers.len()];
    let mut order = Vec::new();
    let mut back = BTreeSet::new();
    for root in 0..uppers.len() {
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        if states[root] != State::New {
            continue;
        }
        states[root] = State::Open;
        while let Some((node, next)) = path.pop() {
            match uppers[node].get(next) {
                Some(&upper) => {
                    path.push((node, next + 1));
                    match states[upper] {
                        State::New => {
                            states[upper] = State::Open;
                            path.push((upper, 0));
                        }
                        State::Open => {
                            back.insert((node, upper));
                        }
                        State::Done => {}
                    }
                }
                None => {
                    states[node] = State::Done;
                    order.push(node);
                }
            }
        }
    }
    order.reverse();
    (order, back)
}

/// Lifts the lower of two rivals to the level of the other unless a node above it is in the way.
fn meet_rivals(scene: &Scene, ladder: &Ladder, levels: &mut [usize]) {
    for edge in scene.edges.iter().filter(|edge| edge.sign == Sign::Rivals) {
        let (low, high) =
            if levels[edge.from] <= levels[edge.to] { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let free = ladder.uppers[low].iter().all(|&upper| levels[upper] > levels[high]);
        if free && band_of(scene.nodes[low].figure) == band_of(scene.nodes[high].figure) {
            levels[low] = levels[high];
        }
    }
}

//! The shapes of generated graphs.

use std::collections::HashSet;
use std::str::FromStr;

use super::Random;

/// How the graph hangs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Three to five premises each, every document and claim used once.
    Tree,
    /// Six layers over one pool of documents (a fifth of all nodes), three to five premises each, two of five of them
    /// documents, the others from anywhere in the layer below.
    Layered,
    /// The same, but premises are at most three places to either side.
    Local,
    /// Layered, with attacks both ways between pairs in one layer, and support from higher layers for lower ones.
    Cyclic,
    /// The cyclic graph of the same seed with every link a support, so that no loop runs through a negation.
    Positive,
}

impl FromStr for Shape {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "tree" => Ok(Self::Tree),
            "layered" => Ok(Self::Layered),
            "local" => Ok(Self::Local),
            "cyclic" => Ok(Self::Cyclic),
            "positive" => Ok(Self::Positive),
            other => Err(format!("`{other}` is no shape: tree, layered, local, cyclic or positive")),
        }
    }
}

/// One node speaks for or against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The number of the node that speaks.
    pub from: usize,
    /// The number of the claim.
    pub to: usize,
    /// For rather than against.
    pub supports: bool,
    /// The probability that the link holds, three digits behind the point.
    pub strength: f64,
}

/// Documents, claims and links. Documents are numbered from 0, claims after them; the last is the top claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// How reliable each document is, from 0 to 1.
    pub documents: Vec<f64>,
    /// A score for each claim, from 0 to 1, that only other programs use.
    pub claims: Vec<f64>,
    /// The links.
    pub links: Vec<Link>,
}

/// A link without its strength: from, to, whether it supports.
type Bare = (usize, usize, bool);

impl Graph {
    /// The graph of a shape with so many nodes, documents and claims together.
    ///
    /// # Panics
    ///
    /// If there are too few nodes for a claim.
    pub fn new(shape: Shape, nodes: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let (documents, bare) = match shape {
            Shape::Tree => tree(nodes, &mut random),
            layered => Layers::new(nodes).links(layered, &mut random),
        };
        let strengths = numbers(bare.len(), 0.5, 0.95, &mut random);
        let reliabilities = numbers(documents, 0.4, 0.95, &mut random);
        let claims = numbers(nodes - documents, 0.2, 0.8, &mut random);
        let links = bare.into_iter().zip(strengths);
        let links = links.map(|((from, to, supports), strength)| Link { from, to, supports, strength }).collect();
        Self { documents: reliabilities, claims, links }
    }

    /// How many documents and claims there are.
    pub fn nodes(&self) -> usize {
        self.documents.len() + self.claims.len()
    }
}

/// Probabilities of three digits.
fn numbers(count: usize, low: f64, high: f64, random: &mut Random) -> Vec<f64> {
    (0..count).map(|_| (random.between(low, high) * 1000.0).round_ties_even() / 1000.0).collect()
}

/// As many draws at once as the definition takes, one after another.
fn draw<T>(count: usize, mut one: impl FnMut(usize) -> T) -> Vec<T> {
    (0..count).map(&mut one).collect()
}

/// Grows a tree from the top claim down, breadth first, and numbers it from the leaves up.
fn tree(nodes: usize, random: &mut Random) -> (usize, Vec<Bare>) {
    let mut parents = vec![0];
    for parent in 0.. {
        if parents.len() >= nodes {
            break;
        }
        let children = (3 + random.below(3)).min(nodes - parents.len());
        parents.extend(std::iter::repeat_n(parent, children));
    }
    // Breadth first, the parents are the first nodes.
    let claims = parents.last().map_or(0, |&last| last + 1);
    let documents = nodes - claims;
    let number = |node: usize| if node < claims { nodes - 1 - node } else { node - claims };
    let link = |node: usize| (number(node), number(parents[node]), random.unit() < 0.7);
    (documents, (1..nodes).map(link).collect())
}

const LAYERS: usize = 6;

/// Claims in layers over a pool of documents.
struct Layers {
    documents: usize,
    claims: usize,
    /// How many claims a layer has; the last has more.
    width: usize,
}

impl Layers {
    fn new(nodes: usize) -> Self {
        let documents = (nodes / 5).max(4);
        let claims = nodes - documents;
        Self { documents, claims, width: (claims / LAYERS).max(1) }
    }

    fn layer(&self, claim: usize) -> usize {
        (claim / self.width).min(LAYERS - 1)
    }

    /// The first claim of a layer; of the one behind the last, the number of claims.
    fn start(&self, layer: usize) -> usize {
        if layer == LAYERS { self.claims } else { layer * self.width }
    }

    fn links(&self, shape: Shape, random: &mut Random) -> (usize, Vec<Bare>) {
        let premises = draw(self.claims, |_| 3 + random.below(3));
        let to: Vec<usize> =
            premises.iter().enumerate().flat_map(|(claim, &count)| std::iter::repeat_n(claim, count)).collect();
        let from_document = draw(to.len(), |at| (random.unit() < 0.4) | (self.layer(to[at]) == 0));
        let from = if shape == Shape::Local { self.near(&to, random) } else { self.anywhere(&to, random) };
        let supports = draw(to.len(), |_| random.unit() < 0.7);
        let from = |at: usize| if from_document[at] { from[at].0 } else { self.documents + from[at].1 };
        let mut links: Vec<Bare> = (0..to.len()).map(|at| (from(at), self.documents + to[at], supports[at])).collect();
        if matches!(shape, Shape::Cyclic | Shape::Positive) {
            self.loops(&mut links, random);
        }
        if shape == Shape::Positive {
            links.iter_mut().for_each(|(_, _, supports)| *supports = true);
        }
        let mut known = HashSet::with_capacity(links.len());
        links.retain(|&(from, to, _)| known.insert((from, to)));
        (self.documents, links)
    }

    /// For each link a document and a claim of the layer below, from anywhere.
    fn anywhere(&self, to: &[usize], random: &mut Random) -> Vec<(usize, usize)> {
        let documents = draw(to.len(), |_| random.below(self.documents));
        let claims = draw(to.len(), |at| {
            self.start(self.layer(to[at]).saturating_sub(1)) + (random.unit() * self.width as f64) as usize
        });
        documents.into_iter().zip(claims).collect()
    }

    /// For each link a document and a claim of the layer below, from about the same place.
    fn near(&self, to: &[usize], random: &mut Random) -> Vec<(usize, usize)> {
        let one = |&to: &usize| {
            let layer = self.layer(to);
            let (start, end) = (self.start(layer), self.start(layer + 1));
            let place = (to.wrapping_sub(start) as isize) as f64 / (end as isize - start as isize).max(1) as f64;
            let offset = random.below(7) as i64 - 3;
            let near = |count: usize| ((place * count as f64) as i64 + offset).clamp(0, count as i64 - 1) as usize;
            (near(self.documents), self.start(layer.saturating_sub(1)) + near(self.width))
        };
        to.iter().map(one).collect()
    }

    /// Attacks both ways between claims of one layer, and support for lower claims from higher ones.
    fn loops(&self, links: &mut Vec<Bare>, random: &mut Random) {
        random.skip_permutation(self.claims);
        let pairs = (0.15 * self.claims as f64) as usize + 1;
        let first = draw(pairs, |_| random.below(self.claims));
        let second = draw(pairs, |at| {
            let layer = self.layer(first[at]);
            let (start, end) = (self.start(layer), self.start(layer + 1));
            start + (random.unit() * (end as f64 - start as f64)) as usize
        });
        let pairs: Vec<_> = first.into_iter().zip(second).filter(|(first, second)| first != second).collect();
        let shift = |claim: usize| self.documents + claim;
        links.extend(pairs.iter().map(|&(first, second)| (shift(first), shift(second), false)));
        links.extend(pairs.iter().map(|&(first, second)| (shift(second), shift(first), false)));
        let count = (0.05 * self.claims as f64) as usize + 1;
        let first = draw(count, |_| random.below(self.claims));
        let second = draw(count, |_| random.below(self.claims));
        let backward = first.into_iter().zip(second).filter(|(first, second)| first != second);
        links.extend(backward.map(|(one, other)| (shift(one.max(other)), shift(one.min(other)), true)));
    }
}

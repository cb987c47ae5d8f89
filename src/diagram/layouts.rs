//! Layouts that are remembered, for those who draw a case again and again while it is written.
//!
//! Most edits change words, numbers and verdicts, and leave every box where it is. What a layout depends on is all that it is
//! given, so that a layout that is remembered is the one that would be made.

use super::layout::place;
use super::plan::{Plan, Sizes};
use super::scene::{Scene, SceneEdge, SceneGroup, SceneNode};

/// So many are remembered: those of the views of one case.
const MOST: usize = 64;

/// The layouts that were made last.
#[derive(Debug, Clone, Default)]
pub struct Layouts(Vec<Layout>);

#[derive(Debug, Clone)]
struct Layout {
    bare: Scene,
    sizes: Sizes,
    plan: Plan,
}

impl Layouts {
    /// The places of a scene.
    pub(super) fn of(&mut self, scene: &Scene, sizes: Sizes) -> &Plan {
        let bare = bare(scene);
        let layout = match self.0.iter().position(|known| known.bare == bare && known.sizes == sizes) {
            Some(at) => self.0.remove(at),
            None => Layout { plan: place(&bare, &sizes), bare, sizes },
        };
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(layout);
        &self.0[self.0.len() - 1].plan
    }
}

/// A scene without what a layout does not ask for: words, numbers and verdicts.
fn bare(scene: &Scene) -> Scene {
    let node = |node: &SceneNode| SceneNode {
        id: String::new(),
        kind: String::new(),
        heading: String::new(),
        label: String::new(),
        mark: None,
        withheld: 0.0,
        facts: Vec::new(),
        ..*node
    };
    Scene {
        title: String::new(),
        subtitle: String::new(),
        nodes: scene.nodes.iter().map(node).collect(),
        edges: scene
            .edges
            .iter()
            .map(|edge| SceneEdge { strength: None, count: 1, label: None, step: None, mark: None, ..*edge })
            .collect(),
        groups: scene.groups.iter().map(|_| SceneGroup { title: String::new() }).collect(),
        left_out: Vec::new(),
        ..*scene
    }
}

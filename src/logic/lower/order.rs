//! The order in which the nodes of a draft are evaluated: strongly connected components, each after those that it depends on.

use super::code::Kind;
use super::components::Component;
use super::draft::Draft;
use crate::logic::program::narrow;

/// A strongly connected component: nodes whose rules depend on each other, or one node on its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// Where its nodes start in [`Order::nodes`].
    pub(super) start: u32,
    /// Where they end.
    pub(super) end: u32,
    /// Whether some node depends on itself, directly or through a loop.
    pub(super) recursive: bool,
    /// Whether a loop runs through a negation.
    pub(super) negative: bool,
}

/// The nodes of a draft in order.
pub(super) struct Order {
    /// Every node, group after group; inside a group, as far as loops allow, after what it depends on.
    pub(super) nodes: Vec<u32>,
    pub(super) groups: Vec<Group>,
    /// The place in `groups` of the group of each node.
    pub(super) group_of: Vec<u32>,
}

impl Order {
    /// Groups by level (one more than the highest that they depend on), and on a level as the program numbers
    /// them: what lies side by side in a case is then evaluated side by side, which is kind to the cache.
    ///
    /// Cost: linear but for the sorting of the groups.
    pub(super) fn new(draft: &Draft) -> Self {
        let Components { finished, marks, level, .. } = Components::new(draft);
        let mut place = vec![u32::MAX; level.len()];
        let mut size = vec![0_u32; level.len()];
        for (node, mark) in marks.iter().enumerate() {
            let component = mark.component as usize;
            place[component] = place[component].min(draft.place(node));
            size[component] += 1;
        }
        let mut sorted: Vec<(u64, u32)> = (0..narrow(level.len()))
            .map(|component| {
                let at = component as usize;
                (u64::from(level[at]) << 32 | u64::from(place[at]), component)
            })
            .collect();
        sorted.sort_unstable();
        let mut group_of_component = vec![0; level.len()];
        let mut groups = Vec::with_capacity(sorted.len());
        let mut start = 0;
        for (group, &(_, component)) in sorted.iter().enumerate() {
            group_of_component[component as usize] = narrow(group);
            let end = start + size[component as usize];
            groups.push(Group { start, end, recursive: false, negative: false });
            start = end;
        }
        let group_of: Vec<u32> = marks.iter().map(|mark| group_of_component[mark.component as usize]).collect();
        let mut nodes = vec![0; draft.len()];
        let mut next: Vec<u32> = groups.iter().map(|group| group.start).collect();
        for node in finished {
            let at = &mut next[group_of[node as usize] as usize];
            nodes[*at as usize] = node;
            *at += 1;
        }
        let mut order = Self { nodes, groups, group_of };
        order.find_loops(draft);
        order
    }

    /// The nodes of [`Draft::of_components`], which are in order already.
    pub(super) fn of_components(components: &[Component]) -> Self {
        let (mut groups, mut group_of) = (Vec::with_capacity(components.len()), Vec::new());
        for (index, &Component { ref atoms, recursive, negative }) in components.iter().enumerate() {
            let start = narrow(group_of.len());
            group_of.resize(group_of.len() + atoms.len(), narrow(index));
            groups.push(Group { start, end: narrow(group_of.len()), recursive, negative });
        }
        Self { nodes: (0..narrow(group_of.len())).collect(), groups, group_of }
    }

    fn find_loops(&mut self, draft: &Draft) {
        for node in 0..draft.len() {
            let group = self.group_of[node];
            for &code in draft.codes(node) {
                if code.value().is_some_and(|needed| self.group_of[needed] == group) {
                    let group = &mut self.groups[group as usize];
                    group.recursive = true;
                    group.negative |= code.kind() == Kind::Not;
                }
            }
        }
    }

    pub(super) fn nodes(&self, group: Group) -> &[u32] {
        &self.nodes[group.start as usize..group.end as usize]
    }
}

/// Strongly connected components, after Tarjan (1972), without recursion: a case may be a long chain.
struct Components {
    /// Nodes as the walk leaves them, each after what it depends on but for loops.
    finished: Vec<u32>,
    marks: Vec<Mark>,
    /// The level of each component.
    level: Vec<u32>,
    /// Nodes that are seen and have no component yet.
    open: Vec<u32>,
}

/// What the walk knows of a node, side by side, for it goes to and fro in memory.
#[derive(Clone, Copy)]
struct Mark {
    /// When the walk first saw it, from 1; 0 where it has not.
    seen: u32,
    /// The earliest open node that it is known to lead back to, by when it was seen.
    low: u32,
    component: u32,
}

/// A node on the way, and the conditions of it that have not been followed.
struct Step {
    node: u32,
    next: u32,
    end: u32,
}

const NO_COMPONENT: u32 = u32::MAX;

impl Components {
    fn new(draft: &Draft) -> Self {
        let mut components = Self {
            finished: Vec::with_capacity(draft.len()),
            marks: vec![Mark { seen: 0, low: 0, component: NO_COMPONENT }; draft.len()],
            level: Vec::new(),
            open: Vec::new(),
        };
        let mut time = 0;
        for root in 0..draft.len() {
            if components.marks[root].seen == 0 {
                components.walk(draft, narrow(root), &mut time);
            }
        }
        components
    }

    fn walk(&mut self, draft: &Draft, root: u32, time: &mut u32) {
        let mut path = vec![self.enter(draft, root, time)];
        while let Some(step) = path.last_mut() {
            if step.next < step.end {
                let needed = draft.codes[step.next as usize].value();
                step.next += 1;
                let Some(needed) = needed else { continue };
                let Mark { seen, component, .. } = self.marks[needed];
                if seen == 0 {
                    path.push(self.enter(draft, narrow(needed), time));
                } else if component == NO_COMPONENT {
                    self.leads_back(step.node, seen);
                }
            } else {
                let node = step.node;
                path.pop();
                self.leave(draft, node);
                if let Some(above) = path.last() {
                    self.leads_back(above.node, self.marks[node as usize].low);
                }
            }
        }
    }

    fn enter(&mut self, draft: &Draft, node: u32, time: &mut u32) -> Step {
        *time += 1;
        self.marks[node as usize] = Mark { seen: *time, low: *time, component: NO_COMPONENT };
        self.open.push(node);
        Step { node, next: draft.first[node as usize], end: draft.first[node as usize + 1] }
    }

    fn leads_back(&mut self, node: u32, low: u32) {
        let mark = &mut self.marks[node as usize];
        mark.low = mark.low.min(low);
    }

    /// Everything that a node depends on is done: if it leads back to none before it, its component is.
    fn leave(&mut self, draft: &Draft, node: u32) {
        self.finished.push(node);
        let mark = self.marks[node as usize];
        if mark.low != mark.seen {
            return;
        }
        let component = narrow(self.level.len());
        let start = self.open.iter().rposition(|&member| member == node).expect("it is open");
        let members = &self.open[start..];
        members.iter().for_each(|&member| self.marks[member as usize].component = component);
        let needed = members.iter().flat_map(|&member| draft.codes(member as usize)).filter_map(|code| code.value());
        let others = needed.map(|needed| self.marks[needed].component).filter(|&other| other != component);
        let level = others.map(|other| self.level[other as usize] + 1).max().unwrap_or(0);
        self.level.push(level);
        self.open.truncate(start);
    }
}

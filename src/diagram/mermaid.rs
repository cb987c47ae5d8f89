//! Mermaid, as GitHub and other wikis render it in a fenced block.

use std::fmt::Write as _;

use crate::escape::{self, mermaid_comment};
use crate::verdict::Detail;
use crate::words::degree;

use super::alternative::alternative;
use super::gsn;
use super::options::Direction;
use super::scene::{Figure, Scene, SceneEdge, SceneNode, Sign, step_letter};
use super::style::{ABSENT, figure_colours, verdict_style};

/// The longest label, in characters.
const LONGEST: usize = 140;

/// What renderers draw unless they are set otherwise, GitHub's among them: so many lines, so many characters.
const MOST_LINES: usize = 500;
const MOST_CHARACTERS: usize = 50_000;

/// The lines and the characters of a scene as Mermaid, if they are more than GitHub draws.
pub fn mermaid_excess(scene: &Scene) -> Option<(usize, usize)> {
    let size = (scene.edges.len(), mermaid(scene).chars().count());
    (size.0 > MOST_LINES || size.1 > MOST_CHARACTERS).then_some(size)
}

/// The most important part of a scene that GitHub draws as Mermaid: what is nearest to its questions or, where there are none,
/// to the box with the most lines. The scene says how much that is.
///
/// Cost: that of writing the scene some ten times.
pub fn mermaid_fitting(scene: &Scene) -> Scene {
    let order = scene.by_distance();
    let fits = |count: usize| mermaid_excess(&scene.part(&order[..count])).is_none();
    let (mut low, mut high) = (0, order.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        (low, high) = if fits(middle) { (middle, high) } else { (low, middle - 1) };
    }
    if low == order.len() { scene.clone() } else { scene.part(&order[..low]) }
}

/// Words for those who do not see the picture, without what would end them or begin something else.
fn plain(text: &str) -> String {
    mermaid_comment(text).replace(['\n', '\r', ';', '#', '%'], " ").replace('"', "'").trim().to_owned()
}

/// A scene as Mermaid. The same scene gives the same bytes.
///
/// [`mermaid_excess`] says whether GitHub draws it.
pub fn mermaid(scene: &Scene) -> String {
    let mut text = String::new();
    let direction = match (scene.direction, is_downwards(scene)) {
        (Direction::Up, false) | (Direction::Down, true) => "BT",
        (Direction::Down, false) | (Direction::Up, true) => "TB",
        (Direction::Left, false) | (Direction::Right, true) => "RL",
        (Direction::Right, false) | (Direction::Left, true) => "LR",
    };
    let _ = writeln!(text, "%% {}", mermaid_comment(&scene.title));
    let _ = writeln!(text, "%% {}", mermaid_comment(&scene.subtitle));
    for note in &scene.left_out {
        let _ = writeln!(text, "%% {}", mermaid_comment(&note.words));
    }
    let _ = writeln!(text, "flowchart {direction}");
    // Each ends with its line.
    let _ = writeln!(text, "  accTitle: {}", plain(&scene.title));
    let _ = writeln!(text, "  accDescr: {}", plain(&alternative(scene)));
    for (index, group) in scene.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph g{index}[\"{}\"]", escape::mermaid(&group.title));
        for (node_index, node) in scene.nodes.iter().enumerate().filter(|(_, node)| node.group == Some(index)) {
            let _ = writeln!(text, "    {}", node_line(node_index, node));
        }
        text.push_str("  end\n");
    }
    for (index, node) in scene.nodes.iter().enumerate().filter(|(_, node)| node.group.is_none()) {
        let _ = writeln!(text, "  {}", node_line(index, node));
    }
    for edge in &scene.edges {
        let _ = writeln!(text, "  {}", edge_line(edge, is_downwards(scene)));
    }
    text.push_str(&classes(scene));
    text
}

/// Whether the chart runs downwards: between actors, who acts stands above, and a line can have its head at its second end only.
fn is_downwards(scene: &Scene) -> bool {
    !scene.edges.is_empty() && scene.edges.iter().all(|edge| matches!(edge.sign, Sign::Acted | Sign::MemberOf))
}

fn node_line(index: usize, node: &SceneNode) -> String {
    let (open, close) = match node.figure {
        Figure::Question => ("([", "])"),
        Figure::Fact | Figure::OtherActor => ("(", ")"),
        Figure::Interpretation | Figure::Generalisation | Figure::Organisation => ("{{", "}}"),
        Figure::Relationship => (">", "]"),
        Figure::Inference | Figure::Person => ("([", "])"),
        Figure::Dataset => ("[(", ")]"),
        Figure::Archive | Figure::Pile | Figure::Book => ("[[", "]]"),
        Figure::Speech => ("[/", "/]"),
        Figure::ArmedGroup => ("[/", "\\]"),
        Figure::Record | Figure::Page | Figure::News => ("[", "]"),
        Figure::Junction if !node.label.is_empty() => ("([", "])"),
        Figure::Junction => ("((", "))"),
        Figure::Goal | Figure::UndevelopedGoal => ("[", "]"),
        Figure::Strategy => ("[/", "/]"),
        Figure::Solution => ("((", "))"),
        Figure::Context | Figure::Assumption | Figure::Justification => ("([", "])"),
    };
    format!("n{index}{open}\"{}\"{close}:::{}", label(node), class(node))
}

fn label(node: &SceneNode) -> String {
    match (node.figure, node.label.as_str()) {
        (Figure::Junction, "") => return "&nbsp;".to_owned(),
        (Figure::Junction, label) => return escape::mermaid(label),
        _ => {}
    }
    let glyph = node.mark.map(|mark| format!("{} ", verdict_style(mark.detail).glyph)).unwrap_or_default();
    let mut parts = vec![
        format!("{glyph}{}", escape::mermaid(&node.heading)),
        format!("<b>{}</b>", escape::mermaid(&shortened(&node.label))),
    ];
    if let Some(mark) = node.mark {
        let settled = match mark.settled {
            Some(true) => " · settled",
            Some(false) => " · open",
            None => "",
        };
        let (for_it, against) = (degree(mark.degrees.case_for()), degree(mark.degrees.case_against()));
        parts.push(format!("for {for_it} · against {against}{settled}"));
    }
    parts.extend(node.facts.iter().map(|fact| escape::mermaid(fact)));
    parts.extend(gsn::in_words(node.figure).map(str::to_owned));
    parts.join("<br/>")
}

pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).collect::<String>() + "…"
}

/// An edge from its lower end to its upper end, since the chart runs upwards. A line can have a head at its second end
/// only: entailment, which points down, has none and states its direction in words, as does a part of an actor where the chart
/// runs downwards.
fn edge_line(edge: &SceneEdge, downwards: bool) -> String {
    let words = match (&edge.label, edge.mark) {
        (Some(label), Some(mark)) => format!("{} {label}", verdict_style(mark.detail).glyph),
        (Some(label), None) => label.clone(),
        (None, _) if downwards && edge.sign == Sign::MemberOf => "has as a part".to_owned(),
        (None, _) => word(edge.sign).to_owned(),
    };
    let count = if edge.count > 1 && edge.label.is_none() { format!(" ×{}", edge.count) } else { String::new() };
    let count = match edge.step {
        Some(step) if words.is_empty() && count.is_empty() => format!("step {}", step_letter(step)),
        Some(step) => format!("{count}, step {}", step_letter(step)),
        None => count,
    };
    let absent = match (edge.absent, words.is_empty() && count.is_empty()) {
        (false, _) => "",
        (true, true) => "left out",
        (true, false) => ", left out",
    };
    let words = escape::mermaid(&format!("{words}{count}{absent}"));
    let against_the_chart = match edge.sign {
        Sign::Entails | Sign::Asks | Sign::Headline => true,
        sign => downwards && sign == Sign::MemberOf,
    };
    let (first, last) = if against_the_chart { (edge.to, edge.from) } else { (edge.from, edge.to) };
    let words = if words.is_empty() { String::new() } else { format!("|\"{words}\"|") };
    format!("n{first} {}{words} n{last}", line(edge))
}

/// The line of a sign.
fn line(edge: &SceneEdge) -> &'static str {
    let strong = edge.strength.is_some_and(|strength| strength >= 0.75);
    match edge.sign {
        _ if edge.absent => "-.->",
        Sign::Supports | Sign::Acted if strong => "==>",
        Sign::Headline => "===",
        Sign::Opposes if strong => "==x",
        Sign::Opposes | Sign::Undercuts | Sign::Impeaches | Sign::Supersedes | Sign::Struck => "--x",
        Sign::Rivals => "<-.->",
        Sign::RejectedPremise | Sign::AllOf | Sign::AnyOf | Sign::OneOf | Sign::Remains => "--o",
        Sign::MayBearOn | Sign::ReliesOn | Sign::Mentions => "-.->",
        Sign::Entails | Sign::Asks | Sign::SameAs | Sign::Premise | Sign::SupportedBy => "---",
        Sign::InContextOf => "-.-",
        _ => "-->",
    }
}

/// A label where the line alone does not show the meaning.
fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Supports | Sign::Asks => "",
        Sign::Headline => "headline",
        Sign::Opposes => "opposes",
        Sign::Undercuts => "undercuts",
        Sign::Struck => "undercut",
        Sign::Impeaches => "impeaches",
        Sign::Entails => "is entailed by",
        Sign::Rivals => "rivals",
        Sign::Derives => "origin",
        Sign::RestsOn => "needed",
        Sign::Supersedes => "supersedes",
        Sign::ReliesOn => "relied on",
        Sign::Premise => "given",
        Sign::RejectedPremise => "given rejected",
        Sign::AllOf => "all of",
        Sign::AnyOf => "any of",
        Sign::OneOf => "one of",
        Sign::Remains => "is left of",
        Sign::SameAs => "same as",
        Sign::MayBearOn => "withheld part",
        Sign::Issued => "issued",
        Sign::Holds => "keeps",
        Sign::Mentions => "speaks of",
        Sign::MemberOf => "part of",
        Sign::Acted | Sign::SupportedBy => "",
        Sign::InContextOf => "in context of",
    }
}

fn class(node: &SceneNode) -> &'static str {
    match (node.mark, node.figure) {
        _ if node.absent => "absent",
        (Some(mark), _) => verdict_class(mark.detail),
        (None, Figure::Question) => "question",
        (None, Figure::Inference) => "inference",
        (None, Figure::Junction) => "junction",
        (None, Figure::Person | Figure::Organisation | Figure::ArmedGroup | Figure::OtherActor) => "actor",
        (None, _) => "source",
    }
}

fn verdict_class(detail: Detail) -> &'static str {
    match detail {
        Detail::Established => "established",
        Detail::RivalReadings | Detail::ConflictingEvidence => "contested",
        Detail::Refuted => "refuted",
        Detail::Insufficient => "insufficient",
        Detail::NoEvidence => "noevidence",
        Detail::Undecided => "undecided",
    }
}

/// The styles of the classes that occur.
fn classes(scene: &Scene) -> String {
    let mut looks: Vec<(&str, String)> = Vec::new();
    for node in &scene.nodes {
        let name = class(node);
        if looks.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let look = match node.mark {
            _ if node.absent => format!("fill:#ffffff,stroke:{ABSENT},color:{ABSENT},stroke-dasharray:3 3"),
            Some(mark) => {
                let style = verdict_style(mark.detail);
                let dash: Vec<String> = style.dash.iter().map(ToString::to_string).collect();
                let dash =
                    if dash.is_empty() { String::new() } else { format!(",stroke-dasharray:{}", dash.join(" ")) };
                let width = if style.double { 4.0 } else { style.width };
                format!("fill:{},stroke:{},stroke-width:{width}px,color:#15181c{dash}", style.fill, style.stroke)
            }
            None => {
                let (fill, stroke) = figure_colours(node.figure);
                let ink = if node.figure == Figure::Question { "#ffffff" } else { "#15181c" };
                format!("fill:{fill},stroke:{stroke},color:{ink}")
            }
        };
        looks.push((name, look));
    }
    looks.sort();
    looks.into_iter().map(|(name, look)| format!("  classDef {name} {look}\n")).collect()
}

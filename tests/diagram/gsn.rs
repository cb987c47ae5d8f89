//! Assurance cases: parts of a whole in one row, and the shapes of GSN.

use std::collections::BTreeMap;

use evigraph::internals::diagram::{Figure, Notation, Request, Scene, Sign, dot, legend, mermaid};

use super::cases::{from_text, scene_of, shipped};
use super::geometry::Drawing;
use super::picture::{Drawn, Picture, read};
use super::{assert_boxes_apart, assert_words_inside, svg_of};

/// One of each element, and a goal whose parts go down to different depths.
const PUMP: &str = r#"Case(
    title: "A pump",
    documents: { "Sn1": (title: "Test of the alarm", reliability: A), "Sn2": (title: "Fault tree", reliability: A),
                 "Sn3": (title: "Log", reliability: B) },
    claims: {
        "G1": (text: "The pump is safe.", all_of: ["G2", "G3", "G4"], note: "In hospitals."),
        "G2": (text: "The dose is right.", evidence: [Supports(from: "Sn3", undercut_by: [(from: "G5")])]),
        "G3": (text: "The alarm warns."),
        "G4": (text: "Nobody can slip."),
        "G5": (text: "The log has gaps.", evidence: [Supports(from: "Sn2")]),
        "G6": (text: "The alarm sounds.", evidence: [Supports(from: "Sn1")]),
        "A1": (text: "Somebody hears it.", assumed: Strong),
    },
    inferences: { "S1": (given: ["G6", "A1"], to: "G3", effect: Supports, note: "All alarms are alike.") },
    questions: { "Q": (text: "Is it safe?", claims: ["G1"]) },
)"#;

fn in_gsn(text: &str) -> Scene {
    let request = Request { notation: Notation::Gsn, ..Request::default() };
    scene_of(&from_text(text.to_owned()), &request).expect("a scene")
}

#[test]
fn each_element_has_the_shape_of_gsn() {
    let scene = in_gsn(PUMP);
    let figures: BTreeMap<&str, Figure> = scene.nodes.iter().map(|node| (node.id.as_str(), node.figure)).collect();
    let expected = [
        ("Q", Figure::Context),
        ("G1", Figure::Goal),
        ("G1/context", Figure::Context),
        ("G3", Figure::Goal),
        ("G4", Figure::UndevelopedGoal),
        ("A1", Figure::Assumption),
        ("S1", Figure::Strategy),
        ("S1/justification", Figure::Justification),
        ("Sn1", Figure::Solution),
        ("G2/1", Figure::Junction),
    ];
    for (id, figure) in expected {
        assert_eq!(figures[id], figure, "{id}");
    }
    let signs: BTreeMap<(&str, &str), Sign> = scene
        .edges
        .iter()
        .map(|edge| ((scene.nodes[edge.from].id.as_str(), scene.nodes[edge.to].id.as_str()), edge.sign))
        .collect();
    let expected = [
        ("Q", "G1", Sign::InContextOf),
        ("G1/context", "G1", Sign::InContextOf),
        ("G2", "G1", Sign::SupportedBy),
        ("S1", "G3", Sign::SupportedBy),
        ("G6", "S1", Sign::SupportedBy),
        ("A1", "S1", Sign::InContextOf),
        ("S1/justification", "S1", Sign::InContextOf),
        ("Sn1", "G6", Sign::SupportedBy),
        ("G5", "G2/1", Sign::Undercuts),
    ];
    for (from, to, sign) in expected {
        assert_eq!(signs[&(from, to)], sign, "{from} to {to}");
    }
    let phrases: Vec<&str> = legend(&scene).into_iter().flat_map(|(_, all)| all).map(|entry| entry.phrase()).collect();
    for phrase in ["goal that is not developed", "assumption (A)", "justification (J)", "supports (SupportedBy)"] {
        assert!(phrases.contains(&phrase), "{phrases:?}");
    }
    let (dot, mermaid) = (dot(&scene), mermaid(&scene));
    for shape in ["shape=\"parallelogram\"", "shape=\"circle\"", "shape=\"ellipse\"", "◇ not developed"] {
        assert!(dot.contains(shape), "{shape}: {dot}");
    }
    assert!(mermaid.contains("[/\"") && mermaid.contains("((\"") && mermaid.contains("◇ not developed"), "{mermaid}");
}

/// The half axes of a round figure and its middle; none for others.
fn ellipse(figure: Figure, node: &Drawn) -> Option<[(f64, f64); 2]> {
    let is_round = matches!(figure, Figure::Solution | Figure::Assumption | Figure::Justification);
    let area = node.stated;
    let half = ((area.right - area.left) / 2.0, (area.bottom - area.top) / 2.0);
    is_round.then_some([(area.left + half.0, area.top + half.1), half])
}

/// How far a point is from the middle of an ellipse, where its outline is 1.
fn out([(x, y), (across, up)]: [(f64, f64); 2], point: (f64, f64)) -> f64 {
    ((point.0 - x) / across).hypot((point.1 - y) / up)
}

fn assert_round(name: &str, scene: &Scene, picture: &Picture) {
    for (node, drawn) in scene.nodes.iter().zip(&picture.nodes) {
        let Some(ellipse) = ellipse(node.figure, drawn) else { continue };
        for (words, area, _) in drawn.words.iter().filter(|(words, ..)| words != "A" && words != "J") {
            for corner in [(area.left, area.top), (area.right, area.bottom)] {
                assert!(out(ellipse, corner) < 1.04, "{name}: {words:?} leaves the outline of {}", node.id);
            }
        }
        for edge in &picture.edges {
            for (id, point) in [(&edge.from, edge.start), (&edge.to, edge.stop)] {
                // The line itself stops short by the length of its head.
                let apart = (out(ellipse, point) - 1.0) * ellipse[1].0.min(ellipse[1].1);
                assert!(*id != node.id || (-1.0..14.0).contains(&apart), "{name}: a line ends {apart} off {id}");
            }
        }
    }
}

#[test]
fn circles_and_ellipses_hold_their_words_and_lines_reach_them() {
    let mut cases = shipped();
    cases.push(("a pump".to_owned(), from_text(PUMP.to_owned())));
    for (name, case) in cases {
        let request = Request { notation: Notation::Gsn, ..Request::default() };
        let scene = scene_of(&case, &request).expect("an argument");
        let picture = read(&svg_of(&scene));
        assert_boxes_apart(&name, &picture);
        assert_words_inside(&name, &picture);
        assert_round(&name, &scene, &picture);
        let through = Drawing::of(&picture).through_boxes().into_iter();
        let ends = |line: usize| (&picture.edges[line].from, &picture.edges[line].to);
        for (line, node) in through {
            let (id, (from, to)) = (&picture.nodes[node].id, ends(line));
            assert!(id == from || id == to, "{name}: the line {from} to {to} runs through {id}");
        }
    }
}

#[test]
fn the_parts_of_a_whole_stand_in_one_row_and_a_context_beside_its_goal() {
    let own = scene_of(&from_text(PUMP.to_owned()), &Request::default()).expect("a scene");
    for scene in [own, in_gsn(PUMP)] {
        let picture = read(&svg_of(&scene));
        let middle = |id: &str| {
            let node = picture.nodes.iter().find(|node| node.id == id).expect("it is drawn");
            (node.stated.top + node.stated.bottom) / 2.0
        };
        for part in ["G3", "G4"] {
            assert!((middle("G2") - middle(part)).abs() < 0.1, "G2 at {}, {part} at {}", middle("G2"), middle(part));
        }
        if scene.nodes.iter().any(|node| node.figure == Figure::Strategy) {
            assert!((middle("G1") - middle("G1/context")).abs() < 0.1);
            assert!(
                (middle("S1") - middle("A1")).abs() < 0.1 && (middle("S1") - middle("S1/justification")).abs() < 0.1
            );
        }
    }
}

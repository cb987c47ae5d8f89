//! Pictures: what is in them, that nothing overlaps or leaves its box, that every line ends at its nodes, that hostile
//! words stay words, that Graphviz accepts what is for it, that the same case gives the same bytes.
//!
//! `SNAPSHOTS=overwrite cargo test diagram::` writes the files in `tests/diagram/shots/` anew.

mod alternative;
mod attacks;
mod card;
pub mod cases;
mod geometry;
mod graphviz;
mod gsn;
mod letters;
mod mermaid;
pub mod picture;
mod poster;
mod section;
mod signs;
mod size;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::random::{self, Profile};
use crate::support::tool::left_out;

use self::cases::{HOSTILE, VIEWS, from_text, hostile, large, layered, scene_of, shipped};
use self::geometry::Drawing;
use self::picture::Area;
use self::picture::{Picture, read};
use evigraph::internals::diagram::{
    Arrangement, Cluster, Direction, Entry, Focus, Notation, Request, Scene, Sign, Size, Subject, View, dot, legend,
    mermaid, pdf, picture, png, scene, sign_picture, svg,
};
use evigraph::internals::model::{Case, Node};
use evigraph::{Engine, Scenario};

fn request(view: View) -> Request {
    Request { view, ..Request::default() }
}

fn svg_of(scene: &Scene) -> String {
    svg(&picture(scene))
}

/// Every shipped case in every view that is not empty.
fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for (name, case) in shipped() {
        for view in VIEWS {
            scenes.extend(scene_of(&case, &request(view)).map(|scene| (format!("{name}-{}", view.name()), scene)));
        }
    }
    scenes
}

/// A scene as lines that a person can compare.
fn listing(scene: &Scene) -> String {
    let mut text = format!("{}\n{}\n{:?}, {:?}\n", scene.title, scene.subtitle, scene.arrangement, scene.direction);
    for note in &scene.left_out {
        let _ = writeln!(text, "{}", format!("! {} {}", note.words, note.hint).trim_end());
    }
    for group in &scene.groups {
        let _ = writeln!(text, "[] {}", group.title);
    }
    for node in &scene.nodes {
        let mark = node.mark.map(|mark| {
            format!(" {} {:.2}/{:.2}", mark.detail.name(), mark.degrees.case_for(), mark.degrees.case_against())
        });
        let _ = writeln!(text, "{:?} {}{}: {}", node.figure, node.id, mark.unwrap_or_default(), node.label);
        let _ = writeln!(text, "    {} | {}", node.heading, node.facts.join(" | "));
    }
    for edge in &scene.edges {
        let mark = edge.mark.map(|mark| format!(" {}", mark.detail.name())).unwrap_or_default();
        let _ = writeln!(text, "{}{mark} x{}", scene.edge_phrase(edge), edge.count);
    }
    for (heading, entries) in legend(scene) {
        let phrases: Vec<&str> = entries.iter().map(|entry| entry.phrase()).collect();
        let _ = writeln!(text, "{heading}: {}", phrases.join(", "));
    }
    text
}

/// FNV-1a, 64 bits: enough to see that something changed.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn assert_shot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagram/shots").join(name);
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    let expected = snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw();
    assert.eq(snapbox::Data::text(text).raw(), expected);
}

#[test]
fn scenes_are_what_they_were() {
    for (name, scene) in scenes() {
        assert_shot(&format!("{name}.txt"), &listing(&scene));
    }
}

#[test]
fn text_formats_are_what_they_were() {
    for (name, case) in shipped() {
        let scene = scene_of(&case, &Request::default()).expect("an argument");
        assert_shot(&format!("{name}.dot"), &dot(&scene));
        assert_shot(&format!("{name}.mmd"), &mermaid(&scene));
    }
}

/// Drawings in full where they are short; of all others length and digest, so that a change does not go by unseen.
#[test]
fn drawings_are_what_they_were() {
    let mut digests = String::new();
    for (name, scene) in scenes() {
        let svg = svg_of(&scene);
        if svg.len() < 12_000 {
            assert_shot(&format!("{name}.svg"), &svg);
        }
        let _ = writeln!(digests, "{name}: {} bytes, {:016x}", svg.len(), digest(svg.as_bytes()));
    }
    assert_shot("drawings.txt", &digests);
}

fn assert_sound(name: &str, picture: &Picture) {
    assert_boxes_apart(name, picture);
    assert_words_inside(name, picture);
    assert_lines_end_at_nodes(name, picture);
}

fn assert_boxes_apart(name: &str, picture: &Picture) {
    for (index, one) in picture.nodes.iter().enumerate() {
        assert!(one.stated.holds(one.outline, 0.02), "{name}: {} is drawn outside of its place", one.id);
        assert!(one.outline.holds(one.stated, 8.0), "{name}: {} is drawn smaller than its place", one.id);
        let page = picture::Area { left: 0.0, top: 0.0, right: picture.width, bottom: picture.height };
        assert!(page.holds(one.stated, 0.0), "{name}: {} leaves the page", one.id);
        for other in &picture.nodes[index + 1..] {
            assert!(!one.stated.overlaps(other.stated), "{name}: {} and {} overlap", one.id, other.id);
        }
    }
}

fn assert_words_inside(name: &str, picture: &Picture) {
    let mut seen = 0;
    for node in &picture.nodes {
        for (words, area, length) in &node.words {
            assert!(node.stated.holds(*area, 0.01), "{name}: {words:?} leaves {}: {area:?} {:?}", node.id, node.stated);
            // A line of text is longer than it is high, but for a letter or two.
            let (wide, high) = (area.right - area.left, area.bottom - area.top);
            let width = if (wide - length).abs() < (high - length).abs() { wide } else { high };
            assert!((width - length).abs() < 0.02, "{name}: {words:?} is {width} wide and says {length}");
            seen += 1;
        }
        for (index, (words, area, _)) in node.words.iter().enumerate() {
            for (others, other, _) in &node.words[index + 1..] {
                assert!(!area.overlaps(*other), "{name}: {words:?} and {others:?} overlap in {}", node.id);
            }
        }
    }
    assert!(seen > 0, "{name}: words were found");
    for (words, area, _) in &picture.others {
        assert!(area.right <= picture.width, "{name}: {words:?} of the legend leaves the page");
    }
}

/// The line itself stops short of its node by the length of its head, 13 at most.
fn assert_lines_end_at_nodes(name: &str, picture: &Picture) {
    let boxes: BTreeMap<&str, picture::Area> =
        picture.nodes.iter().map(|node| (node.id.as_str(), node.stated)).collect();
    for edge in &picture.edges {
        for (id, point) in [(&edge.from, edge.start), (&edge.to, edge.stop)] {
            let distance = boxes[id.as_str()].border_distance(point);
            assert!(distance < 13.0, "{name}: the line {} to {} is {distance} away from {id}", edge.from, edge.to);
        }
    }
}

/// No line runs through a box, a title, or what is written on another line; these do not overlap either.
fn assert_clear(name: &str, picture: &Picture) {
    let drawing = Drawing::of(picture);
    let end = |line: usize| format!("{} to {}", picture.edges[line].from, picture.edges[line].to);
    if let Some(&(line, node)) = drawing.through_boxes().first() {
        panic!("{name}: the line {} runs through {}", end(line), picture.nodes[node].id);
    }
    for (title, area) in &picture.titles {
        let lines: Vec<String> = drawing.through(*area, 0.0).into_iter().map(end).collect();
        assert!(lines.is_empty(), "{name}: {lines:?} run through the title {title:?}");
    }
    for (index, (from, to, area)) in picture.labels.iter().enumerate() {
        let others = drawing.through(*area, 0.5).into_iter();
        let others: Vec<String> = others
            .filter(|&line| (&picture.edges[line].from, &picture.edges[line].to) != (from, to))
            .map(end)
            .collect();
        // Words on a line that rises over its row interrupt what rises over it: no place is kept for them.
        let end_at =
            |id: &str| picture.nodes.iter().find(|node| node.id == id).map(|node| node.stated.top + node.stated.bottom);
        let rises = end_at(from).zip(end_at(to)).is_some_and(|(one, other)| (one - other).abs() < 0.1);
        assert!(
            rises || others.is_empty(),
            "{name}: {others:?} run through what is written on the line {from} to {to}"
        );
        let is_covered = picture.nodes.iter().any(|node| node.stated.overlaps(*area))
            || picture.labels[index + 1..].iter().any(|(.., other)| other.overlaps(*area));
        assert!(!is_covered, "{name}: what is written on the line {from} to {to} overlaps");
    }
}

/// In frames of every sort as well, turned every way.
#[test]
fn no_line_of_the_shipped_cases_runs_through_anything() {
    for (name, scene) in scenes().into_iter().filter(|(_, scene)| scene.arrangement == Arrangement::Levels) {
        assert_clear(&name, &read(&svg_of(&scene)));
    }
    for (name, case) in shipped() {
        for cluster in [Cluster::Collection, Cluster::Kind, Cluster::Origin, Cluster::Section] {
            for (view, direction) in [(View::Argument, Direction::Down), (View::Provenance, Direction::Up)] {
                let request = Request { view, cluster: Some(cluster), direction, ..Request::default() };
                let Some(scene) = scene_of(&case, &request) else { continue };
                let (name, picture) = (format!("{name} {} {}", view.name(), cluster.name()), read(&svg_of(&scene)));
                assert_clear(&name, &picture);
                assert_sound(&name, &picture);
                assert_groups_apart(&scene, &picture);
            }
        }
    }
}

/// The boxes with the room that they need around them, and lines with the room to the next.
fn needed(picture: &Picture) -> f64 {
    let boxes = picture.nodes.iter().map(|node| {
        let Area { left, top, right, bottom } = node.stated;
        (right - left + 26.0) * (bottom - top + 62.0)
    });
    let length =
        |line: &[(f64, f64)]| -> f64 { line.windows(2).map(|p| (p[1].0 - p[0].0).hypot(p[1].1 - p[0].1)).sum() };
    let lines = picture.edges.iter().map(|edge| length(&edge.line) * 9.0);
    boxes.sum::<f64>() + lines.sum::<f64>()
}

/// The area of the smallest box around boxes and frames.
fn taken(picture: &Picture) -> f64 {
    let areas: Vec<Area> = picture.nodes.iter().map(|node| node.stated).chain(picture.frames.iter().copied()).collect();
    let (left, top) = areas.iter().fold((f64::MAX, f64::MAX), |at, area| (at.0.min(area.left), at.1.min(area.top)));
    let (right, bottom) =
        areas.iter().fold((0.0_f64, 0.0_f64), |at, area| (at.0.max(area.right), at.1.max(area.bottom)));
    (right - left) * (bottom - top)
}

/// Every shipped case that has sections.
#[test]
fn sections_are_packed_onto_a_page() {
    let request = Request { cluster: Some(Cluster::Section), ..Request::default() };
    let mut sections = 0;
    for (name, case) in shipped() {
        let scene = scene_of(&case, &request).expect("a scene");
        if scene.groups.is_empty() {
            continue;
        }
        let picture = read(&svg_of(&scene));
        let (area, needed) = (taken(&picture), needed(&picture));
        assert!(area < 2.0 * needed, "{name}: {area} is {} times what boxes and lines need", area / needed);
        assert!(
            (0.5..2.0).contains(&(picture.width / picture.height)),
            "{name}: {} by {}",
            picture.width,
            picture.height
        );
        sections += scene.groups.len();
    }
    assert!(sections > 10, "{sections} sections were looked at");
}

/// One whole of forty parts, one of which has parts of its own.
fn of_many_parts() -> Case {
    let ids =
        |prefix: &str, count: usize| (0..count).map(|at| format!("\"{prefix}{at:02}\"")).collect::<Vec<_>>().join(", ");
    let parts: String = (0..40).map(|at| format!("\"p{at:02}\": (text: \"Part {at}.\"),")).collect();
    from_text(format!(
        "Case(title: \"Parts\", claims: {{ {parts} \"own\": (text: \"Own.\", all_of: [\"p38\", \"p39\"]), \"whole\": (text: \"Whole.\", \
         all_of: [{}, \"own\"]) }}, questions: {{ \"q\": (text: \"Q?\", claims: [\"whole\"]) }})",
        ids("p", 38)
    ))
}

/// Parts that would make a row wider than the page stand below each other, in columns with a line along their side.
#[test]
fn parts_stand_in_columns_where_a_row_would_be_too_wide() {
    let case = of_many_parts();
    for (direction, notation) in [
        (Direction::Up, Notation::Own),
        (Direction::Down, Notation::Own),
        (Direction::Left, Notation::Own),
        (Direction::Right, Notation::Gsn),
    ] {
        let request = Request { direction, notation, ..Request::default() };
        let scene = scene_of(&case, &request).expect("a scene");
        let (name, picture) = (format!("{direction:?} {notation:?}"), read(&svg_of(&scene)));
        assert_sound(&name, &picture);
        assert_clear(&name, &picture);
        assert_eq!(picture.edges.len(), scene.edges.len(), "{name}");
        if direction == Direction::Up {
            let lefts: BTreeSet<i64> = (picture.nodes.iter())
                .filter(|node| node.id.starts_with('p') && node.id != "p38" && node.id != "p39")
                .map(|node| node.stated.left.round() as i64)
                .collect();
            assert!((3..=8).contains(&lefts.len()), "38 parts in {} columns", lefts.len());
            assert!((0.5..2.0).contains(&(picture.width / picture.height)), "{} by {}", picture.width, picture.height);
            // A line to a part ends at its left side, which is not where one from above would.
            let line = picture.edges.iter().find(|edge| edge.from == "p05").expect("a line");
            let part = picture.nodes.iter().find(|node| node.id == "p05").expect("a part");
            assert!((line.start.0 - part.stated.left).abs() < 0.1, "{line:?}");
        }
    }
}

/// The example of the standard: each row of parts is one row.
#[test]
fn few_parts_stand_in_a_row() {
    let case = from_text(
        r#"Case(title: "T", claims: { "a": (text: "A"), "b": (text: "B"), "c": (text: "C"), "d": (text: "D"), "whole": (text: "W", all_of: ["a", "b", "c", "d"]) })"#
            .to_owned(),
    );
    let picture = read(&svg_of(&scene_of(&case, &Request::default()).expect("a scene")));
    let tops: BTreeSet<i64> =
        picture.nodes.iter().filter(|node| node.id != "whole").map(|node| node.stated.top.round() as i64).collect();
    assert_eq!(tops.len(), 1);
}

#[test]
fn no_boxes_overlap_words_keep_inside_and_lines_end_at_their_nodes() {
    let mut edges = 0;
    for (name, scene) in scenes() {
        let picture = read(&svg_of(&scene));
        assert_eq!(picture.nodes.len(), scene.nodes.len(), "{name}");
        assert_eq!(picture.edges.len(), scene.edges.len(), "{name}");
        edges += picture.edges.len();
        assert_sound(&name, &picture);
    }
    assert!(edges > 500, "lines were looked at");
}

#[test]
fn every_direction_and_grouping_is_drawn_soundly() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
        let request = Request { direction, ..Request::default() };
        let scene = scene_of(&case, &request).expect("a scene");
        assert_sound(&format!("{direction:?}"), &read(&svg_of(&scene)));
    }
    for cluster in [Cluster::Collection, Cluster::Kind, Cluster::Origin, Cluster::Section] {
        for collapse in [false, true] {
            let request = Request { view: View::Provenance, cluster: Some(cluster), collapse, ..Request::default() };
            let scene = scene_of(&case, &request).expect("a scene");
            let picture = read(&svg_of(&scene));
            assert_sound(&format!("{cluster:?} {collapse}"), &picture);
            assert_groups_apart(&scene, &picture);
        }
    }
}

/// A frame holds its nodes and no other's.
fn assert_groups_apart(scene: &Scene, picture: &Picture) {
    for (index, frame) in picture.frames.iter().enumerate() {
        for (node, drawn) in scene.nodes.iter().zip(&picture.nodes) {
            if node.group == Some(index) {
                assert!(frame.holds(drawn.stated, 0.0), "{} is in its frame", node.id);
            } else {
                assert!(!frame.overlaps(drawn.stated), "{} is in a frame that is not its own", node.id);
            }
        }
    }
}

#[test]
fn many_nodes_are_drawn_soundly() {
    let case = large(180);
    for view in [View::Argument, View::All] {
        let drawing = svg_of(&scene_of(&case, &request(view)).expect("a scene"));
        assert_sound(view.name(), &read(&drawing));
        // A group with an opacity is painted on a page of its own: with hundreds of lines PNG took minutes.
        assert!(!drawing.contains(" opacity="), "{}", view.name());
    }
}

/// 488 small cases with loops, attacks on everything, and sources of sources.
#[test]
fn random_cases_are_drawn_soundly() {
    for seed in 0..488 {
        let profile = if seed % 2 == 0 { Profile::tangled() } else { Profile::broad() };
        let case = random::case(&profile, seed).build();
        let view = [View::Argument, View::Provenance, View::All][seed as usize / 2 % 3];
        let Some(scene) = scene_of(&case, &request(view)) else { continue };
        let name = format!("seed {seed}, {}", view.name());
        attacks::assert_attacks_end_where_they_strike(&name, &case, &scene);
        let picture = read(&svg_of(&scene));
        assert_sound(&name, &picture);
        assert_clear(&name, &picture);
    }
}

/// Twelve of up to 400 boxes, all of them drawn.
#[test]
fn large_cases_are_drawn_soundly() {
    let mut most = 0;
    for (claims, stride) in (1..=12).map(|step| (step * 16 + 30, [31, 37, 41, 29][step % 4])) {
        let case = layered(claims, stride);
        let request = Request { view: View::All, size: Size::Full, ..Request::default() };
        let scene = scene_of(&case, &request).expect("a scene");
        let (name, picture) = (format!("{claims} claims"), read(&svg_of(&scene)));
        most = most.max(scene.nodes.len());
        attacks::assert_attacks_end_where_they_strike(&name, &case, &scene);
        assert_sound(&name, &picture);
        assert_clear(&name, &picture);
    }
    assert!((350..=400).contains(&most), "{most} boxes at most");
}

/// Forty actors, all acquainted: 780 lines, which would pass some ten thousand rows.
#[test]
fn a_crowd_of_lines_is_drawn_soundly() {
    let actors: String = (0..40).map(|i| format!("\"a{i}\": (name: \"Actor {i}\"),")).collect();
    let pairs = (0..40).flat_map(|i| (0..i).map(move |j| (i, j)));
    let met = |(i, j)| {
        format!("\"r{i}-{j}\": (from: \"a{i}\", to: \"a{j}\", kind: WorkedWith, evidence: [Supports(from: \"d\")]),")
    };
    let relationships: String = pairs.map(met).collect();
    let case = from_text(format!(
        "Case(title: \"A crowd\", documents: {{\"d\": (title: \"D\")}}, actors: {{{actors}}}, relationships: {{{relationships}}})"
    ));
    let scene = scene_of(&case, &request(View::Actors)).expect("a scene");
    assert_eq!((scene.nodes.len(), scene.edges.len()), (40, 780));
    let drawn = read(&svg_of(&scene));
    assert_boxes_apart("a crowd", &drawn);
    assert_lines_end_at_nodes("a crowd", &drawn);
}

#[test]
fn conclusions_stand_above_what_they_rest_on() {
    for (name, case) in shipped() {
        let scene = scene_of(&case, &Request::default()).expect("a scene");
        let picture = read(&svg_of(&scene));
        for edge in
            scene.edges.iter().filter(|edge| matches!(edge.sign, Sign::Supports | Sign::Opposes | Sign::Premise))
        {
            let (from, to) = (&picture.nodes[edge.from], &picture.nodes[edge.to]);
            assert!(to.stated.top < from.stated.top, "{name}: {} stands above {}", to.id, from.id);
        }
    }
}

/// What is drawn and what is said to be left out are together the case.
#[test]
fn nothing_is_dropped_silently() {
    for (name, case) in shipped() {
        let total = case.questions.len()
            + case.statements.len()
            + case.inferences.len()
            + case.documents.len()
            + case.actors.len();
        for view in VIEWS {
            let Some(scene) = scene_of(&case, &request(view)) else { continue };
            let junctions = scene.nodes.iter().filter(|node| node.heading == "link of evidence").count();
            let piles: Vec<usize> = scene
                .nodes
                .iter()
                .filter(|node| node.id.starts_with("group:"))
                .map(|pile| sum(&pile.heading))
                .collect();
            let drawn = scene.nodes.len() - junctions - piles.len() + piles.iter().sum::<usize>();
            let said = scene.left_out.iter().find(|note| note.words.starts_with("Not drawn:"));
            assert_eq!(drawn + said.map_or(0, |note| sum(&note.words)), total, "{name} {}", view.name());
        }
    }
}

/// The numbers in a text, added up.
fn sum(text: &str) -> usize {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|word| word.parse::<usize>().ok()).sum()
}

#[test]
fn a_focus_draws_what_is_so_many_steps_away() {
    let case = from_text(
        r#"Case(title: "A chain", documents: { "d": (title: "D", reliability: A), "e": (title: "E", reliability: A) },
            claims: { "a": (text: "A", evidence: [Supports(from: "d")]), "b": (text: "B", evidence: [Supports(from: "a")]),
                      "c": (text: "C", evidence: [Supports(from: "b"), Supports(from: "e")]) })"#
            .to_owned(),
    );
    let subject = Subject::Node(Node::Statement(case.statement("b").expect("it is there")));
    let ids = |hops: usize| -> Vec<String> {
        let request = Request { view: View::All, focus: Some(Focus { subject, hops }), ..Request::default() };
        let scene = scene_of(&case, &request).expect("a scene");
        scene.nodes.iter().map(|node| node.id.clone()).collect()
    };
    assert_eq!(ids(0), ["b"]);
    assert_eq!(ids(1), ["a", "b", "c"]);
    assert_eq!(ids(2), ["d", "e", "a", "b", "c"]);
}

#[test]
fn piles_say_how_many_they_are_and_of_which_verdict() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let request = Request { view: View::All, collapse: true, ..Request::default() };
    let scene = scene_of(&case, &request).expect("a scene");
    let readings = scene.nodes.iter().find(|node| node.label == "Readings").expect("a pile of readings");
    // readings.ron has nine interpretations, every one of them expected to be contested.
    assert_eq!(readings.heading, "9 statements");
    assert_eq!(readings.facts, ["9 contested"]);
}

#[test]
fn past_150_nodes_everything_is_drawn_in_piles_and_says_so() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "contra-record").expect("it is shipped");
    let scene = scene_of(&case, &request(View::All)).expect("a scene");
    assert!(scene.nodes.len() < 150);
    assert!(scene.left_out[0].words.starts_with("More than 150 nodes"), "{:?}", scene.left_out);
}

#[test]
fn hostile_words_stay_words_in_svg() {
    let case = hostile();
    for view in VIEWS {
        let scene = scene_of(&case, &request(view)).expect("a scene");
        let svg = svg_of(&scene);
        let document = roxmltree::Document::parse(&svg).expect("it is XML");
        let known: BTreeSet<&str> =
            ["svg", "title", "desc", "defs", "pattern", "rect", "path", "g", "text", "circle"].into();
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(element.tag_name().name()), "{:?}", element.tag_name());
            assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{element:?}");
        }
        let titles: Vec<&str> =
            document.descendants().filter(|n| n.has_tag_name("title")).filter_map(|n| n.text()).collect();
        assert!(titles.iter().any(|title| title.contains(HOSTILE)), "{}: the words are there, whole", view.name());
        assert_sound(view.name(), &read(&svg));
    }
}

#[test]
fn hostile_words_stay_words_in_dot() {
    let scene = scene_of(&hostile(), &request(View::All)).expect("a scene");
    let text = dot(&scene);
    // Outside of quoted strings nothing is left of them.
    let outside = unquoted(&text);
    for word in ["script", "broken", "init", "&", "<", "n1"] {
        assert!(!outside.contains(word), "{word} stands outside of a string");
    }
    assert_eq!(outside.matches("->").count(), scene.edges.len());
    if let Some(drawn) = graphviz(&text) {
        assert_eq!(drawn.matches("class=\"node\"").count(), scene.nodes.len());
        assert_eq!(drawn.matches("class=\"edge\"").count(), scene.edges.len());
        let document = roxmltree::Document::parse_with_options(
            &drawn,
            roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
        );
        let document = document.expect("it is XML");
        assert!(!document.descendants().any(|node| node.has_tag_name("script") || node.has_tag_name("img")));
        assert!(document.descendants().filter_map(|node| node.text()).any(|text| text.contains("<script>")));
    }
}

/// DOT without what stands in quoted strings.
fn unquoted(text: &str) -> String {
    let mut outside = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '"' {
            outside.push(letter);
            continue;
        }
        while let Some(inner) = letters.next() {
            match inner {
                '\\' => {
                    letters.next();
                }
                '"' => break,
                _ => {}
            }
        }
    }
    outside
}

#[test]
fn hostile_words_stay_words_in_mermaid() {
    let scene = scene_of(&hostile(), &request(View::All)).expect("a scene");
    let text = mermaid(&scene);
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("%% ") {
            assert!(!line.contains("%%{") && !line.contains('{'), "{line}");
            continue;
        }
        if let Some(words) = ["  accTitle: ", "  accDescr: "].iter().find_map(|name| line.strip_prefix(name)) {
            assert!(!words.contains(['{', '}', '<', '>', '%', ';', '#', '"']), "{line}");
            continue;
        }
        let pieces: Vec<&str> = line.split('"').collect();
        assert!(pieces.len() == 1 || pieces.len() == 3, "line {number} has one string at most: {line}");
        let outside = if pieces.len() == 3 { format!("{}{}", pieces[0], pieces[2]) } else { line.to_owned() };
        assert!(!outside.contains("script") && !outside.contains("init"), "{line}");
        let inside = if pieces.len() == 3 { pieces[1] } else { "" };
        let inside =
            ["<br/>", "<b>", "</b>", "&nbsp;"].iter().fold(inside.to_owned(), |text, tag| text.replace(tag, ""));
        assert!(!inside.contains(['<', '>', '&', '`', '%', '{', '}', '\\']), "{line}");
    }
    assert!(text.contains("#60;script#62;"), "the words are there");
}

/// What `dot` makes of a text; nothing if there is no `dot`, which is an error where everything is to be tested.
fn graphviz(text: &str) -> Option<String> {
    let started =
        Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        left_out("Graphviz", "graphviz");
        return None;
    };
    child.stdin.take().expect("it was piped").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("syntax") && !errors.contains("Error"), "{errors}");
    Some(String::from_utf8(output.stdout).expect("SVG is UTF-8"))
}

#[test]
fn graphviz_accepts_every_drawing() {
    for (name, scene) in scenes() {
        // Dense drawings take `dot` long, and have no syntax that the others do not have.
        if scene.edges.len() > 150 {
            continue;
        }
        let Some(drawn) = graphviz(&dot(&scene)) else { return };
        assert_eq!(drawn.matches("class=\"node\"").count(), scene.nodes.len(), "{name}");
        assert_eq!(drawn.matches("class=\"edge\"").count(), scene.edges.len(), "{name}");
    }
}

#[test]
fn png_and_pdf_are_what_they_say_and_the_same_each_time() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "two-sources").expect("it is shipped");
    let drawing = picture(&scene_of(&case, &Request::default()).expect("a scene"));
    let pixels = png(&drawing, 2.0).expect("a picture");
    assert!(pixels.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(pixels[at..at + 4].try_into().expect("four bytes"));
    let read = read(&svg(&drawing));
    assert_eq!((number(16), number(20)), ((read.width * 2.0).ceil() as u32, (read.height * 2.0).ceil() as u32));
    assert_eq!(pixels, png(&drawing, 2.0).expect("a picture"));
    let page = pdf(&drawing).expect("a page");
    assert!(page.starts_with(b"%PDF-"));
    // Eight times, for what is random is right by chance one time in two.
    assert!((0..8).all(|_| page == pdf(&drawing).expect("a page")));
}

/// Words are drawn with the built-in font: were its letters not drawn, no others would look different.
#[test]
fn words_have_ink_in_png() {
    let drawn = |text: &str| {
        let case = from_text(format!(r#"Case(title: "Ink", claims: {{ "a": (text: "{text}") }})"#));
        picture(&scene_of(&case, &Request::default()).expect("a scene"))
    };
    let (with, without) = (drawn("MMMMMMMM"), drawn("''"));
    assert_eq!(svg(&with).lines().count(), svg(&without).lines().count(), "nothing but the words differs");
    assert!(png(&with, 1.0).expect("a picture") != png(&without, 1.0).expect("a picture"));
}

#[test]
fn the_order_of_entries_changes_no_byte() {
    let one = r#"Case(title: "T", documents: { "a": (title: "A", reliability: A), "b": (title: "B", reliability: B) },
        claims: { "x": (text: "X", evidence: [Supports(from: "a")]), "y": (text: "Y", rivals: ["x"], evidence: [Supports(from: "b")]) })"#;
    let other = r#"Case(title: "T", documents: { "b": (title: "B", reliability: B), "a": (title: "A", reliability: A) },
        claims: { "y": (text: "Y", evidence: [Supports(from: "b")]), "x": (text: "X", rivals: ["y"], evidence: [Supports(from: "a")]) })"#;
    let draw = |text: &str| svg_of(&scene_of(&from_text(text.to_owned()), &Request::default()).expect("a scene"));
    assert_eq!(draw(one), draw(other));
}

/// Settled or open shows only where it was asked, and then on every statement.
#[test]
fn settled_and_open_are_drawn_where_they_were_asked() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "two-sources").expect("it is shipped");
    let marks = |settle: bool| -> Vec<Option<bool>> { drawn_marks(&case, settle) };
    assert!(marks(false).iter().all(Option::is_none));
    assert!(!marks(true).is_empty() && marks(true).iter().all(Option::is_some));
}

fn drawn_marks(case: &Case, settle: bool) -> Vec<Option<bool>> {
    let judge = Engine::new(case, Scenario::default());
    let answer = judge.answer_all(settle).expect("it is small");
    let scene = scene(&judge, &answer, &Request::default()).expect("a scene");
    scene.nodes.iter().filter_map(|node| node.mark).map(|mark| mark.settled).collect()
}

/// Every sign has its picture, and its line on the page that explains it. `UPDATE_DOCS=1` writes the pictures anew.
#[test]
fn the_page_of_diagrams_shows_every_sign() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = std::fs::read_to_string(docs.join("diagrams.md")).expect("the page");
    for entry in Entry::every() {
        let name = format!("pictures/{}.svg", entry.file_name());
        assert!(page.contains(&format!("]({name})")), "docs/diagrams.md has no line for {name}");
        assert_doc(&docs.join(&name), &svg(&sign_picture(entry)));
    }
}

/// The picture in the README is the one that the command beside it makes.
#[test]
fn the_readme_shows_the_picture_that_its_command_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    assert!(readme.contains("cargo run --release -- diagram graphs/declassified -o docs/pictures/declassified.svg"));
    let output = Command::new(env!("CARGO_BIN_EXE_evigraph"))
        .args(["diagram", "graphs/declassified"])
        .current_dir(root)
        .output();
    let output = output.expect("the program runs");
    assert!(output.status.success());
    assert_doc(&root.join("docs/pictures/declassified.svg"), &String::from_utf8(output.stdout).expect("SVG is UTF-8"));
}

fn assert_doc(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "{} is stale: run `UPDATE_DOCS=1 cargo test diagram::`", path.display());
}

/// A table has a row for each statement, a column for each source, and a sign at each meeting of the two.
#[test]
fn many_sources_and_statements_make_a_table() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let scene = scene_of(&case, &request(View::Sources)).expect("a scene");
    assert_eq!(scene.arrangement, Arrangement::Table);
    let picture = read(&svg_of(&scene));
    let column = |id: &str| picture.nodes.iter().find(|node| node.id == id).expect("it is drawn").stated;
    for edge in &picture.edges {
        let (from, to) = (column(&edge.from), column(&edge.to));
        assert!(edge.start.0 > from.left && edge.start.0 < from.right, "the line starts over its column");
        assert!(edge.stop.1 > to.top && edge.stop.1 < to.bottom, "and ends at its row");
    }
    // Undercuts of evidence stand in the cells of what they strike: nothing is left out.
    let undercuts: usize =
        case.statements.values().flat_map(|entry| &entry.evidence).map(|link| link.undercut_by.len()).sum();
    let struck = scene.edges.iter().filter(|edge| edge.sign == Sign::Struck).map(|edge| edge.count);
    assert_eq!(struck.sum::<usize>(), undercuts);
    assert!(!scene.left_out.iter().any(|note| note.words.contains("not in the table")), "{:?}", scene.left_out);
}

/// A hint at the command line is for those who made a picture, not for those who look at it.
#[test]
fn no_picture_gives_orders_to_a_shell() {
    for (name, scene) in scenes() {
        assert!(scene.left_out.iter().all(|note| !note.words.contains("--")), "{name}: {:?}", scene.left_out);
        assert!(!svg_of(&scene).contains("--view"), "{name}");
    }
}

/// In the legend a shape is as in the picture, only smaller: its outline stays in its box and does not cross itself.
#[test]
fn signs_of_shapes_are_well_formed() {
    for entry in Entry::every() {
        let Entry::Figure(_) = entry else { continue };
        let drawn = svg(&sign_picture(entry));
        let document = roxmltree::Document::parse(&drawn).expect("it is XML");
        let outline = document.root_element().children().find(|child| child.has_tag_name("path")).expect("an outline");
        let points = picture::ends(outline.attribute("d").expect("a path"));
        assert!(points.iter().all(|&(x, y)| (0.0..=52.0).contains(&x) && (0.0..=24.0).contains(&y)), "{entry:?}");
        let sides: Vec<_> = points.windows(2).map(|pair| (pair[0], pair[1])).collect();
        for (index, one) in sides.iter().enumerate() {
            for other in sides.iter().skip(index + 2) {
                assert!(!cross(*one, *other), "{entry:?} crosses itself: {points:?}");
            }
        }
    }
}

type Side = ((f64, f64), (f64, f64));

/// Whether two sides meet at more than an end.
fn cross(one: Side, other: Side) -> bool {
    let turn = |(a, b): Side, c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let apart = |line: Side, other: Side| turn(line, other.0) * turn(line, other.1) < -1e-6;
    apart(one, other) && apart(other, one)
}

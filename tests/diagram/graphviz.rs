//! Crossings held against those of an installed Graphviz, which draws what `--format dot` writes.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use evigraph::internals::diagram::{Arrangement, Request, dot};

use crate::support::tool::left_out;

use super::cases::{VIEWS, scene_of, shipped};
use super::geometry::{Drawing, Line, Point, curve};
use super::picture::{Area, read};
use super::svg_of;

/// What `dot` makes of a text; nothing if there is no `dot`.
fn placed(text: &str) -> Option<Drawing> {
    let started = Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        left_out("Graphviz", "graphviz");
        return None;
    };
    child.stdin.take().expect("it was piped").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "dot fails");
    // A backslash at the end of a line continues it.
    let plain = String::from_utf8(output.stdout).expect("UTF-8").replace("\\\n", "");
    let mut drawing = Drawing::default();
    let mut places = BTreeMap::new();
    for words in plain.lines().map(split) {
        let number = |index: usize| words[index].parse::<f64>().expect("a number") * 96.0;
        match words[0].as_str() {
            "node" => {
                let (x, y, half, up) = (number(2), number(3), number(4) / 2.0, number(5) / 2.0);
                places.insert(words[1].clone(), drawing.boxes.len());
                drawing.boxes.push(Area { left: x - half, right: x + half, top: y - up, bottom: y + up });
            }
            "edge" => {
                let count: usize = words[3].parse().expect("a count");
                let given: Vec<Point> = (0..count).map(|i| (number(4 + 2 * i), number(5 + 2 * i))).collect();
                let mut points = vec![given[0]];
                for bend in given[1..].chunks_exact(3) {
                    let last = points[points.len() - 1];
                    points.extend(curve(last, bend[0], bend[1], bend[2]));
                }
                drawing.lines.push(Line { ends: (places[&words[1]], places[&words[2]]), points });
            }
            _ => {}
        }
    }
    Some(drawing)
}

/// The words of a line, those in quotation marks as one.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let last = words.last_mut().expect("it starts with one");
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => last.extend(letters.next()),
            ' ' if !quoted => words.push(String::new()),
            letter => last.push(letter),
        }
    }
    words
}

/// `cargo test graphviz -- --nocapture` prints the table.
#[test]
fn lines_cross_no_more_than_in_graphviz() {
    let (mut own, mut theirs) = (0, 0);
    for (name, case) in shipped() {
        for view in VIEWS {
            let Some(scene) = scene_of(&case, &Request { view, ..Request::default() }) else { continue };
            if scene.arrangement != Arrangement::Levels {
                continue;
            }
            let crossings = Drawing::of(&read(&svg_of(&scene))).crossings();
            let Some(placed) = placed(&dot(&scene)) else { return };
            let most = placed.crossings();
            println!("{name} {}: {crossings}, Graphviz {most}", view.name());
            assert!(10 * crossings <= 11 * most, "{name} {}: {crossings} crossings, Graphviz has {most}", view.name());
            (own, theirs) = (own + crossings, theirs + most);
        }
    }
    assert!(theirs > 1_000 && own < theirs, "{own} crossings, Graphviz has {theirs}");
}

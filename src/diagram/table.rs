//! Statements and sources as a table: a row for each statement, a column for each source, and a sign where a source is
//! evidence for or against a statement.

use std::collections::BTreeSet;

use super::card::{BAR, Card, Line};
use super::geometry::{Point, Rect};
use super::level::is_source;
use super::plan::{Plan, Route};
use super::scene::{Scene, SceneEdge, SceneNode, Sign};
use super::text::{Ruler, Weight};

/// The width of a row's box, and of the text in it.
const ROW: f64 = 420.0;
const ROW_WORDS: f64 = 298.0;
const ROW_SIZE: f64 = 11.5;
const ROW_GAP: f64 = 5.0;
/// The width and height of a column's box, and the length of the text in it.
const COLUMN: f64 = 36.0;
const COLUMN_HEIGHT: f64 = 196.0;
const COLUMN_WORDS: f64 = 176.0;
const COLUMN_SIZE: f64 = 10.5;
const COLUMN_GAP: f64 = 5.0;
/// Between the rows and the first column, and between the columns and the first row.
const AISLE: f64 = 26.0;
/// Below the rows, for the citations of the columns.
const NUMBERS: f64 = 16.0;

/// The box of a node in a table.
pub(super) fn card(ruler: &Ruler, node: &SceneNode) -> Card {
    if is_source(node.figure) { column(ruler, node) } else { row(ruler, node) }
}

fn row(ruler: &Ruler, node: &SceneNode) -> Card {
    let label = ruler.broken(&node.label, ROW_SIZE, Weight::Regular, ROW_WORDS, 3);
    let step = ROW_SIZE * 1.18;
    let height = 12.0 + step * label.lines.len() as f64;
    let line = |(index, text): (usize, String)| Line {
        width: ruler.width(&text, ROW_SIZE, Weight::Regular),
        x: 28.0 + ruler.indent(&text, &node.label, ROW_SIZE, Weight::Regular, ROW_WORDS),
        text,
        y: 6.0 + step * index as f64 + ROW_SIZE * 0.92,
        size: ROW_SIZE,
        weight: Weight::Regular,
        faint: false,
        upwards: false,
    };
    Card {
        width: ROW,
        height,
        lines: label.lines.into_iter().enumerate().map(line).collect(),
        glyph: Some((15.0, height / 2.0)),
        lock: Some((ROW - 27.0, height / 2.0 + 3.5)),
        bar: Some((ROW - 88.0, (height - BAR) / 2.0, 54.0)),
        shortened: label.shortened,
    }
}

fn column(ruler: &Ruler, node: &SceneNode) -> Card {
    let label = ruler.broken(&node.label, COLUMN_SIZE, Weight::Regular, COLUMN_WORDS, 2);
    let step = COLUMN_SIZE * 1.15;
    let first = (COLUMN - step * label.lines.len() as f64) / 2.0 + COLUMN_SIZE * 0.85;
    let line = |(index, text): (usize, String)| Line {
        width: ruler.width(&text, COLUMN_SIZE, Weight::Regular),
        x: first + step * index as f64,
        y: COLUMN_HEIGHT - 13.0 - ruler.indent(&text, &node.label, COLUMN_SIZE, Weight::Regular, COLUMN_WORDS),
        text,
        size: COLUMN_SIZE,
        weight: Weight::Regular,
        faint: false,
        upwards: true,
    };
    Card {
        width: COLUMN,
        height: COLUMN_HEIGHT,
        lines: label.lines.into_iter().enumerate().map(line).collect(),
        glyph: None,
        lock: None,
        bar: (node.withheld > 0.0).then_some((4.0, COLUMN_HEIGHT - BAR - 3.0, COLUMN - 8.0)),
        shortened: label.shortened,
    }
}

/// Orders columns by their number of links, and rows by the columns that they are linked to, so that similar ones stand
/// together.
pub(super) fn place(scene: &Scene, cards: &[Card]) -> Plan {
    let columns = columns(scene);
    let rows = rows(scene, &columns);
    let mut boxes = vec![Rect::default(); scene.nodes.len()];
    let mut y = COLUMN_HEIGHT + AISLE;
    for &row in &rows {
        boxes[row] = Rect { x: 0.0, y, width: ROW, height: cards[row].height };
        y += cards[row].height + ROW_GAP;
    }
    for (index, &column) in columns.iter().enumerate() {
        let x = ROW + AISLE + index as f64 * (COLUMN + COLUMN_GAP);
        boxes[column] = Rect { x, y: 0.0, width: COLUMN, height: COLUMN_HEIGHT };
    }
    let route = |from: usize, to: usize| {
        let (column, row) = (boxes[from], boxes[to]);
        if is_source(scene.nodes[to].figure) {
            return Route::through(at_head(column, row, is_source(scene.nodes[from].figure)));
        }
        let (x, y) = (column.middle().x, row.middle().y);
        let points = vec![Point::new(x, column.bottom()), Point::new(x, y), Point::new(row.right(), y)];
        Route::through(points)
    };
    Plan {
        routes: scene.edges.iter().map(|edge| route(edge.from, edge.to)).collect(),
        width: ROW + AISLE + columns.len() as f64 * (COLUMN + COLUMN_GAP),
        height: y - ROW_GAP + NUMBERS,
        frames: Vec::new(),
        boxes,
    }
}

/// The way of an attack on a source: its sign stands below the head of the column that it strikes.
fn at_head(from: Rect, struck: Rect, from_column: bool) -> Vec<Point> {
    let start = if from_column {
        Point::new(from.middle().x, from.bottom())
    } else {
        Point::new(from.right(), from.middle().y)
    };
    let foot = Point::new(struck.middle().x, struck.bottom());
    vec![start, foot.moved(0.0, AISLE / 2.0), foot]
}

fn columns(scene: &Scene) -> Vec<usize> {
    let speaks = |node: usize| scene.edges.iter().filter(|edge| edge.from == node && is_evidence(edge)).count();
    let mut columns: Vec<usize> = (0..scene.nodes.len()).filter(|&node| is_source(scene.nodes[node].figure)).collect();
    columns.sort_by_cached_key(|&node| (usize::MAX - speaks(node), node));
    columns
}

fn rows(scene: &Scene, columns: &[usize]) -> Vec<usize> {
    let place = |node: usize| columns.iter().position(|&column| column == node).unwrap_or(columns.len());
    let spoken_to = |node: usize| -> BTreeSet<usize> {
        scene.edges.iter().filter(|edge| edge.to == node && is_evidence(edge)).map(|edge| place(edge.from)).collect()
    };
    let mut rows: Vec<usize> = (0..scene.nodes.len()).filter(|&node| !is_source(scene.nodes[node].figure)).collect();
    rows.sort_by_cached_key(|&node| (spoken_to(node).into_iter().collect::<Vec<_>>(), node));
    rows
}

/// Whether an edge is no attack.
fn is_evidence(edge: &SceneEdge) -> bool {
    !matches!(edge.sign, Sign::Struck | Sign::Impeaches)
}

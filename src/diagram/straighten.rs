//! Straightens lines that pass several rows: each runs straight through as many rows as have room for it.

use super::spread::Item;

/// The range of positions that something can take.
pub(super) type Room = (f64, f64);

/// A line that passes rows: where it can leave its box, its item in each row, and where it can arrive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) leave: Room,
    pub(super) items: Vec<(usize, usize)>,
    pub(super) arrive: Room,
}

/// Moves the items of lines within the room between their neighbours, which keeps the order in each row.
///
/// Cost: linear in the items.
pub(super) fn straighten(rows: &mut [Vec<Item>], passages: &[Passage]) {
    let mut order: Vec<&Passage> = passages.iter().collect();
    order.sort_by_key(|passage| usize::MAX - passage.items.len());
    let page = page(rows);
    order.into_iter().for_each(|passage| pull(rows, passage, page));
}

/// The extent of all items.
fn page(rows: &[Vec<Item>]) -> Room {
    let sides = rows.iter().flatten().map(|item| (item.x - item.width / 2.0, item.x + item.width / 2.0));
    sides.fold((f64::INFINITY, f64::NEG_INFINITY), |page, side| (page.0.min(side.0), page.1.max(side.1)))
}

/// Aligns as many successive items as share a position that is free for all of them, then starts again.
fn pull(rows: &mut [Vec<Item>], passage: &Passage, page: Room) {
    let mut rest = passage.items.as_slice();
    let mut before = Some(passage.leave);
    while let [first, ..] = rest {
        let room = room_of(rows, *first, page);
        let mut shared = before.take().and_then(|leave| common(leave, room)).unwrap_or(room);
        let mut count = 1;
        while let Some(next) = rest.get(count)
            && let Some(both) = common(shared, room_of(rows, *next, page))
        {
            (shared, count) = (both, count + 1);
        }
        if count == rest.len() {
            shared = common(shared, passage.arrive).unwrap_or(shared);
        }
        let (run, later) = rest.split_at(count);
        let mean = run.iter().map(|&(row, item)| rows[row][item].x).sum::<f64>() / count as f64;
        let x = mean.max(shared.0).min(shared.1);
        run.iter().for_each(|&(row, item)| rows[row][item].x = x);
        rest = later;
    }
}

/// The room between the neighbours of an item, or the edges of the page.
fn room_of(rows: &[Vec<Item>], (row, index): (usize, usize), page: Room) -> Room {
    let (row, item) = (&rows[row], rows[row][index]);
    let half = item.width / 2.0;
    let left = index.checked_sub(1).map_or(page.0 + half, |index| row[index].x + row[index].distance(item));
    let right = row.get(index + 1).map_or(page.1 - half, |next| next.x - next.distance(item));
    // Where neighbours touch, the item stays where it is.
    (left.min(item.x), right.max(item.x))
}

fn common(one: Room, other: Room) -> Option<Room> {
    let both = (one.0.max(other.0), one.1.min(other.1));
    (both.0 <= both.1).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_straight_where_there_is_room_and_bends_where_there_is_none() {
        let line = |x| Item { width: 0.0, margin: 5.0, x };
        let card = |x| Item { width: 20.0, margin: 5.0, x };
        // Rooms: from 15 to 85, from 15 to 85, from 65 to 135.
        let mut rows = vec![
            vec![card(0.0), line(40.0), card(100.0)],
            vec![card(0.0), line(50.0), card(100.0)],
            vec![card(50.0), line(90.0), card(150.0)],
        ];
        let items: Vec<(usize, usize)> = (0..3).map(|row| (row, 1)).collect();
        let anywhere = (-1000.0, 1000.0);
        straighten(&mut rows, &[Passage { leave: anywhere, items: items.clone(), arrive: anywhere }]);
        // Their mean, 60, is no place for the third: 65 is the nearest that is one for all.
        assert!(rows.iter().all(|row| (row[1].x - 65.0).abs() < 1e-9), "{rows:?}");
        rows[2] = vec![card(150.0), line(170.0), card(190.0)];
        straighten(&mut rows, &[Passage { leave: (30.0, 40.0), items, arrive: anywhere }]);
        assert!((rows[0][1].x - 40.0).abs() < 1e-9 && (rows[1][1].x - 40.0).abs() < 1e-9);
        assert!((rows[2][1].x - 170.0).abs() < 1e-9);
    }
}

//! Which item of a list is which item of its other version.

use crate::model::{Attack, Evidence};

use super::content::Content;

/// The places of an item in the older and in the newer list.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Whether two items could be one and the same in two versions.
type Match<T> = fn(&T, &T) -> bool;

/// Pairs items by the first rule that fits, in the order of the rules, each item once. What is left was removed or
/// added. First come the items of the older list in their order, then what was added.
fn paired<T>(old: &[T], new: &[T], rules: &[Match<T>]) -> Vec<Pair> {
    let mut partner: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for rule in rules {
        let mut first_free = 0;
        for (at, item) in old.iter().enumerate() {
            if partner[at].is_some() {
                continue;
            }
            first_free += taken[first_free..].iter().take_while(|&&taken| taken).count();
            if let Some(found) = (first_free..new.len()).find(|&other| !taken[other] && rule(item, &new[other])) {
                partner[at] = Some(found);
                taken[found] = true;
            }
        }
    }
    let kept = partner.iter().enumerate().map(|(at, &other)| (Some(at), other));
    kept.chain((0..new.len()).filter(|&at| !taken[at]).map(|at| (None, Some(at)))).collect()
}

/// Attacks are known by where they come from.
pub(super) fn attacks(old: &[Attack], new: &[Attack]) -> Vec<Pair> {
    paired(old, new, &[Attack::alike, |one, other| one.from == other.from])
}

/// Evidence links are known by their side and where they come from; one that changed sides by where it comes from.
pub(super) fn links(old: &[Evidence], new: &[Evidence]) -> Vec<Pair> {
    let same_place: Match<Evidence> =
        |one, other| same_side(one, other) && (&one.at, &one.quote) == (&other.at, &other.quote);
    paired(old, new, &[Evidence::alike, same_place, same_side, |one, other| one.from == other.from])
}

fn same_side(one: &Evidence, other: &Evidence) -> bool {
    (one.effect, one.from) == (other.effect, other.from)
}

//! Characters that the built-in font lacks.

use std::collections::BTreeSet;

use super::super::picture::{Item, Picture};
use super::super::scene::Scene;
use super::super::text::Ruler;

/// The characters of a scene that the built-in font lacks. In PNG and PDF a box stands for each.
pub fn letters_without_shape(scene: &Scene) -> Vec<char> {
    let ruler = Ruler::new();
    let nodes = scene.nodes.iter().flat_map(|node| [&node.heading, &node.label].into_iter().chain(&node.facts));
    let labels = scene.edges.iter().filter_map(|edge| edge.label.as_ref());
    let groups = scene.groups.iter().map(|group| &group.title);
    let texts = nodes.chain(labels).chain(groups).chain([&scene.title, &scene.subtitle]);
    let letters: BTreeSet<char> = texts.flat_map(|text| ruler.lacking(text)).collect();
    letters.into_iter().collect()
}

/// The same of the words in a picture.
pub fn letters_lacking(picture: &Picture) -> Vec<char> {
    let ruler = Ruler::new();
    let words =
        picture.items.iter().filter_map(|item| if let Item::Words(words) = item { Some(&words.text) } else { None });
    let letters: BTreeSet<char> = words.flat_map(|text| ruler.lacking(text)).collect();
    letters.into_iter().collect()
}

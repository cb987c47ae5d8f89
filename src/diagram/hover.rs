//! What a reader sees on hover.

use super::scene::SceneNode;
use super::style::verdict_style;

/// The full content of a node's box, as text.
pub(super) fn hover(node: &SceneNode) -> String {
    let mut words = vec![format!("{} ({})", node.id, node.heading)];
    if !node.label.is_empty() {
        words.push(node.label.clone());
    }
    if let Some(mark) = node.mark {
        let settled = match mark.settled {
            Some(true) => ", settled",
            Some(false) => ", open",
            None => "",
        };
        words.push(format!("{}{settled}", verdict_style(mark.detail).phrase));
    }
    words.extend(node.facts.iter().cloned());
    words.join("\n")
}

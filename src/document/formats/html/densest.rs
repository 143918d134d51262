//! Finds the part of a page with the most running text, when nothing better was found.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

/// The shortest paragraph that counts, in bytes.
const SHORTEST: usize = 60;

/// Returns the element whose paragraphs hold the most text. Each counts for its parent, and half for
/// its grandparent.
pub(super) fn find(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut scores: Vec<(NodeId, usize)> = Vec::new();
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    for node in root.descendants_it().filter(|node| node.has_name("p")) {
        let length = node.immediate_text().trim().len();
        if length < SHORTEST {
            continue;
        }
        let parent = node.parent();
        let above = parent.and_then(|parent| parent.parent());
        for (element, score) in [(parent, length), (above, length / 2)] {
            let Some(element) = element else { continue };
            let place = *places.entry(element.id).or_insert(scores.len());
            match scores.get_mut(place) {
                Some((_, sum)) => *sum += score,
                None => scores.push((element.id, score)),
            }
        }
    }
    // Among equals, the first.
    let best = scores.iter().rev().max_by_key(|(_, score)| *score)?;
    root.tree.get(&best.0)
}

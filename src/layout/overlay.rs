//! Turns overlapping styled spans into disjoint runs, for the visible part of a text.
//!
//! ```
//! use pullquote::layout::overlay::overlay;
//! use pullquote::text::Span;
//!
//! let (quote, name) = ([Span::new(0, 9)], [Span::new(4, 6)]);
//! let runs = overlay(&[(1, &quote[..]), (2, &name[..])], Span::new(2, 20));
//! let shown: Vec<_> = runs.iter().map(|run| (run.span.start, run.span.end, &run.roles[..])).collect();
//! assert_eq!(shown, [(2, 4, &[1][..]), (4, 6, &[1, 2][..]), (6, 9, &[1][..])]);
//! ```

use crate::text::Span;

/// A run of text whose bytes all have the same roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRun<T> {
    /// The bytes.
    pub span: Span,
    /// Their roles, lowest first, each once; never empty.
    pub roles: Vec<T>,
}

/// The runs in `window` that have any role, in order.
///
/// The spans of a layer must be sorted and must not overlap each other.
#[must_use]
pub fn overlay<T: Copy + Ord>(layers: &[(T, &[Span])], window: Span) -> Vec<RoleRun<T>> {
    let mut edges: Vec<(u32, bool, T)> = Vec::new();
    for &(role, spans) in layers {
        let first = spans.partition_point(|span| span.end <= window.start);
        let visible = spans[first..].iter();
        for span in visible.take_while(|span| span.start < window.end) {
            if let Some(span) = span.clip(window) {
                edges.push((span.start, true, role));
                edges.push((span.end, false, role));
            }
        }
    }
    edges.sort_unstable();
    sweep(&edges)
}

/// Walks the edges in order and keeps the roles that are open.
fn sweep<T: Copy + Ord>(edges: &[(u32, bool, T)]) -> Vec<RoleRun<T>> {
    let mut runs: Vec<RoleRun<T>> = Vec::new();
    // Sorted. A role of two layers is in it twice.
    let mut active: Vec<T> = Vec::new();
    let mut at = 0;
    for &(offset, is_start, role) in edges {
        if offset > at && !active.is_empty() {
            push_run(&mut runs, Span::new(at, offset), &active);
        }
        at = offset;
        let index = active.partition_point(|&other| other < role);
        if is_start {
            active.insert(index, role);
        } else if active.get(index) == Some(&role) {
            active.remove(index);
        }
    }
    runs
}

fn push_run<T: Copy + Ord>(runs: &mut Vec<RoleRun<T>>, span: Span, active: &[T]) {
    let mut roles = active.to_vec();
    roles.dedup();
    match runs.last_mut() {
        Some(last) if last.span.end == span.start && last.roles == roles => {
            last.span = last.span.join(span);
        }
        _ => runs.push(RoleRun { span, roles }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_neighbors_are_one_run() {
        let (one, two) = ([Span::new(0, 3), Span::new(3, 5)], [Span::new(1, 4)]);
        let runs = overlay(&[('a', &one[..]), ('a', &two[..])], Span::new(0, 10));
        assert_eq!(
            runs,
            [RoleRun {
                span: Span::new(0, 5),
                roles: vec!['a']
            }]
        );
    }

    proptest! {
        #[test]
        fn every_byte_carries_the_roles_of_its_spans(
            layers in prop::collection::vec(prop::collection::vec((0..9u32, 0..9u32), 0..6), 0..4),
            window in (0..60u32, 0..60u32),
        ) {
            let window = Span::new(window.0, window.1);
            let layers: Vec<(usize, Vec<Span>)> = layers.into_iter().enumerate().map(|(role, parts)| {
                let mut at = 0;
                let spans = parts.into_iter().map(|(gap, len)| { let start = at + gap; at = start + len; Span::new(start, at) });
                (role / 2, spans.collect())
            }).collect();
            let given: Vec<(usize, &[Span])> = layers.iter().map(|(role, spans)| (*role, &spans[..])).collect();
            let runs = overlay(&given, window);
            for offset in 0..100 {
                let mut expected: Vec<usize> = layers.iter()
                    .filter(|(_, spans)| window.contains(offset) && spans.iter().any(|span| span.contains(offset)))
                    .map(|(role, _)| *role).collect();
                expected.dedup();
                let found: Vec<&RoleRun<usize>> = runs.iter().filter(|run| run.span.contains(offset)).collect();
                prop_assert!(found.len() <= 1);
                prop_assert_eq!(found.first().map(|run| run.roles.clone()).unwrap_or_default(), expected);
            }
        }
    }
}

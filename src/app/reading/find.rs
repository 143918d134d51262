//! Words looked for in the open article.

use crate::app::protocol::questions::FindQuery;
use std::sync::Arc;

use crate::app::reading::direction::StepDirection;
use crate::text::Span;
use crate::text::fold::Folded;

/// A search in the article and its matches.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What is looked for.
    pub wanted: FindQuery,
    /// The matches, in order.
    pub spans: Vec<Span>,
    /// The match the reader is at.
    pub current: Option<usize>,
    /// What was odd about the question.
    pub warning: Option<String>,
    /// Whether the answer to the newest question is still awaited.
    pub is_waiting: bool,
    /// The folded text, kept for the next question.
    pub folded: Option<Arc<Folded>>,
}

impl Find {
    /// The match the reader is at.
    #[must_use]
    pub fn current_span(&self) -> Option<Span> {
        self.spans.get(self.current?).copied()
    }

    /// Makes the first match at or after an offset the present one, or the first of all.
    pub fn start_at(&mut self, offset: u32) {
        let next = self.spans.partition_point(|span| span.start < offset);
        self.current = match self.spans.len() {
            0 => None,
            len => Some(next % len),
        };
    }

    /// Goes to the next match from the current one, or from `offset` when that one is out of
    /// `page`; says whether it went around the end.
    pub fn step(&mut self, direction: StepDirection, page: Span) -> Option<bool> {
        let len = self.spans.len();
        if len == 0 {
            return None;
        }
        let here = self
            .current
            .filter(|_| self.current_span().is_some_and(|s| s.overlaps(page)));
        let next = match (here, direction) {
            (Some(index), StepDirection::Forward) => index + 1,
            (None, StepDirection::Forward) => {
                self.spans.partition_point(|span| span.start < page.start)
            }
            (Some(index), StepDirection::Backward) => index.checked_sub(1).unwrap_or(len),
            (None, StepDirection::Backward) => {
                let before = self.spans.partition_point(|span| span.start < page.start);
                before.checked_sub(1).unwrap_or(len)
            }
        };
        let wrapped = next >= len;
        self.current = Some(match (wrapped, direction) {
            (false, _) => next,
            (true, StepDirection::Forward) => 0,
            (true, StepDirection::Backward) => len - 1,
        });
        Some(wrapped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find() -> Find {
        let spans = [3, 10, 40]
            .map(|start| Span::new(start, start + 2))
            .to_vec();
        Find {
            spans,
            ..Find::default()
        }
    }

    #[test]
    fn matches_follow_each_other_around_the_end() {
        let mut find = find();
        find.start_at(5);
        assert_eq!(find.current, Some(1));
        let page = Span::new(0, 100);
        assert_eq!(find.step(StepDirection::Forward, page), Some(false));
        assert_eq!(find.step(StepDirection::Forward, page), Some(true));
        assert_eq!(find.current, Some(0));
        assert_eq!(find.step(StepDirection::Backward, page), Some(true));
        assert_eq!(find.current, Some(2));
    }

    #[test]
    fn stepping_starts_from_the_page_when_the_match_is_out_of_sight() {
        let mut find = find();
        find.current = Some(0);
        assert_eq!(
            find.step(StepDirection::Forward, Span::new(35, 60)),
            Some(false)
        );
        assert_eq!(find.current, Some(2));
    }

    #[test]
    fn nothing_found_is_no_step() {
        let mut find = Find::default();
        find.start_at(0);
        assert_eq!(find.step(StepDirection::Forward, Span::new(0, 9)), None);
    }
}

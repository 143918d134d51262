//! A selection in a list and the part of the list that shows.

/// Which row of a list is selected and which is the first to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListSelection {
    /// The selected row.
    pub row: usize,
    /// The first row that shows.
    pub top: usize,
}

impl ListSelection {
    /// Moves the selection by `step` rows in a list of `len`, without going around.
    pub fn step(&mut self, step: isize, len: usize) {
        self.row = self
            .row
            .saturating_add_signed(step)
            .min(len.saturating_sub(1));
    }

    /// Selects a row of a list of `len`.
    pub fn set(&mut self, row: usize, len: usize) {
        self.row = row.min(len.saturating_sub(1));
    }

    /// Brings the selection into a list of `len` rows and into view in a window of `height` rows.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.row = self.row.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.row < self.top {
            self.top = self.row;
        }
        if self.row >= self.top + height {
            self.top = self.row + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// The rows that show in a window of `height` rows, out of `len`.
    #[must_use]
    pub fn window(&self, len: usize, height: usize) -> std::ops::Range<usize> {
        let start = self.top.min(len);
        start..(start + height).min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_the_list_and_in_view() {
        let mut selection = ListSelection::default();
        selection.step(7, 20);
        selection.settle(20, 5);
        assert_eq!((selection.row, selection.window(20, 5)), (7, 3..8));
        selection.step(-100, 20);
        selection.settle(20, 5);
        assert_eq!((selection.row, selection.window(20, 5)), (0, 0..5));
        selection.step(100, 20);
        selection.settle(4, 5);
        assert_eq!((selection.row, selection.window(4, 5)), (3, 0..4));
        selection.settle(0, 0);
        assert_eq!(selection.row, 0);
    }
}

//! The places the reader jumped from, to go back and forth through.

use crate::library::ArticleId;

/// A place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The article.
    pub article: ArticleId,
    /// Byte offset of the first line on the page.
    pub offset: u32,
}

/// How many places are kept.
const MOST: usize = 100;

/// The places jumped from, oldest first, and the current position among them.
#[derive(Debug, Clone, Default)]
pub struct JumpList {
    spots: Vec<Spot>,
    /// Going back leads to places before this index, going forward to those after it.
    at: usize,
}

impl JumpList {
    /// Remembers a place before a jump; what lay ahead is forgotten.
    pub fn push(&mut self, spot: Spot) {
        self.spots.truncate(self.at);
        if self.spots.last() != Some(&spot) {
            self.spots.push(spot);
        }
        if self.spots.len() > MOST {
            self.spots.remove(0);
        }
        self.at = self.spots.len();
    }

    /// Goes back from `here` to the place before.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        if self.at == self.spots.len() {
            self.push(here);
            // `push` may have found the place at the end already.
            self.at = self.spots.len().saturating_sub(1);
        }
        let before = self.spots.get(..self.at)?;
        let at = before.iter().rposition(|&spot| spot != here)?;
        self.at = at;
        self.spots.get(at).copied()
    }

    /// Goes forward again after going back.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        let start = self.at + 1;
        let ahead = self.spots.get(start..)?;
        let at = ahead.iter().position(|&spot| spot != here)?;
        self.at = start + at;
        self.spots.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(offset: u32) -> Spot {
        Spot {
            article: ArticleId(0),
            offset,
        }
    }

    #[test]
    fn one_goes_back_the_way_one_came_and_forth_again() {
        let mut jumps = JumpList::default();
        jumps.push(spot(1));
        jumps.push(spot(2));
        assert_eq!(jumps.back(spot(3)), Some(spot(2)));
        assert_eq!(jumps.back(spot(2)), Some(spot(1)));
        assert_eq!(jumps.back(spot(1)), None);
        assert_eq!(jumps.forward(spot(1)), Some(spot(2)));
        assert_eq!(jumps.forward(spot(2)), Some(spot(3)));
        assert_eq!(jumps.forward(spot(3)), None);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut jumps = JumpList::default();
        jumps.push(spot(1));
        assert_eq!(jumps.back(spot(5)), Some(spot(1)));
        jumps.push(spot(1));
        assert_eq!(jumps.forward(spot(9)), None);
    }
}

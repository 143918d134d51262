//! Where everything is on the screen: rectangles from the size and the settings, and nothing else.
//!
//! The view draws into them and the mouse is looked up in them, so the two always agree.

use ratatui::layout::Rect;

/// Below this size the program says that it is too small, and waits.
pub const SMALLEST: (u16, u16) = (20, 5);

/// The margin of every column of text: a space, the quotation bar, a space.
pub const MARGIN_COLUMNS: u16 = 3;

/// Below this width there are no boxes and no panes beside the text.
const BOXED_FROM: u16 = 60;
/// From this width the side panel shows by itself.
const PANEL_FROM: u16 = 76;
/// From this width the text may have more than one column.
const COLUMNS_FROM: u16 = 100;
/// From this width the list of articles shows by itself.
const LIST_FROM: u16 = 160;

const NARROW_PANEL: u16 = 26;
const WIDE_PANEL: u16 = 34;
const LIST_WIDTH: u16 = 36;

/// Below this height there is no title line.
const TITLE_FROM: u16 = 12;
/// Below this height there is no hint line.
const HINT_FROM: u16 = 8;

/// What the reader chose about the panes; `None` leaves it to the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// Whether the side panel shows.
    pub side: Option<bool>,
    /// Whether the list of articles shows.
    pub list: Option<bool>,
    /// Number of columns of text.
    pub columns: Option<u16>,
    /// The narrowest column when the number is chosen by width.
    pub min_column: u16,
    /// The widest column.
    pub max_column: u16,
    /// Nothing but text.
    pub text_only: bool,
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions {
    /// The whole screen.
    pub screen: Rect,
    /// Whether panes have boxes around them.
    pub boxed: bool,
    /// The box of the list of articles, borders included.
    pub list: Option<Rect>,
    /// The box of the text, borders included.
    pub text: Rect,
    /// The box of the side panel, borders included; it shares its left border with the text.
    pub side: Option<Rect>,
    /// The columns of text, each with its margin at the left.
    pub columns: Vec<Rect>,
    /// The line that says what is selected.
    pub info: Option<Rect>,
    /// The line of hints, notices and prompts.
    pub hint: Rect,
    /// The line of titles where there are no boxes.
    pub title: Option<Rect>,
    /// The line of the status where there are no boxes.
    pub status: Rect,
}

impl Regions {
    /// The regions of a screen of `width` × `height` cells.
    #[must_use]
    pub fn of(width: u16, height: u16, panes: Panes) -> Self {
        let screen = Rect::new(0, 0, width, height);
        if width >= BOXED_FROM && height >= TITLE_FROM && !panes.text_only {
            Self::boxed(screen, panes)
        } else {
            Self::plain(screen, panes)
        }
    }

    /// The regions for a reader who hears the text: pages as wide as the screen, and nothing beside them. No screen is
    /// too small for that.
    #[must_use]
    pub fn read_aloud(width: u16, height: u16) -> Self {
        let (width, height) = match (width, height) {
            (0, _) | (_, 0) => (80, 24),
            (width, height) => (width.max(SMALLEST.0), height.max(SMALLEST.1)),
        };
        let screen = Rect::new(0, 0, width, height);
        let last = Rect::new(0, height - 1, width, 1);
        // Of the width one column is left, so that no terminal wraps a line.
        let column = width - 1 + MARGIN_COLUMNS;
        Self {
            screen,
            boxed: false,
            list: None,
            text: screen,
            side: None,
            columns: vec![Rect::new(0, 0, column, height - 2)],
            info: None,
            hint: last,
            title: None,
            status: last,
        }
    }

    /// Whether the screen is too small to show anything sensible.
    #[must_use]
    pub fn is_too_small(&self) -> bool {
        self.screen.width < SMALLEST.0 || self.screen.height < SMALLEST.1
    }

    /// Width and height of the text in one column, without its margin.
    #[must_use]
    pub fn column_size(&self) -> (u16, u16) {
        let column = self.columns.first().copied().unwrap_or_default();
        (column.width.saturating_sub(MARGIN_COLUMNS), column.height)
    }

    fn boxed(screen: Rect, panes: Panes) -> Self {
        let Rect { width, height, .. } = screen;
        let body_height = height - 2;
        let side_columns = if width < COLUMNS_FROM {
            NARROW_PANEL
        } else {
            WIDE_PANEL
        };
        let has_side = panes.side.unwrap_or(width >= PANEL_FROM);
        let has_list = panes.list.unwrap_or(width >= LIST_FROM) && width >= COLUMNS_FROM;
        let list_width = if has_list { LIST_WIDTH } else { 0 };
        let side_width = if has_side { side_columns } else { 0 };
        let text_width = width - list_width - side_width;
        // Neighboring boxes share a border: the text's box covers the list's right one.
        let text_left = list_width.saturating_sub(u16::from(has_list));
        let text = Rect::new(text_left, 0, text_width + u16::from(has_list), body_height);
        let side_left = text.right().saturating_sub(1);
        let side = has_side.then(|| Rect::new(side_left, 0, width - side_left, body_height));
        let inner = Rect::new(text.x + 1, 1, text.width.saturating_sub(2), body_height - 2);
        Self {
            screen,
            boxed: true,
            list: has_list.then(|| Rect::new(0, 0, list_width, body_height)),
            text,
            side,
            columns: columns(inner, width, panes),
            info: Some(Rect::new(0, height - 2, width, 1)),
            hint: Rect::new(0, height - 1, width, 1),
            title: None,
            status: Rect::new(text.x, body_height - 1, text.width, 1),
        }
    }

    fn plain(screen: Rect, panes: Panes) -> Self {
        let Rect { width, height, .. } = screen;
        let has_title = height >= TITLE_FROM && !panes.text_only;
        let has_hint = height >= HINT_FROM && !panes.text_only;
        let top = if has_title { 2 } else { 0 };
        let bottom = match (panes.text_only, has_hint) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        let body = Rect::new(0, top, width, height.saturating_sub(top + bottom));
        let last = height.saturating_sub(1);
        Self {
            screen,
            boxed: false,
            list: None,
            text: body,
            side: None,
            columns: columns(body, width, panes),
            info: None,
            // Without a hint line, prompts and notices take the place of the status, or cover the last line.
            hint: Rect::new(0, last, width, 1),
            title: has_title.then(|| Rect::new(0, 0, width, 2)),
            status: Rect::new(0, height.saturating_sub(bottom), width, bottom.min(1)),
        }
    }
}

/// The columns in `inner`, of equal width, as many as fit or as chosen.
fn columns(inner: Rect, screen_width: u16, panes: Panes) -> Vec<Rect> {
    let narrowest = panes.min_column.max(1) + MARGIN_COLUMNS;
    let fitting = (inner.width / narrowest).clamp(1, 3);
    let count = match panes.columns {
        Some(chosen) => chosen.clamp(1, 3).min((inner.width / 12).max(1)),
        None if screen_width < COLUMNS_FROM => 1,
        None => fitting,
    };
    // One column of air at the right edge of every column but for a screen that has none to spare.
    let width = inner.width / count;
    let text = width
        .saturating_sub(MARGIN_COLUMNS + 1)
        .min(panes.max_column.max(1))
        .max(1);
    let taken = text + MARGIN_COLUMNS;
    // A single column narrower than its pane is centered.
    let slack = if count == 1 {
        inner.width.saturating_sub(taken + 1) / 2
    } else {
        0
    };
    (0..count)
        .map(|index| {
            let left = inner.x + slack + index * width;
            let width = taken.min(inner.right().saturating_sub(left));
            Rect::new(left, inner.y, width, inner.height)
        })
        .collect()
}

/// The rows of a list that covers the screen.
#[must_use]
pub fn list_area(regions: &Regions) -> Rect {
    let Rect { width, height, .. } = regions.screen;
    if regions.boxed {
        Rect::new(1, 1, width.saturating_sub(2), height.saturating_sub(4))
    } else {
        let top = regions.title.map_or(0, |title| title.height);
        Rect::new(0, top, width, regions.status.y.saturating_sub(top))
    }
}

/// The inside of the side panel, beside the text or over the whole screen.
#[must_use]
pub fn side_area(regions: &Regions) -> Rect {
    match regions.side {
        Some(side) => Rect::new(
            side.x + 2,
            side.y + 1,
            // A narrow panel has no column to spare for air at its right.
            side.width
                .saturating_sub(if side.width >= WIDE_PANEL { 4 } else { 3 }),
            side.height.saturating_sub(2),
        ),
        None => list_area(regions),
    }
}

/// How many rows of a list that covers the screen show.
#[must_use]
pub fn list_rows(regions: &Regions) -> u16 {
    list_area(regions).height
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANES: Panes = Panes {
        side: None,
        list: None,
        columns: None,
        min_column: 36,
        max_column: 80,
        text_only: false,
    };

    fn text_widths(width: u16, height: u16) -> Vec<u16> {
        let regions = Regions::of(width, height, PANES);
        regions
            .columns
            .iter()
            .map(|column| column.width - MARGIN_COLUMNS)
            .collect()
    }

    #[test]
    fn the_number_of_columns_follows_the_width() {
        assert_eq!(text_widths(40, 15).len(), 1);
        assert_eq!(text_widths(80, 24).len(), 1);
        assert_eq!(text_widths(120, 36).len(), 2);
        assert_eq!(text_widths(160, 48).len(), 2);
        assert_eq!(text_widths(230, 48).len(), 3);
    }

    #[test]
    fn columns_are_wide_enough_to_read() {
        assert!(text_widths(120, 36).iter().all(|&width| width >= 36));
        assert_eq!(text_widths(80, 24), [48]);
    }

    #[test]
    fn regions_stay_on_the_screen_at_any_size() {
        for width in 0..250 {
            for height in 0..60 {
                for side in [None, Some(true), Some(false)] {
                    let panes = Panes {
                        side,
                        list: side,
                        ..PANES
                    };
                    let regions = Regions::of(width, height, panes);
                    let all = regions.columns.iter().copied().chain(regions.side);
                    let all = all.chain(regions.list).chain([regions.text, regions.hint]);
                    for region in all.chain(regions.info).chain(regions.title) {
                        let inside = region.intersection(regions.screen);
                        assert!(
                            inside == region || region.is_empty() || regions.is_too_small(),
                            "{width}×{height}: {region:?}"
                        );
                    }
                }
            }
        }
    }
}

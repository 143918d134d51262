//! What the terminal shows, and the fewest bytes that turn it into the next frame.
//!
//! ratatui's buffer finds the cells that changed; this module writes them. Where two changed cells
//! stand close together it writes the unchanged ones between them again, which is shorter than moving
//! the cursor, and it erases blanks instead of printing them. A page turn costs about the bytes of its
//! text, as in `less`. Every frame is one synchronized update (DEC mode 2026) and one write.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

/// The longest stretch of unchanged cells that is written again instead of moved over: a cursor
/// move takes four to eight bytes.
const LONGEST_REWRITE: u16 = 6;

/// The shortest stretch of blanks that is erased instead of printed.
const SHORTEST_ERASE: usize = 10;

/// The frame on the terminal and the one being drawn.
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    bytes: String,
    cursor: Option<Position>,
    /// Nothing is known of what the terminal shows.
    stale: bool,
}

impl Screen {
    /// A screen of the given size whose content is not known yet.
    pub(super) fn new(width: u16, height: u16) -> Self {
        let area = Rect::new(0, 0, width, height);
        Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            bytes: String::new(),
            cursor: None,
            stale: true,
        }
    }

    /// Forgets what the terminal shows: the next frame is written whole.
    pub(super) fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Draws a frame with `view`, which returns where the cursor shows, and writes what changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub(super) fn draw(
        &mut self,
        size: (u16, u16),
        out: &mut impl Write,
        view: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        let area = Rect::new(0, 0, size.0, size.1);
        if self.next.area != area {
            self.next.resize(area);
            self.stale = true;
        }
        self.next.reset();
        let cursor = view(&mut self.next);
        self.bytes.clear();
        if self.stale {
            self.shown = Buffer::empty(area);
            self.bytes.push_str("\x1b[m\x1b[2J");
        }
        paint(&self.shown, &self.next, &mut self.bytes);
        if self.bytes.is_empty() && cursor == self.cursor {
            return Ok(());
        }
        self.place_cursor(cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        mark_second_halves(&mut self.shown);
        self.stale = false;
        self.bytes.insert_str(0, "\x1b[?2026h");
        self.bytes.push_str("\x1b[?2026l");
        out.write_all(self.bytes.as_bytes())?;
        out.flush()
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        match cursor {
            Some(Position { x, y }) => {
                let _ = write!(
                    self.bytes,
                    "\x1b[{};{}H",
                    u32::from(y) + 1,
                    u32::from(x) + 1
                );
                if self.cursor.is_none() || self.stale {
                    self.bytes.push_str("\x1b[?25h");
                }
            }
            None if self.cursor.is_some() || self.stale => self.bytes.push_str("\x1b[?25l"),
            None => {}
        }
        self.cursor = cursor;
    }
}

/// Marks the cells under the second half of wide characters: a terminal that loses the first half
/// clears the second in a way of its own, so these must never pass for cells that are known.
fn mark_second_halves(shown: &mut Buffer) {
    let width = usize::from(shown.area.width);
    let wide = |(at, cell): (usize, &Cell)| {
        (cell.symbol().len() > 2 && cell_width(cell) == 2).then_some(at + 1)
    };
    let halves: Vec<usize> = shown.content.iter().enumerate().filter_map(wide).collect();
    for at in halves.into_iter().filter(|at| width > 0 && at % width != 0) {
        if let Some(cell) = shown.content.get_mut(at) {
            cell.underline_color = SECOND_HALF;
        }
    }
}

/// The color that tells the second half of a wide character from a cell of any frame.
const SECOND_HALF: Color = Color::Indexed(1);

/// How a cell looks, as far as the terminal's pen is concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Self = Self {
        foreground: Color::Reset,
        background: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// Whether a blank in this pen looks other than a plain one.
    fn shows_on_blanks(self) -> bool {
        self.background != Color::Reset || self.modifier.intersects(VISIBLE_ON_BLANKS)
    }

    fn of(cell: &Cell) -> Self {
        Self {
            foreground: cell.fg,
            background: cell.bg,
            modifier: cell.modifier,
        }
    }
}

/// Writes the bytes that turn a terminal showing `shown` into one showing `next`.
fn paint(shown: &Buffer, next: &Buffer, bytes: &mut String) {
    let mut painter = Painter {
        next,
        bytes,
        pen: Pen::PLAIN,
        at: None,
        pending_blanks: 0,
        behind: 0,
    };
    for (x, y, cell) in shown.diff_iter(next) {
        painter.cell(x, y, cell);
    }
    painter.flush_blanks();
    painter.set_pen(Pen::PLAIN);
}

struct Painter<'a> {
    next: &'a Buffer,
    bytes: &'a mut String,
    pen: Pen,
    /// Where the next cell would be printed, blanks that are still pending included.
    at: Option<Position>,
    /// Plain blanks before `at` that are decided on but not written.
    pending_blanks: usize,
    /// How far before `at` the cursor still is, because blanks there were erased, not printed.
    behind: u16,
}

impl Painter<'_> {
    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        self.move_to(x, y);
        if is_plain_blank(cell) {
            self.pending_blanks += 1;
            self.at = Some(Position { x: x + 1, y });
            return;
        }
        self.flush_blanks();
        self.print(cell);
        let width = cell_width(cell);
        self.at = Some(Position {
            x: x.saturating_add(width),
            y,
        });
    }

    fn print(&mut self, cell: &Cell) {
        self.set_pen(Pen::of(cell));
        self.catch_up();
        self.bytes.push_str(cell.symbol());
    }

    /// Moves the cursor over blanks that were erased.
    fn catch_up(&mut self) {
        let behind = std::mem::take(&mut self.behind);
        if behind > 0 {
            let _ = write!(self.bytes, "\x1b[{behind}C");
        }
    }

    /// Brings the cursor to a cell: not at all, by printing what lies between, or by a move.
    fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at.y == y && at.x == x => {}
            Some(at) if at.y == y && at.x < x && self.can_rewrite(at.x, x, y) => {
                for column in at.x..x {
                    if let Some(cell) = self.next.cell((column, y)) {
                        if is_plain_blank(cell) {
                            self.pending_blanks += 1;
                        } else {
                            self.flush_blanks();
                            self.print(cell);
                        }
                    }
                }
            }
            _ => {
                self.flush_blanks();
                self.jump(x, y);
            }
        }
    }

    fn jump(&mut self, x: u16, y: u16) {
        let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
        let behind = std::mem::take(&mut self.behind);
        let _ = match self.at {
            Some(at) if at.y == y && at.x < x => write!(self.bytes, "\x1b[{}C", x - at.x + behind),
            Some(at) if at.y.checked_add(1) == Some(y) && x == 0 => {
                self.bytes.push_str("\r\n");
                Ok(())
            }
            _ if x == 0 => write!(self.bytes, "\x1b[{row}H"),
            _ => write!(self.bytes, "\x1b[{row};{column}H"),
        };
    }

    /// Whether the unchanged cells from `from` up to `to` are few, narrow and of the present style.
    fn can_rewrite(&self, from: u16, to: u16, y: u16) -> bool {
        to - from <= LONGEST_REWRITE
            && (from..to).all(|column| {
                self.next.cell((column, y)).is_some_and(|cell| {
                    cell.symbol().len() == 1 && (Pen::of(cell) == self.pen || is_plain_blank(cell))
                })
            })
    }

    /// Writes the pending blanks: printed when few, else erased. A pen that leaves no trace on blanks
    /// stays as it is.
    fn flush_blanks(&mut self) {
        let count = std::mem::take(&mut self.pending_blanks);
        if count == 0 {
            return;
        }
        if self.pen.shows_on_blanks() {
            self.set_pen(Pen::PLAIN);
        }
        let to_the_edge = self.at.is_some_and(|at| at.x >= self.next.area.width);
        if to_the_edge && count > 3 {
            self.catch_up();
            self.bytes.push_str("\x1b[K");
            self.at = None;
        } else if count >= SHORTEST_ERASE {
            self.catch_up();
            let _ = write!(self.bytes, "\x1b[{count}X");
            self.behind = u16::try_from(count).unwrap_or(u16::MAX);
        } else {
            self.catch_up();
            self.bytes.extend(std::iter::repeat_n(' ', count));
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let was_plain = self.pen == Pen::PLAIN;
        self.pen = pen;
        self.bytes.push_str("\x1b[");
        let start = self.bytes.len();
        if pen != Pen::PLAIN && !was_plain {
            self.bytes.push('0');
        }
        for (modifier, code) in MODIFIERS {
            if pen.modifier.contains(*modifier) {
                let _ = write!(self.bytes, ";{code}");
            }
        }
        push_color(self.bytes, pen.foreground, 30);
        push_color(self.bytes, pen.background, 40);
        // From a plain pen nothing needs to be reset, and the first parameter needs no separator.
        if self.bytes.as_bytes().get(start) == Some(&b';') {
            self.bytes.remove(start);
        }
        self.bytes.push('m');
    }
}

/// The attributes themes use and their SGR codes.
const MODIFIERS: &[(Modifier, u8)] = &[
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// Appends the SGR parameters of a color; `base` is 30 for the foreground, 40 for the background.
fn push_color(bytes: &mut String, color: Color, base: u8) {
    let ansi = match color {
        Color::Reset => return,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => {
            let _ = write!(bytes, ";{};5;{index}", base + 8);
            return;
        }
        Color::Rgb(red, green, blue) => {
            let _ = write!(bytes, ";{};2;{red};{green};{blue}", base + 8);
            return;
        }
    };
    let _ = write!(bytes, ";{}", base + ansi);
}

/// Attributes that show where nothing is printed.
const VISIBLE_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// Whether a cell is a space on the default background that no attribute makes visible.
fn is_plain_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(VISIBLE_ON_BLANKS)
}

fn cell_width(cell: &Cell) -> u16 {
    let width = unicode_width::UnicodeWidthStr::width(cell.symbol());
    u16::try_from(width).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    /// The cells of a terminal that showed `before` and was painted to show `after`.
    fn painted(before: &Buffer, after: &Buffer) -> vt100::Parser {
        let area = after.area;
        let (rows, columns) = (
            area.height.try_into().unwrap(),
            area.width.try_into().unwrap(),
        );
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        for (from, to) in [(&Buffer::empty(area), before), (before, after)] {
            let mut bytes = String::new();
            let mut from = from.clone();
            mark_second_halves(&mut from);
            paint(&from, to, &mut bytes);
            terminal.process(bytes.as_bytes());
        }
        terminal
    }

    fn buffer(lines: &[&str]) -> Buffer {
        Buffer::with_lines(lines.iter().copied())
    }

    fn assert_shows(terminal: &vt100::Parser, lines: &[&str]) {
        let shown: Vec<String> = terminal.screen().rows(0, 80).collect();
        let want: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        assert_eq!(
            shown.iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
            want
        );
    }

    #[test]
    fn a_changed_page_shows_whole() {
        let before = [
            "the harbour authority   │ Kenya  ",
            "and the ministry failed │ Japan  ",
        ];
        let after = [
            "on Tuesday to agree     │ Kenya  ",
            "a date.                 │ Brazil ",
        ];
        assert_shows(&painted(&buffer(&before), &buffer(&after)), &after);
    }

    #[test]
    fn blanks_are_erased_to_the_edge_and_in_the_middle() {
        let before = ["xxxxxxxxxxxxxxxxxxxx", "yyyyyyyyyyyyyyyyyyyy"];
        let after = ["x                  x", "y                   "];
        assert_shows(&painted(&buffer(&before), &buffer(&after)), &after);
    }

    #[test]
    fn wide_characters_keep_their_columns() {
        let after = ["日本 says “yes”", "a 日 b 本 c    "];
        assert_shows(
            &painted(
                &buffer(&["abcdefgh       ", "cccccccccccccc "]),
                &buffer(&after),
            ),
            &after,
        );
    }

    #[test]
    fn styles_reach_the_right_cells() {
        let mut after = buffer(&["plain bold plain"]);
        after.set_style(Rect::new(6, 0, 4, 1), Style::new().bold().fg(Color::Cyan));
        let terminal = painted(&buffer(&["                "]), &after);
        // Bold leaves no trace on a blank, so the pen may stay bold over it.
        let is_bold = |x| {
            let cell = terminal.screen().cell(0, x).unwrap();
            cell.bold() && cell.contents() != " "
        };
        let bold: Vec<bool> = (0..16).map(is_bold).collect();
        assert_eq!(bold.iter().filter(|bold| **bold).count(), 4);
        assert!(bold[6] && bold[9] && !bold[10]);
    }

    #[test]
    fn a_frame_that_changes_nothing_writes_nothing() {
        let mut screen = Screen::new(4, 1);
        let mut out = Vec::new();
        screen.draw((4, 1), &mut out, |_| None).unwrap();
        out.clear();
        screen.draw((4, 1), &mut out, |_| None).unwrap();
        assert!(out.is_empty());
    }

    /// A word in one of a few styles at a place.
    type Stroke = (u16, u16, &'static str, usize);

    fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
        const WORDS: &[&str] = &["a", "words here", "日本", "…", "      ", "xyz  xyz", "é"];
        let stroke = (0..24u16, 0..4u16, prop::sample::select(WORDS), 0..4usize);
        prop::collection::vec(stroke, 0..12)
    }

    fn stroked(strokes: &[Stroke]) -> Buffer {
        let styles = [
            Style::new(),
            Style::new().fg(Color::Green),
            Style::new().bold().bg(Color::Blue),
            Style::new().add_modifier(Modifier::REVERSED),
        ];
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 4));
        for (x, y, words, style) in strokes {
            buffer.set_string(*x, *y, words, styles[*style]);
        }
        buffer
    }

    proptest! {
        #[test]
        fn any_frame_turns_into_any_other(from in strokes(), to in strokes()) {
            let (before, after) = (stroked(&from), stroked(&to));
            let terminal = painted(&before, &after);
            let fresh = painted(&Buffer::empty(after.area), &after);
            for y in 0..4 {
                for x in 0..24 {
                    let shown = terminal.screen().cell(y, x).unwrap();
                    let want = fresh.screen().cell(y, x).unwrap();
                    let text = |cell: &vt100::Cell| cell.contents().trim().to_owned();
                    prop_assert_eq!(text(shown), text(want));
                    prop_assert_eq!(shown.bgcolor(), want.bgcolor());
                    prop_assert_eq!(shown.inverse(), want.inverse());
                    if !text(want).is_empty() {
                        prop_assert_eq!(shown.fgcolor(), want.fgcolor());
                        prop_assert_eq!(shown.bold(), want.bold());
                        prop_assert_eq!(text(want), after[(x, y)].symbol());
                    }
                }
            }
        }
    }
}

//! Changing the style of the terminal's output with as few bytes as possible.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The style in which a terminal prints cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
    /// The mark of the link that the cell belongs to.
    pub(super) link: Option<Color>,
}

/// The attributes that themes use, with the SGR codes that turn them on and off.
const MODIFIERS: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Attributes that are visible on blanks.
const VISIBLE_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// Attributes that are turned off by the same code.
const WEIGHT: Modifier = Modifier::BOLD.union(Modifier::DIM);

impl Pen {
    pub(super) const PLAIN: Self = Self {
        foreground: Color::Reset,
        background: Color::Reset,
        modifier: Modifier::empty(),
        link: None,
    };

    pub(super) fn of(cell: &Cell) -> Self {
        let mark = cell.underline_color;
        Self {
            foreground: cell.fg,
            background: cell.bg,
            modifier: cell.modifier,
            link: matches!(mark, Color::Rgb(..)).then_some(mark),
        }
    }

    /// Whether a blank in this style differs from a plain one.
    pub(super) fn shows_on_blanks(self) -> bool {
        self.background != Color::Reset
            || self.modifier.intersects(VISIBLE_ON_BLANKS)
            || self.link.is_some()
    }

    /// Appends the sequence that changes the style from `from` to this one, except for links. It has either the
    /// differences or a reset and everything, whichever is shorter.
    pub(super) fn write(self, from: Self, bytes: &mut String) {
        if (Self { link: None, ..from }) == (Self { link: None, ..self }) {
            return;
        }
        let mut whole = String::new();
        self.push_added(Self::PLAIN, &mut whole);
        let is_from_plain = (Self { link: None, ..from }) == Self::PLAIN;
        let mut changed = String::new();
        self.push_removed(from, &mut changed);
        self.push_added(from, &mut changed);
        let changed = changed.trim_start_matches(';');
        // An empty first parameter is a reset.
        let codes = if is_from_plain || whole.len() > changed.len() {
            changed
        } else {
            &whole
        };
        bytes.push_str("\x1b[");
        bytes.push_str(codes);
        bytes.push('m');
    }

    /// Appends the codes that turn off what `from` has and this style lacks, each after a semicolon.
    fn push_removed(self, from: Self, codes: &mut String) {
        let gone = from.modifier.difference(self.modifier);
        let mut last = 0;
        for (_, _, off) in MODIFIERS.iter().filter(|(it, ..)| gone.contains(*it)) {
            if *off != last {
                let _ = write!(codes, ";{off}");
            }
            last = *off;
        }
        if self.foreground == Color::Reset && from.foreground != Color::Reset {
            codes.push_str(";39");
        }
        if self.background == Color::Reset && from.background != Color::Reset {
            codes.push_str(";49");
        }
    }

    /// Appends the codes that turn on what this style has and `from` lacks, each after a semicolon.
    fn push_added(self, from: Self, codes: &mut String) {
        let mut added = self.modifier.difference(from.modifier);
        if from.modifier.difference(self.modifier).intersects(WEIGHT) {
            // The code that turns bold off also turns dim off.
            added |= self.modifier & WEIGHT;
        }
        for (_, on, _) in MODIFIERS.iter().filter(|(it, ..)| added.contains(*it)) {
            let _ = write!(codes, ";{on}");
        }
        for (color, old, base) in [
            (self.foreground, from.foreground, 30),
            (self.background, from.background, 40),
        ] {
            if color != old {
                push_color(codes, color, base);
            }
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(foreground: Color, modifier: Modifier) -> Pen {
        Pen {
            foreground,
            modifier,
            ..Pen::PLAIN
        }
    }

    #[test]
    fn only_the_differences_are_written_if_that_is_shorter() {
        let green = pen(Color::Green, Modifier::empty());
        let cases = [
            (Pen::PLAIN, green, "\x1b[32m"),
            (green, Pen::PLAIN, "\x1b[m"),
            (green, pen(Color::Cyan, Modifier::empty()), "\x1b[36m"),
            (green, pen(Color::Green, Modifier::BOLD), "\x1b[1m"),
            (pen(Color::Reset, Modifier::BOLD), green, "\x1b[;32m"),
            (
                pen(Color::Reset, WEIGHT),
                pen(Color::Reset, Modifier::DIM),
                "\x1b[;2m",
            ),
            (green, green, ""),
        ];
        for (from, to, wanted) in cases {
            let mut bytes = String::new();
            to.write(from, &mut bytes);
            assert_eq!(bytes, wanted, "{from:?} to {to:?}");
        }
    }
}

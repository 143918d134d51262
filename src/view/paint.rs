//! Writes styled text to the buffer. Nothing else in the view does, so all text is sanitized here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::config::Theme;
use crate::config::theme::{self, Look, Role};
use crate::text::Span;
use crate::text::display::safe;
use crate::text::width::{grapheme_width, text_width};

/// The width of a text in columns.
pub(super) fn columns(text: &str) -> u16 {
    u16::try_from(text_width(text)).unwrap_or(u16::MAX)
}

/// The length of a bar for `count` in a row of `room` cells, where the highest count is `most`. Any count
/// above zero is visible.
pub(super) fn bar_length(count: u32, most: u32, room: u16) -> u16 {
    let length = u64::from(room) * u64::from(count) / u64::from(most.max(1));
    let longest = u64::from(room);
    let length = length.clamp(longest.min(1), longest);
    u16::try_from(length).unwrap_or(room)
}

/// Writes cells in the styles of a theme.
pub(super) struct Painter<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
}

impl<'a> Painter<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self { buffer, theme }
    }

    /// The style of a role on top of the body style.
    pub(super) fn style(&self, role: Role) -> Style {
        style_of(self.theme.style(Role::Text)).patch(style_of(self.theme.style(role)))
    }

    /// The style of several roles; later ones override earlier ones.
    pub(super) fn styles(&self, roles: impl IntoIterator<Item = Role>) -> Style {
        let ground = style_of(self.theme.style(Role::Text));
        roles.into_iter().fold(ground, |style, role| {
            style.patch(style_of(self.theme.style(role)))
        })
    }

    /// Clears an area to the body style.
    pub(super) fn ground(&mut self, area: Rect) {
        let style = self.style(Role::Text);
        for position in area.intersection(self.buffer.area).positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Restyles an area without changing its text.
    pub(super) fn tint(&mut self, area: Rect, role: Role) {
        let style = style_of(self.theme.style(role));
        if style == Style::new() {
            return;
        }
        self.buffer
            .set_style(area.intersection(self.buffer.area), style);
    }

    /// Writes text on the first row of an area, clipped to its width; returns the column after it.
    pub(super) fn text(&mut self, area: Rect, words: &str, role: Role) -> u16 {
        let style = self.style(role);
        self.styled(area, words, style)
    }

    /// Like [`Self::text`], with an explicit style.
    pub(super) fn styled(&mut self, area: Rect, words: &str, style: Style) -> u16 {
        let mut x = area.x;
        if area.height == 0 {
            return x;
        }
        for grapheme in safe(words).graphemes(true) {
            let width = grapheme_width(grapheme);
            if width == 0 {
                continue;
            }
            if x + width > area.right() {
                break;
            }
            self.cell(x, area.y, grapheme, width, style);
            x += width;
        }
        x
    }

    /// Like [`Self::text`], with an ellipsis when the text is clipped.
    pub(super) fn cut(&mut self, area: Rect, words: &str, role: Role) -> u16 {
        let words = safe(words);
        if text_width(&words) <= usize::from(area.width) {
            return self.text(area, &words, role);
        }
        if area.width == 0 {
            return area.x;
        }
        let room = Rect {
            width: area.width - 1,
            ..area
        };
        let x = self.text(room, &words, role);
        self.text(
            Rect {
                x,
                width: 1,
                ..area
            },
            "…",
            role,
        )
    }

    /// Writes text flush right.
    pub(super) fn right(&mut self, area: Rect, words: &str, role: Role) {
        let width = columns(&safe(words)).min(area.width);
        self.text(
            Rect {
                x: area.right() - width,
                width,
                ..area
            },
            words,
            role,
        );
    }

    /// Writes text with the bytes of `highlight` in the second role.
    pub(super) fn highlighted(
        &mut self,
        area: Rect,
        words: &str,
        highlight: Span,
        roles: [Role; 2],
    ) {
        let [plain, marked] = roles;
        let before = Span::new(0, highlight.start);
        let after = Span::new(highlight.end, Span::whole(words).end);
        let mut x = area.x;
        for (span, role) in [(before, plain), (highlight, marked), (after, plain)] {
            let text = span.of(words);
            let width = area.right().saturating_sub(x);
            x = self.text(Rect { x, width, ..area }, text, role);
        }
    }

    /// Writes one grapheme of known width.
    pub(super) fn cell(&mut self, x: u16, y: u16, symbol: &str, width: u16, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol);
            cell.set_style(style);
        }
        for column in x + 1..x.saturating_add(width) {
            if let Some(cell) = self.buffer.cell_mut((column, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Fills an area with one symbol.
    pub(super) fn line(&mut self, area: Rect, symbol: &str, role: Role) {
        let style = self.style(role);
        for position in area.intersection(self.buffer.area).positions() {
            self.cell(position.x, position.y, symbol, 1, style);
        }
    }
}

/// Converts a theme's look to a ratatui style.
fn style_of(look: Look) -> Style {
    let mut style = Style::new();
    style.fg = look.foreground.map(color_of);
    style.bg = look.background.map(color_of);
    for (is_on, modifier) in [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underline, Modifier::UNDERLINED),
        (look.reverse, Modifier::REVERSED),
    ] {
        if is_on {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn color_of(color: theme::Color) -> Color {
    match color {
        theme::Color::Default => Color::Reset,
        theme::Color::Ansi(index) => ANSI[usize::from(index)],
        theme::Color::Indexed(index) => Color::Indexed(index),
        theme::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

/// The sixteen colors in the terminal's order.
const ANSI: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

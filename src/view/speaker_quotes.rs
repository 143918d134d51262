//! The quotations of a speaker: one line each, beside the date and title of the article, with the selected
//! quotation in full below.

use ratatui::layout::Rect;

use super::lists::{nothing, rows};
use super::paint::{Painter, columns};
use crate::app::Model;
use crate::app::people::quotations::SpeakerQuotes;
use crate::app::protocol::answers::SpeakerQuote;
use crate::config::Role;
use crate::library::ArticleView;

/// Draws the quotations.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let said = &model.screens.speaker_quotes;
    let (list, below) = SpeakerQuotes::areas(area);
    if said.quotes.is_empty() {
        let text = if said.is_gathering {
            "reading the articles …"
        } else {
            "nothing found; the articles may have changed"
        };
        nothing(painter, list, text);
    }
    if let (Some(below), Some(quote)) = (below, said.selected_quote()) {
        whole(model, quote, painter, below);
    }
    let mut above = None;
    let shape = (said.selection, said.quotes.len());
    rows(painter, list, shape, |painter, row, index| {
        let quote = &said.quotes[index];
        let width = (row.width / 3).clamp(8, 40);
        let left = Rect {
            x: row.x + 1,
            width: width.saturating_sub(2),
            ..row
        };
        if above != Some(quote.article) {
            above = Some(quote.article);
            if let Some(entry) = model.folder.library.article(quote.article) {
                painter.cut(left, &heading(&entry, row.width), Role::Heading);
            }
        }
        let right = Rect {
            x: row.x + width,
            width: row.width.saturating_sub(width + 1),
            ..row
        };
        painter.cut(right, &quote.words, Role::Text);
    });
}

/// Date and title, or on a narrow screen only one of them.
fn heading(entry: &ArticleView, width: u16) -> String {
    let date = match entry.date() {
        Some(published) => published.when.date().to_string(),
        None => String::new(),
    };
    match width {
        0..60 if !date.is_empty() => date,
        0..60 => entry.title().to_owned(),
        _ => format!("{date:<10} {}", entry.title()),
    }
}

/// The selected quotation in full, under the title of its article.
fn whole(model: &Model, quote: &SpeakerQuote, painter: &mut Painter<'_>, area: Rect) {
    painter.line(Rect { height: 1, ..area }, "─", Role::Border);
    let entry = model.folder.library.article(quote.article);
    let head = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        height: 1,
        ..area
    };
    let title = entry.as_ref().map_or("", |entry| entry.title());
    painter.cut(head, &format!(" {title} "), Role::Dim);
    let (left, right) = (area.x + 2, area.right().saturating_sub(2));
    let (mut x, mut y) = (left, area.y + 1);
    for word in quote.words.split(' ') {
        let width = columns(word);
        if x > left && x.saturating_add(width) > right {
            (x, y) = (left, y + 1);
        }
        if y >= area.bottom() {
            return;
        }
        let room = Rect {
            x,
            y,
            width: right.saturating_sub(x),
            height: 1,
        };
        x = painter.text(room, word, Role::Text).saturating_add(1);
    }
}

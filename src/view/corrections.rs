//! The correction screen: what is wrong, who is meant, and what will change.

use ratatui::layout::Rect;

use super::lists::rows;
use super::paint::{Painter, columns};
use crate::app::Model;
use crate::app::corrections::CorrectionScreen;
use crate::app::corrections::kind::{CorrectionChoice, CorrectionKind};
use crate::config::Role;

/// Draws the choices.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.correction.list;
    let (area, below) = CorrectionScreen::areas(area);
    let shape = (list.selection, list.rows.len());
    rows(painter, area, shape, |painter, row, index| {
        draw_choice(model, painter, row, &list.rows[index]);
    });
    painter.line(Rect { height: 1, ..below }, "─", Role::Border);
    let text = match list.selected() {
        Some(choice) => {
            model
                .screens
                .correction
                .will_change(choice, &model.folder.library, &model.reading)
        }
        None => "type a name".to_owned(),
    };
    let line = Rect {
        x: below.x + 2,
        y: below.y + 1,
        width: below.width.saturating_sub(3),
        height: below.height.saturating_sub(1).min(1),
    };
    painter.cut(line, &text, Role::Status);
}

fn draw_choice(model: &Model, painter: &mut Painter<'_>, row: Rect, choice: &CorrectionChoice) {
    let room = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(3),
        ..row
    };
    let name = model.screens.correction.name.as_deref().unwrap_or_default();
    let (text, role, note) = match choice {
        CorrectionChoice::Kind(kind) => (words(*kind, name), Role::Text, String::new()),
        CorrectionChoice::Person {
            name,
            quotations,
            is_alike,
        } => {
            let count = format!("{quotations} ");
            let note = if *is_alike {
                format!("possibly the same   {count:>6}")
            } else {
                count
            };
            (name.to_string(), Role::Speaker, note)
        }
        CorrectionChoice::New(typed) => {
            (format!("“{typed}” (new name)"), Role::Text, String::new())
        }
        CorrectionChoice::Unknown => ("unknown speaker".to_owned(), Role::Dim, String::new()),
    };
    let taken = columns(&note);
    let left = Rect {
        width: room.width.saturating_sub(taken + 1),
        ..room
    };
    painter.cut(left, &text, role);
    painter.right(row, &note, Role::Dim);
}

/// A kind of correction as a sentence.
pub(super) fn words(kind: CorrectionKind, name: &str) -> String {
    match kind {
        CorrectionKind::Quotation => "Someone else said this …".to_owned(),
        CorrectionKind::Same => format!("{name} is the same as …"),
        CorrectionKind::Name => format!("Rename {name} …"),
        CorrectionKind::Here => format!("In this article, {name} is someone else …"),
        CorrectionKind::Nobody => format!("{name} is not a speaker"),
    }
}

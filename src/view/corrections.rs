//! The correction that is being made: what is wrong, who is meant, and what will change.

use ratatui::layout::Rect;

use super::lists::rows;
use super::paint::Painter;
use crate::app::Model;
use crate::app::corrections::Correcting;
use crate::app::corrections::kind::{Choice, Kind};
use crate::config::Role;

/// Draws the choices.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.correcting.list;
    let (area, below) = Correcting::areas(area);
    let shape = (list.selection, list.rows.len());
    rows(painter, area, shape, |painter, row, index| {
        if let Some(choice) = list.rows.get(index) {
            draw_choice(model, painter, row, choice);
        }
    });
    painter.line(Rect { height: 1, ..below }, "─", Role::Border);
    let text = list.selected().map_or_else(
        || "type a name".to_owned(),
        |choice| model.will_change(choice),
    );
    let line = Rect {
        x: below.x + 2,
        y: below.y + 1,
        width: below.width.saturating_sub(3),
        height: below.height.saturating_sub(1).min(1),
    };
    painter.cut(line, &text, Role::Status);
}

fn draw_choice(model: &Model, painter: &mut Painter<'_>, row: Rect, choice: &Choice) {
    let room = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(3),
        ..row
    };
    let name = model.correcting.name.as_deref().unwrap_or_default();
    let (text, role, note) = match choice {
        Choice::Kind(kind) => (words(*kind, name), Role::Text, String::new()),
        Choice::Person {
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
        Choice::New(typed) => (format!("“{typed}” (new name)"), Role::Text, String::new()),
        Choice::Unknown => ("unknown speaker".to_owned(), Role::Dim, String::new()),
    };
    let taken = u16::try_from(note.chars().count()).unwrap_or(0);
    let left = Rect {
        width: room.width.saturating_sub(taken + 1),
        ..room
    };
    painter.cut(left, &text, role);
    painter.right(row, &note, Role::Dim);
}

/// What is wrong, in the words of the reader.
pub(super) fn words(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Quotation => "Someone else said this …".to_owned(),
        Kind::Same => format!("{name} is the same as …"),
        Kind::Name => format!("Rename {name} …"),
        Kind::Here => format!("In this article, {name} is someone else …"),
        Kind::Nobody => format!("{name} is not a speaker"),
    }
}
